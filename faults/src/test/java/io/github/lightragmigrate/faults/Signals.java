package io.github.lightragmigrate.faults;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals to processes that these tests started. */
final class Signals {

  private Signals() {}

  /**
   * Sends a signal; a process that is gone is none to complain about.
   *
   * @param name such as {@code STOP}
   */
  static void send(String name, long pid) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
