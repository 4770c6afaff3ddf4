package io.github.lightragmigrate.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** One process of the tool. */
final class ToolRun {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final Path output;
  private final Path report;

  ToolRun(Process process, Path output, Path report) {
    this.process = process;
    this.output = output;
    this.report = report;
  }

  /** Waits for the end; the exit code. */
  int end() {
    if (!endsWithin(PATIENCE)) {
      kill();
      throw new AssertionError("still running after " + PATIENCE + ": " + output());
    }
    return process.exitValue();
  }

  boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IllegalStateException(e);
    }
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /**
   * kill -9, unless it ended before.
   *
   * @return whether it was this that ended it
   */
  boolean kill() {
    process.destroyForcibly();
    try {
      return process.waitFor() == 128 + 9;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Sends a signal.
   *
   * @param name such as {@code INT}
   */
  void signal(String name) {
    Signals.send(name, process.pid());
  }

  /** Waits until the output holds a text, or the process ended. */
  void await(String text) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> output().contains(text) || !process.isAlive());
  }

  /** What it printed so far, problems included. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return "";
    }
  }

  boolean hasReport() {
    return Files.exists(report);
  }

  JsonNode report() {
    return Tool.json(report);
  }
}
