package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.report.ErrorGroup;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.report.Tally;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The final report as a person reads it. */
final class ReportText {

  private static final int FIRST = 5;
  private static final String RULE = "=".repeat(60);

  private final MigrationReport report;
  private final List<String> lines = new ArrayList<>();

  ReportText(MigrationReport report) {
    this.report = report;
  }

  List<String> lines() {
    add("", RULE, title() + " - Final Report", RULE, "");
    lines.addAll(SideText.both(report.source(), report.target()));
    add("", "📊 Statistics:");
    statistics();
    byType();
    errors();
    changedFields();
    sanitized();
    report.notes().forEach(note -> add("", "Note: " + Text.oneLine(note)));
    add("", RULE);
    banner();
    add(RULE);
    return lines;
  }

  private String title() {
    String what = report.dryRun() ? "Dry Run" : "Migration";
    return switch (report.outcome()) {
      case COMPLETED, COMPLETED_WITH_FAILURES -> what + " Complete";
      case STOPPED -> what + " Stopped";
      case FAILED, INCONSISTENT -> what + " Failed";
    };
  }

  private void statistics() {
    Tally tally = report.tally();
    statistic("Total source records", report.sourceCount());
    statistic("Total batches", report.batches().total());
    statistic("Successful batches", report.batches().succeeded());
    statistic("Failed batches", report.batches().failed());
    if (report.dryRun()) {
      statistic("New in the target", tally.written() - tally.overwritten());
      statistic("Would be overwritten", tally.overwritten());
      statistic("Would be skipped", tally.skipped());
      statistic("Would be rejected", tally.failed());
    } else {
      statistic("Successfully migrated", tally.written());
      if (tally.unconfirmed() > 0) {
        statistic("Accepted, not persisted", tally.unconfirmed());
      }
      statistic("Failed to migrate", tally.failed());
    }
    if (tally.skipped() > 0 && !report.dryRun()) {
      statistic("Skipped as asked", tally.skipped());
    }
    if (tally.unreadable() > 0) {
      statistic("Unreadable in source", tally.unreadable());
    }
    if (tally.vanished() > 0) {
      statistic("Vanished from source", tally.vanished());
    }
    if (tally.sanitized() > 0) {
      statistic(report.dryRun() ? "Would be cleaned" : "Cleaned", tally.sanitized());
    }
    if (report.resumed() > 0) {
      statistic("Done by earlier runs", report.resumed());
    }
    // records that two runs read are counted twice
    long there = Math.min(tally.skipped() + tally.written(), report.sourceCount());
    statistic("Success rate", Text.percent(there, report.sourceCount(), 2) + "%");
    statistic("Duration", Text.seconds(report.duration()));
  }

  private void statistic(String name, long value) {
    statistic(name, Text.number(value));
  }

  private void statistic(String name, String value) {
    add(String.format("  %-24s %s", name + ":", value));
  }

  private void byType() {
    add("", "  By cache type:");
    report
        .byType()
        .forEach(
            (type, tally) -> {
              StringBuilder text = new StringBuilder();
              text.append(String.format("    %-22s ", type + ":"));
              text.append(Text.number(tally.written()));
              text.append(report.dryRun() ? " would be written" : " migrated");
              part(text, tally.unconfirmed(), "accepted, not persisted");
              part(text, tally.skipped(), "skipped");
              part(text, tally.failed(), report.dryRun() ? "would be rejected" : "failed");
              part(text, tally.unreadable(), "unreadable");
              add(text.toString());
            });
  }

  private static void part(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append(", ").append(Text.number(count)).append(' ').append(what);
    }
  }

  private void errors() {
    if (report.errors().isEmpty()) {
      return;
    }
    long count = report.errors().stream().mapToLong(ErrorGroup::count).sum();
    add("", "⚠️  Errors encountered: " + Text.number(count));
    add("", "Error Details:", "-".repeat(60), "", "Error Summary:");
    for (ErrorGroup group : report.errors()) {
      add("  - " + group.type() + ": " + Text.number(group.count()) + " occurrence(s)");
    }
    add("", "First " + FIRST + " errors:");
    int shown = 0;
    for (ErrorGroup group : report.errors()) {
      for (ErrorGroup.Example example : group.examples()) {
        if (shown < FIRST) {
          shown++;
          add("", "  " + shown + ". " + Text.key(example.key()));
          add("     Type: " + group.type());
          add("     Message: " + Text.oneLine(example.message()));
        }
      }
    }
    if (count > shown) {
      add("", "  ... and " + Text.number(count - shown) + " more errors");
    }
    report
        .failureLog()
        .ifPresent(
            log ->
                add(
                    "",
                    "Failed records are kept in: " + log,
                    "What fits by then is written by: " + retryCommand(log)));
  }

  /** Names the target, which no failure log does. */
  private String retryCommand(Path log) {
    String workspace = report.target().workspace();
    return "migrate retry --failures "
        + argument(log.toString())
        + " --to "
        + report.target().storage()
        + (workspace.isEmpty() ? "" : " --target-workspace " + argument(workspace));
  }

  private static String argument(String text) {
    String shown = Text.oneLine(text);
    return shown.matches("[\\w./:@%+=-]+") ? shown : "'" + shown.replace("'", "'\\''") + "'";
  }

  private void changedFields() {
    if (!report.accounts().changedFields().isEmpty()) {
      add("", "Note: " + report.target().storage() + " does not keep every field as it is:");
      report
          .accounts()
          .changedFields()
          .forEach(
              (field, count) -> add("  - " + Text.oneLine(field) + ": " + Text.records(count)));
    }
  }

  private void sanitized() {
    if (report.tally().sanitized() > 0) {
      add("", "Note: cleaned of what the target cannot hold:");
      report.accounts().sanitizedKeys().forEach(key -> add("  - " + Text.key(key)));
      if (report.tally().sanitized() > report.accounts().sanitizedKeys().size()) {
        add("  - ...");
      }
      report.failureLog().ifPresent(log -> add("  As they were, they are in: " + log));
    }
  }

  private void banner() {
    String what = report.dryRun() ? "Dry run" : "Migration";
    Outcome outcome = report.outcome();
    switch (outcome) {
      case COMPLETED -> add(success());
      case COMPLETED_WITH_FAILURES ->
          add(
              "⚠️  WARNING: " + what + " completed with errors!",
              "   Please review the error details above.");
      case STOPPED -> add("✗ STOPPED: " + what + " was stopped before its end.");
      case FAILED, INCONSISTENT ->
          add("✗ FAILED: " + what + " could not be finished.", "   " + reason());
    }
    if (report.checkpoint().isPresent()) {
      add("   To go on, run the same command with --resume.");
    } else if (outcome == Outcome.STOPPED) {
      add("   Run it again.");
    }
  }

  private String success() {
    if (report.sourceCount() == 0) {
      return "⚠️  Source storage has no cache records to migrate";
    }
    return report.dryRun()
        ? "✓ Dry run: nothing was written"
        : "✓ SUCCESS: All records migrated successfully!";
  }

  private String reason() {
    return Text.oneLine(report.fault().orElse("No reason is known."));
  }

  private void add(String... more) {
    lines.addAll(List.of(more));
  }
}
