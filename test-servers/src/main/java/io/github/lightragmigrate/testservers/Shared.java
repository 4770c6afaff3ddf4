package io.github.lightragmigrate.testservers;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one server of its kind in this JVM, started at first use and stopped at exit. Held in static
 * fields: starting a server costs seconds, and test classes have nothing else in common.
 */
final class Shared<T extends TestServer> {
  private final Supplier<T> starter;
  private @Nullable T server;

  Shared(Supplier<T> starter) {
    this.starter = starter;
  }

  synchronized T get() {
    T running = server;
    if (running == null) {
      running = starter.get();
      server = running;
    }
    return running;
  }
}
