package io.github.lightragmigrate.migration;

import java.time.Duration;
import java.util.Objects;

/** Refuses wrong arguments where they are given, by their names. */
final class Arguments {

  /** In nanoseconds a longer one cannot be told. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private Arguments() {}

  static int atLeastOne(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, not " + value);
    }
    return value;
  }

  /** Each is a thread. */
  static int threads(String what, int value) {
    if (atLeastOne(what, value) > Migration.MAX_THREADS) {
      throw new IllegalArgumentException(
          what + " must be " + Migration.MAX_THREADS + " at the most, not " + value);
    }
    return value;
  }

  /** 292 years, where it is longer. */
  static Duration notNegative(String name, Duration value) {
    if (Objects.requireNonNull(value, name).isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
    return value.compareTo(LONGEST) > 0 ? LONGEST : value;
  }
}
