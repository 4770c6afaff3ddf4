package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.report.Finding;
import io.github.lightragmigrate.report.Verdict;
import io.github.lightragmigrate.report.VerificationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a comparison found, as a person reads it. */
final class VerificationText {

  private static final int FIRST = 10;
  private static final String RULE = "=".repeat(60);

  private final VerificationReport report;
  private final List<String> lines = new ArrayList<>();

  VerificationText(VerificationReport report) {
    this.report = report;
  }

  List<String> lines() {
    add("", RULE, "Verification - Final Report", RULE, "", "📊 Statistics:");
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
        add("", "  " + shown + ". " + Text.oneLine(finding.key()));
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
        .forEach(
            (field, count) ->
                add("  - " + Text.oneLine(field) + ": " + Text.number(count) + " records"));
  }

  private void banner() {
    switch (report.outcome()) {
      case SAME -> add(success());
      case DIFFERENT ->
          add(
              "✗ DIFFERENT: "
                  + Text.number(report.differences())
                  + " of "
                  + Text.number(report.sourceCount())
                  + " records are not the same");
      case STOPPED ->
          add(
              "✗ STOPPED: only "
                  + Text.number(report.accounted())
                  + " of "
                  + Text.number(report.sourceCount())
                  + " records were compared");
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
    return same == report.sourceCount()
        ? "✓ VERIFIED: all " + Text.number(same) + " records are the same"
        : "✓ VERIFIED: "
            + Text.number(same)
            + " of "
            + Text.number(report.sourceCount())
            + " records are the same, and the others are accounted for above";
  }

  private void add(String... more) {
    lines.addAll(List.of(more));
  }
}
