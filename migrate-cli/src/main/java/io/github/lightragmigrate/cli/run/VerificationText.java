package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.terminal.KnownFailures;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.report.Finding;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Verdict;
import io.github.lightragmigrate.report.VerificationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a comparison found, as a person reads it. */
final class VerificationText {

  private static final int FIRST = 10;
  private static final String RULE = "=".repeat(60);

  private final VerificationReport report;
  private final Optional<MigrationReport> migration;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param migration that was verified, whose own report tells of source and target
   */
  VerificationText(VerificationReport report, Optional<MigrationReport> migration) {
    this.report = report;
    this.migration = migration;
  }

  List<String> lines() {
    add("", RULE, "Verification - Final Report", RULE);
    if (migration.isEmpty()) {
      add("");
      lines.addAll(SideText.both(report.source(), report.target()));
    }
    add("", "📊 Statistics:");
    statistic("Total source records", Text.number(report.sourceCount()));
    for (Verdict verdict : Verdict.values()) {
      if (verdict.ordinal() <= Verdict.DIFFERENT.ordinal() || report.count(verdict) > 0) {
        statistic(Text.verdict(verdict), Text.number(report.count(verdict)));
      }
    }
    statistic("Duration", Text.seconds(report.duration()));
    findings();
    changedFields();
    report.notes().forEach(note -> add("", "Note: " + Text.oneLine(note)));
    add("", RULE);
    banner();
    add(RULE);
    return lines;
  }

  private void statistic(String name, String value) {
    add(String.format("  %-24s %s", name + ":", value));
  }

  private void findings() {
    if (report.findings().isEmpty()) {
      return;
    }
    add("", "⚠️  Differences: " + Text.number(report.differences()));
    int shown = 0;
    for (Finding finding : report.findings()) {
      if (shown < FIRST) {
        shown++;
        add("", "  " + shown + ". " + Text.key(finding.key()));
        add("     " + Text.verdict(finding.verdict()) + details(finding));
      }
    }
    if (report.differences() > shown) {
      add("", "  ... and " + Text.number(report.differences() - shown) + " more");
    }
  }

  private static String details(Finding finding) {
    List<String> details = new ArrayList<>();
    if (!finding.reason().isEmpty()) {
      details.add(Text.oneLine(finding.reason()));
    }
    fields(details, "changed", finding.changed());
    fields(details, "missing", finding.missing());
    fields(details, "extra", finding.extra());
    return details.isEmpty() ? "" : ": " + String.join("; ", details);
  }

  private static void fields(List<String> details, String what, List<String> names) {
    if (!names.isEmpty()) {
      details.add(what + " " + names.stream().map(Text::oneLine).collect(Collectors.joining(", ")));
    }
  }

  private void changedFields() {
    if (report.changedFields().isEmpty()) {
      return;
    }
    add("", "Note: " + report.target().storage() + " does not keep every field as it is:");
    report
        .changedFields()
        .forEach((field, count) -> add("  - " + Text.oneLine(field) + ": " + Text.records(count)));
  }

  private void banner() {
    switch (report.outcome()) {
      case SAME -> add(success());
      case DIFFERENT ->
          add(
              "✗ DIFFERENT: "
                  + Text.number(report.differences())
                  + " of "
                  + Text.records(report.sourceCount())
                  + (report.differences() == 1 ? " is not the same" : " are not the same"));
      case STOPPED ->
          add(
              "✗ STOPPED: only "
                  + Text.number(report.accounted())
                  + " of "
                  + Text.records(report.sourceCount())
                  + " were compared");
      case FAILED ->
          add(
              "✗ FAILED: the comparison could not be finished.",
              "   " + Text.oneLine(report.fault().orElse("No reason is known.")));
    }
  }

  private String success() {
    if (report.sourceCount() == 0) {
      return "⚠️  Source storage has no cache records to compare";
    }
    long same = report.count(Verdict.SAME);
    String ofAll =
        Text.number(same)
            + " of "
            + Text.records(report.sourceCount())
            + (same == 1 ? " is the same" : " are the same");
    Optional<String> apart = migration.flatMap(done -> KnownFailures.of(report, done));
    if (apart.isPresent()) {
      return "⚠️  VERIFIED, apart from " + apart.get() + ": " + ofAll;
    }
    if (same == report.sourceCount()) {
      return same == 1
          ? "✓ VERIFIED: the only record is the same"
          : "✓ VERIFIED: all " + Text.number(same) + " records are the same";
    }
    return "✓ VERIFIED: " + ofAll + ", and the others are accounted for above";
  }

  private void add(String... more) {
    lines.addAll(List.of(more));
  }
}
