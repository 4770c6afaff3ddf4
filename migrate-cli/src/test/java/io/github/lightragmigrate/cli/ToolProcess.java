package io.github.lightragmigrate.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The built jar as a process of its own, in a directory and an environment of the test's. */
final class ToolProcess {

  private static final Path JAR = Path.of("target", "migrate-cli.jar").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final Path out;
  private final Path err;
  private final Path in;

  /**
   * @param streams directory for what goes in and comes out
   */
  ToolProcess(Path directory, Path streams) {
    this.directory = directory;
    try {
      Path own = Files.createTempDirectory(streams, "process");
      out = own.resolve("out");
      err = own.resolve("err");
      in = Files.createFile(own.resolve("in"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    set("LANG", "C.UTF-8");
  }

  ToolProcess set(String name, String value) {
    environment.put(name, value);
    return this;
  }

  ToolProcess set(Map<String, String> values) {
    environment.putAll(values);
    return this;
  }

  ToolProcess type(String text) {
    try {
      Files.writeString(in, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without a terminal; the input is what was typed, and then its end. */
  Process start(String... args) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-Xmx256m", "-jar", JAR.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The exit code. */
  int run(String... args) {
    return end(start(args));
  }

  int end(Process process) {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + out() + err());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the output holds a text. */
  void awaitOut(String text) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!out().contains(text)) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("no '" + text + "' in " + out() + err());
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
