package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.migration.Migration;
import java.util.Optional;

/**
 * How fast, where it is not left to the engine.
 *
 * @param writers calls to the target at the same time
 */
public record Pace(Optional<Integer> writers, Optional<Integer> maxRecordsPerSecond) {

  void applyTo(Migration.Builder builder) {
    writers.ifPresent(builder::writers);
    maxRecordsPerSecond.ifPresent(builder::maxRecordsPerSecond);
  }
}
