package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.replay.LogIndex;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.report.ReplayReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a replay tells of the migration that it was.
 *
 * @param absent records that were cleaned, and that the target has in no form
 */
record ReplayReports(LogIndex log, Path file, long absent) {

  ReplayReport of(MigrationReport report, boolean remains) {
    return of(report, outcome(report), report.fault(), report.notes(), remains);
  }

  ReplayReport failed(MigrationReport report, String fault, Optional<String> note) {
    List<String> notes = new ArrayList<>(report.notes());
    note.ifPresent(notes::add);
    return of(report, Outcome.FAILED, Optional.of(fault), notes, true);
  }

  private Outcome outcome(MigrationReport report) {
    return absent > 0 && report.outcome() == Outcome.COMPLETED
        ? Outcome.COMPLETED_WITH_FAILURES
        : report.outcome();
  }

  private ReplayReport of(
      MigrationReport report,
      Outcome outcome,
      Optional<String> fault,
      List<String> notes,
      boolean remains) {
    MigrationReport told =
        new MigrationReport(
            report.source(),
            report.target(),
            report.sourceCount(),
            report.accounts(),
            report.resumed(),
            report.batches(),
            report.duration(),
            report.dryRun(),
            outcome,
            fault,
            withAbsent(notes),
            remains ? Optional.of(file) : Optional.empty(),
            Optional.empty());
    return new ReplayReport(told, log.unreadable(), log.sanitized(), log.torn(), file, remains);
  }

  private List<String> withAbsent(List<String> notes) {
    List<String> all = new ArrayList<>(notes);
    if (absent > 0) {
      all.add(
          absent
              + " of the records that were cleaned once are not in the target, which cannot hold"
              + " them as they were: sanitize them for it, too (--sanitize)");
    }
    return all;
  }
}
