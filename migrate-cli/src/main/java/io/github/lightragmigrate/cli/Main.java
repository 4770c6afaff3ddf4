package io.github.lightragmigrate.cli;

import io.github.lightragmigrate.cli.adapters.AdapterDiscovery;
import io.github.lightragmigrate.cli.command.Commands;
import io.github.lightragmigrate.cli.command.Host;
import io.github.lightragmigrate.cli.run.ExitCode;
import io.github.lightragmigrate.cli.run.StopRequest;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import sun.misc.Signal;

/** The process: the only class that knows its environment, streams, signals and end. */
public final class Main {

  private static final PrintStream OUT = utf8(FileDescriptor.out);
  private static final PrintStream ERR = utf8(FileDescriptor.err);

  private Main() {}

  /** Ends the process with one of the documented codes. */
  @SuppressWarnings("SystemConsoleNull") // the property below keeps to what Java 17 does
  public static void main(String[] args) {
    // from Java 22 on there would be a console even without a terminal
    System.setProperty("jdk.console", "java.base");
    StopRequest stop = new StopRequest();
    for (String signal : new String[] {"INT", "TERM", "HUP"}) {
      handle(signal, stop);
    }
    Host host =
        new Host(
            System.getenv(),
            Path.of(""),
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
            OUT,
            ERR,
            System.console() != null,
            Charsets.unicode(System.getenv(), System.getProperties()),
            Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("(not from a jar)"),
            stop,
            directory ->
                AdapterDiscovery.discover(
                    Main.class.getClassLoader(), directory.or(Main::adaptersBesideTheJar)));
    int code;
    try {
      code = Commands.run(host, args);
    } catch (OutOfMemoryError e) {
      ERR.println("Error: out of memory; give Java more with JAVA_OPTS=-Xmx1g, or -Xmx1g itself");
      code = ExitCode.FAILED;
    }
    OUT.flush();
    System.exit(code);
  }

  private static void handle(String name, StopRequest stop) {
    try {
      Signal.handle(new Signal(name), signal -> stop(stop));
    } catch (IllegalArgumentException e) {
      // this system has no such signal, or it was taken from us with -Xrs
    }
  }

  private static void stop(StopRequest stop) {
    switch (stop.request()) {
      case EXIT -> {
        ERR.println();
        ERR.println("Migration interrupted by user");
        System.exit(ExitCode.STOPPED);
      }
      case STOPPING -> stop.tell("Stopping after what has been read; once more ends at once");
      case HALT -> Runtime.getRuntime().halt(ExitCode.STOPPED);
    }
  }

  private static Optional<Path> adaptersBesideTheJar() {
    return Optional.ofNullable(Main.class.getProtectionDomain().getCodeSource())
        .map(source -> Path.of(URI.create(source.getLocation().toString())))
        .map(jar -> jar.resolveSibling("adapters"))
        .filter(Files::isDirectory);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
