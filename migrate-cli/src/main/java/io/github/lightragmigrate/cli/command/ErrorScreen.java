package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.config.SettingsFileException;
import io.github.lightragmigrate.cli.run.Diagnostics;
import io.github.lightragmigrate.cli.run.ExitCode;
import io.github.lightragmigrate.cli.run.UsageException;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.spi.StoreException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import org.jspecify.annotations.Nullable;

/** One clear message for whatever ends a command. */
final class ErrorScreen {

  private final Terminal terminal;
  private final Diagnostics diagnostics;

  ErrorScreen(Terminal terminal, Diagnostics diagnostics) {
    this.terminal = terminal;
    this.diagnostics = diagnostics;
  }

  /**
   * @return the exit code
   */
  int show(Exception e) {
    for (String line : diagnostics.masked(message(e)).split("\n", -1)) {
      terminal.error(line);
    }
    diagnostics.trace(e);
    return exitCode(e);
  }

  private static int exitCode(Exception e) {
    if (e instanceof StoreException store) {
      return ExitCode.of(store);
    }
    return isUsage(e) ? ExitCode.USAGE : ExitCode.FAILED;
  }

  private static boolean isUsage(Exception e) {
    return e instanceof UsageException
        || e instanceof SettingsFileException
        || e instanceof InvalidPathException;
  }

  private static String message(Exception e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof UncheckedIOException) {
      @Nullable Throwable cause = e.getCause();
      return cause == null ? message : message + ": " + cause.getMessage();
    }
    if (e instanceof InvalidPathException) {
      return message + "; a locale of UTF-8, such as LC_ALL=C.UTF-8, allows every file name";
    }
    return e instanceof StoreException || isUsage(e)
        ? message
        : "this is a fault of the tool, --verbose shows more: " + e;
  }
}
