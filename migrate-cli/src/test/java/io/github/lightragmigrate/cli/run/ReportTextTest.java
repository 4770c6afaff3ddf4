package io.github.lightragmigrate.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.report.Accounts;
import io.github.lightragmigrate.report.ErrorGroup;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.MigrationReport.Batches;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.report.Side;
import io.github.lightragmigrate.report.Tally;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportTextTest {

  private static final Side SIDE = new Side("JsonKVStorage", "a", "file");

  private static String text(
      Tally tally,
      boolean dryRun,
      Outcome outcome,
      Optional<String> fault,
      List<ErrorGroup> errors) {
    MigrationReport report =
        new MigrationReport(
            SIDE,
            SIDE,
            1200,
            new Accounts(Map.of("extract", tally), 0, errors, Map.of(), List.of()),
            0,
            new Batches(2, 1, 1),
            Duration.ofMillis(2345),
            dryRun,
            outcome,
            fault,
            List.of("the source changed"),
            Optional.empty(),
            Optional.empty());
    return String.join("\n", new ReportText(report).lines());
  }

  @ParameterizedTest
  @EnumSource(value = Outcome.class, mode = EnumSource.Mode.EXCLUDE, names = "COMPLETED")
  void nothingButACompletedRunIsASuccess(Outcome outcome) {
    assertThat(text(Tally.ZERO, false, outcome, Optional.of("disk full"), List.of()))
        .doesNotContain("SUCCESS", "✓");
  }

  @Test
  void tellsWhyItFailed() {
    assertThat(text(Tally.ZERO, false, Outcome.FAILED, Optional.of("disk full"), List.of()))
        .contains(
            "Migration Failed - Final Report",
            "✗ FAILED: Migration could not be finished.\n   disk full\n",
            "Note: the source changed",
            "  Success rate:            0.00%",
            "  Duration:                2.3s");
    assertThat(text(Tally.ZERO, false, Outcome.STOPPED, Optional.empty(), List.of()))
        .contains("Migration Stopped - Final Report", "✗ STOPPED");
  }

  @Test
  void namesEveryKindOfRecordThatIsNotInTheTarget() {
    Tally tally = new Tally(1197, 1000, 0, 190, 7, 2, 1, 0, 0);

    assertThat(text(tally, false, Outcome.COMPLETED_WITH_FAILURES, Optional.empty(), List.of()))
        .contains(
            "  Successfully migrated:   1,000\n",
            "  Failed to migrate:       7\n",
            "  Skipped as asked:        190\n",
            "  Unreadable in source:    2\n",
            "  Vanished from source:    1\n",
            "  Success rate:            99.17%\n",
            "    extract:               1,000 migrated, 190 skipped, 7 failed, 2 unreadable\n");
  }

  @Test
  void whatWasNotPersistedIsNotMigrated() {
    Tally tally = new Tally(600, 0, 0, 0, 0, 0, 0, 0, 600);

    assertThat(text(tally, false, Outcome.FAILED, Optional.of("disk full"), List.of()))
        .contains(
            "  Accepted, not persisted: 600\n",
            "  Success rate:            0.00%\n",
            "    extract:               0 migrated, 600 accepted, not persisted\n")
        .contains("  Successfully migrated:   0\n");
  }

  @Test
  void dryRunTellsWhatWouldHappen() {
    Tally tally = new Tally(1200, 1000, 300, 190, 10, 0, 0, 0, 0);

    assertThat(text(tally, true, Outcome.COMPLETED_WITH_FAILURES, Optional.empty(), List.of()))
        .contains(
            "Dry Run Complete - Final Report",
            "  New in the target:       700\n",
            "  Would be overwritten:    300\n",
            "  Would be skipped:        190\n",
            "  Would be rejected:       10\n")
        .doesNotContain("migrated");
  }

  @Test
  void groupsErrorsAndShowsFive() {
    List<ErrorGroup.Example> examples =
        List.of(1, 2, 3, 4).stream()
            .map(n -> new ErrorGroup.Example("key " + n, "bad\u001b[2J\nline"))
            .toList();
    List<ErrorGroup> errors =
        List.of(
            new ErrorGroup("rejected", 1200, examples), new ErrorGroup("unreadable", 3, examples));

    assertThat(text(Tally.ZERO, false, Outcome.COMPLETED_WITH_FAILURES, Optional.empty(), errors))
        .contains(
            "⚠️  Errors encountered: 1,203\n",
            "  - rejected: 1,200 occurrence(s)\n  - unreadable: 3 occurrence(s)\n",
            "\n  5. key 1\n     Type: unreadable\n     Message: bad?[2J line\n",
            "\n  ... and 1,198 more errors\n")
        .doesNotContain("  6. ");
  }
}
