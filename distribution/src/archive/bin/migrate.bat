@echo off
rem Runs the command line tool with the Java of JAVA_HOME, else that of PATH. JAVA_OPTS has the last word.
setlocal
set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo migrate: Java 17 or newer is needed, and there is no java: install a JDK or set JAVA_HOME 1>&2
  exit /b 1
)
"%JAVA%" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djedis.bufferSize.output=131072 %JAVA_OPTS% -jar "%~dp0..\migrate-cli.jar" %*
exit /b %errorlevel%
