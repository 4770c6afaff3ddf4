package io.github.lightragmigrate.faults;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real server that a test stops, kills, halts and starts again: port and data stay. */
final class OwnServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final List<String> command;
  private final Path log;
  private final Place anywhere;
  private ProcessHandle process;

  /**
   * @param anywhere a place on the server, for the question whether it answers
   */
  OwnServer(List<String> command, Path log, Place anywhere) {
    this.command = List.copyOf(command);
    this.log = log;
    this.anywhere = anywhere;
  }

  Place freshPlace() {
    return anywhere.with(Map.of("WORKSPACE", "w" + UUID.randomUUID().toString().replace("-", "")));
  }

  /** Returns when the server answers. */
  OwnServer start() {
    begin();
    Awaitility.await().atMost(PATIENCE).until(this::answers);
    return this;
  }

  /** Starts the process; the server will take its time to answer. */
  void begin() {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    try {
      process = builder.start().toHandle();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Ends the process; returns when it is gone.
   *
   * @param signal such as {@code TERM} or {@code KILL}
   */
  void stop(String signal) {
    List<ProcessHandle> all = family();
    Signals.send(signal, process.pid());
    all.forEach(OwnServer::awaitEnd);
  }

  /** Halts the processes for a time, as a machine that swaps or is moved does. */
  void halt(Duration time) {
    List<ProcessHandle> all = family();
    all.forEach(one -> Signals.send("STOP", one.pid()));
    try {
      process.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
      throw new AssertionError("the server ended: see " + log);
    } catch (java.util.concurrent.TimeoutException e) {
      // as it should be: it was there all the time
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      all.forEach(one -> Signals.send("CONT", one.pid()));
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop("KILL");
    }
  }

  private List<ProcessHandle> family() {
    return Stream.concat(Stream.of(process), process.descendants()).toList();
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new AssertionError("the server ended: see " + log);
    }
    try {
      anywhere.open(Access.SOURCE).close();
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  private static void awaitEnd(ProcessHandle process) {
    Awaitility.await().atMost(PATIENCE).until(() -> !process.isAlive());
  }
}
