package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.migration.Migration;
import io.github.lightragmigrate.migration.Verification;
import java.util.Optional;

/**
 * How fast, where it is not left to the engine.
 *
 * @param readers parts of the source that are read at the same time
 * @param writers calls to the target at the same time
 */
public record Pace(
    Optional<Integer> readers, Optional<Integer> writers, Optional<Integer> maxRecordsPerSecond) {

  void applyTo(Migration.Builder builder) {
    readers.ifPresent(builder::readers);
    writers.ifPresent(builder::writers);
    maxRecordsPerSecond.ifPresent(builder::maxRecordsPerSecond);
  }

  void applyTo(Verification.Builder builder) {
    readers.ifPresent(builder::readers);
  }
}
