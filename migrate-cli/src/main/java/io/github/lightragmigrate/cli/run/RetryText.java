package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.terminal.Style;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.report.ErrorGroup;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.ReplayReport;
import io.github.lightragmigrate.report.Tally;
import java.util.ArrayList;
import java.util.List;

/** What a replay of a failure log did, as a person reads it. */
final class RetryText {

  private static final String RULE = "=".repeat(60);

  private final ReplayReport report;
  private final MigrationReport migration;
  private final List<String> lines = new ArrayList<>();

  RetryText(ReplayReport report) {
    this.report = report;
    this.migration = report.migration();
  }

  List<String> lines() {
    add("", RULE, "Retry - Final Report", RULE, "");
    add("Target: " + SideText.name(migration.target(), Style.PLAIN));
    add(SideText.place(migration.target()));
    add("", "📊 Statistics:");
    statistics();
    errors();
    migration.notes().forEach(note -> add("", "Note: " + Text.oneLine(note)));
    log();
    add("", RULE);
    banner();
    add(RULE);
    return lines;
  }

  private void statistics() {
    Tally tally = migration.tally();
    statistic("Records to replay", migration.sourceCount());
    statistic(migration.dryRun() ? "Would be written" : "Written", tally.written());
    statisticIfAny("Accepted, not persisted", tally.unconfirmed());
    statisticIfAny("Skipped as asked", tally.skipped());
    statisticIfAny("Of those written, cleaned", tally.sanitized());
    statistic(migration.dryRun() ? "Would fail again" : "Still failing", tally.failed());
    statisticIfAny("Unreadable, kept", report.unreadable());
    statisticIfAny("Cleaned before, kept", report.sanitized());
    statisticIfAny("Torn lines, kept", report.torn());
    add(String.format("  %-26s %s", "Duration:", Text.seconds(migration.duration())));
  }

  private void statisticIfAny(String name, long value) {
    if (value > 0) {
      statistic(name, value);
    }
  }

  private void statistic(String name, long value) {
    add(String.format("  %-26s %s", name + ":", Text.number(value)));
  }

  private void errors() {
    for (ErrorGroup group : migration.errors()) {
      add("", "⚠️  " + group.type() + ": " + Text.number(group.count()) + "; the first:");
      for (ErrorGroup.Example example : group.examples()) {
        add("  - " + Text.key(example.key()) + ": " + Text.oneLine(example.message()));
      }
    }
  }

  private void log() {
    if (report.torn() > 0) {
      add(
          "",
          "Note: a torn line is the beginning of one whose writer was ended: its record is in the"
              + " source still.");
    }
    if (migration.dryRun()) {
      add("", "The failure log is as it was: " + report.log());
    } else if (report.remains()) {
      add("", "What remains is in: " + report.log());
    } else {
      add("", "Nothing remains; removed: " + report.log());
    }
  }

  private void banner() {
    switch (report.outcome()) {
      case COMPLETED -> add(migration.dryRun() ? "✓ Dry run: nothing was written" : success());
      case COMPLETED_WITH_FAILURES ->
          add("⚠️  WARNING: some records are in the failure log alone.");
      case STOPPED ->
          add("✗ STOPPED: the failure log is as it was; run the same command again to go on.");
      case FAILED, INCONSISTENT ->
          add(
              "✗ FAILED: the failure log is as it was; run the same command again.",
              "   " + Text.oneLine(migration.fault().orElse("No reason is known.")));
    }
  }

  private String success() {
    return report.sanitized() == 0
        ? "✓ SUCCESS: All records of the failure log are in the target!"
        : "✓ SUCCESS: All records of the failure log are in the target, some cleaned or newer there!";
  }

  private void add(String... more) {
    lines.addAll(List.of(more));
  }
}
