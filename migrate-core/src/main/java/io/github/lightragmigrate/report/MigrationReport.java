package io.github.lightragmigrate.report;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a migration did, all runs of it together when it was resumed.
 *
 * @param sourceCount records that the source counted
 * @param accounts what became of them
 * @param resumed records that earlier runs of the same migration dealt with
 * @param dryRun nothing was written
 * @param fault what ended the run early or is wrong with it, for people
 * @param notes what else a person should know
 * @param failureLog where the failed records are, if there are any and a log was asked for
 * @param checkpoint from which an unfinished migration can be resumed
 */
public record MigrationReport(
    Side source,
    Side target,
    long sourceCount,
    Accounts accounts,
    long resumed,
    Batches batches,
    Duration duration,
    boolean dryRun,
    Outcome outcome,
    Optional<String> fault,
    List<String> notes,
    Optional<Path> failureLog,
    Optional<Path> checkpoint) {

  /**
   * Batches of the configured number of records.
   *
   * @param total expected
   * @param succeeded every record is in the target, or was skipped as asked
   * @param failed at least one record failed
   */
  public record Batches(long total, long succeeded, long failed) {}

  /** Copies the notes. */
  public MigrationReport {
    notes = List.copyOf(notes);
  }

  /**
   * Of a migration that could not begin.
   *
   * @param fault why, for people, without secrets
   */
  public static MigrationReport notBegun(Side source, Side target, boolean dryRun, String fault) {
    return new MigrationReport(
        source,
        target,
        0,
        Accounts.NONE,
        0,
        new Batches(0, 0, 0),
        Duration.ZERO,
        dryRun,
        Outcome.FAILED,
        Optional.of(fault),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether there was a run; else nothing is known of any record. */
  public boolean isBegun() {
    return !duration.isZero() || !accounts.equals(Accounts.NONE);
  }

  /** Whether all of the source was dealt with, be it that some records failed. */
  public boolean isFinished() {
    return outcome == Outcome.COMPLETED || outcome == Outcome.COMPLETED_WITH_FAILURES;
  }

  /** Of all types. */
  public Tally tally() {
    return accounts.total();
  }

  /** By cache type. */
  public Map<String, Tally> byType() {
    return accounts.byType();
  }

  /** Failures by type, most frequent first. */
  public List<ErrorGroup> errors() {
    return accounts.errors();
  }
}
