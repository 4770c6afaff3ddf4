package io.github.lightragmigrate.report;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a migration did.
 *
 * @param sourceCount records that the source counted
 * @param tally what became of them
 * @param byType the same by cache type
 * @param dryRun nothing was written
 * @param errors failures by type, most frequent first
 * @param fault what ended the run early or is wrong with it, for people
 * @param notes what else a person should know
 * @param failureLog where the failed records are, if there are any and a log was asked for
 */
public record MigrationReport(
    Side source,
    Side target,
    long sourceCount,
    Tally tally,
    Map<String, Tally> byType,
    Batches batches,
    Duration duration,
    boolean dryRun,
    List<ErrorGroup> errors,
    Outcome outcome,
    Optional<String> fault,
    List<String> notes,
    Optional<Path> failureLog) {

  /**
   * Batches of the configured number of records.
   *
   * @param total expected
   * @param succeeded every record is in the target, or was skipped as asked
   * @param failed at least one record failed
   */
  public record Batches(long total, long succeeded, long failed) {}

  public MigrationReport {
    byType = Collections.unmodifiableMap(new LinkedHashMap<>(byType));
    errors = List.copyOf(errors);
    notes = List.copyOf(notes);
  }
}
