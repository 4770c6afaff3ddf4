package io.github.lightragmigrate.cli.doctor;

import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.report.ErrorGroup;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.report.Tally;
import java.util.ArrayList;
import java.util.List;

/** What a target would make of a source's records, as a person reads it. */
public final class FitText {

  private final MigrationReport report;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param report of a dry run
   */
  public FitText(MigrationReport report) {
    this.report = report;
  }

  public List<String> lines() {
    Tally tally = report.tally();
    lines.add(
        "From "
            + report.source().location()
            + " to "
            + report.target().location()
            + ", if it were migrated now:");
    add((report.outcome() == Outcome.COMPLETED ? "✓ " : "– ") + fits(tally));
    if (tally.failed() > 0) {
      add("✗ " + Text.records(tally.failed()) + " would be rejected");
    }
    if (tally.unreadable() > 0) {
      add("✗ " + Text.records(tally.unreadable()) + " cannot be read in the source");
    }
    report.errors().forEach(this::examples);
    report
        .accounts()
        .changedFields()
        .forEach(
            (field, count) ->
                add("⚠️ field " + field + " of " + Text.records(count) + " is not kept as it is"));
    report.notes().forEach(note -> add("⚠️ " + note));
    return lines;
  }

  private void examples(ErrorGroup group) {
    group.examples().forEach(example -> add("    " + example.key() + ": " + example.message()));
    long more = group.count() - group.examples().size();
    if (more > 0) {
      add(
          "    ... and "
              + Text.number(more)
              + " more; a migration keeps them all in its failure log");
    }
  }

  private static String fits(Tally tally) {
    return Text.records(tally.written())
        + " would be taken, "
        + Text.number(tally.overwritten())
        + " of them over ones that the target has";
  }

  private void add(String text) {
    lines.add("  " + Text.oneLine(text));
  }
}
