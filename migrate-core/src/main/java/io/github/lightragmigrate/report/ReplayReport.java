package io.github.lightragmigrate.report;

import java.nio.file.Path;

/**
 * What a replay of a failure log did.
 *
 * @param migration of the log's records to the target; its failure log is the one that was replayed
 * @param unreadable keys without a record, whose lines were kept
 * @param sanitized keys whose record was cleaned and is not written as it was, whose lines were
 *     kept
 * @param torn lines in whose middle their writer was ended, which were kept
 * @param log the failure log
 * @param remains whether there is still a log
 */
public record ReplayReport(
    MigrationReport migration,
    long unreadable,
    long sanitized,
    long torn,
    Path log,
    boolean remains) {

  /** As the migration's, but not completed without failures while a record is only in the log. */
  public Outcome outcome() {
    return migration.outcome() == Outcome.COMPLETED && unreadable + torn > 0
        ? Outcome.COMPLETED_WITH_FAILURES
        : migration.outcome();
  }
}
