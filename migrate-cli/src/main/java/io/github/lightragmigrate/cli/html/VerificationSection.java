package io.github.lightragmigrate.cli.html;

import io.github.lightragmigrate.cli.terminal.KnownFailures;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.report.Finding;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Verdict;
import io.github.lightragmigrate.report.VerificationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a comparison after the run found. */
final class VerificationSection {

  private final VerificationReport report;
  private final Optional<String> knownFailures;

  VerificationSection(VerificationReport report, MigrationReport migration) {
    this.report = report;
    this.knownFailures = KnownFailures.of(report, migration);
  }

  void write(Markup page) {
    page.open("section").element("h2", "Verification");
    page.open("p", "class", "outcome " + mood()).element("strong", outcome());
    report.fault().ifPresent(fault -> page.text(" ").text(fault));
    page.close();
    page.open("div", "class", "wide").open("table", "class", "numbers");
    page.element("caption", "Records of the source, compared by value in every field");
    Tables.header(page, "Verdict", "Records");
    page.open("tbody");
    for (Verdict verdict : Verdict.values()) {
      if (report.count(verdict) > 0 || verdict == Verdict.SAME) {
        page.open("tr").element("th", Text.verdict(verdict), "scope", "row");
        Tables.text(page, "Records", Text.number(report.count(verdict)));
        page.close();
      }
    }
    page.close().close().close();
    if (!report.findings().isEmpty()) {
      findings(page);
    }
    report.notes().forEach(note -> page.element("p", note));
    page.close();
  }

  private void findings(Markup page) {
    page.open("div", "class", "wide").open("table");
    page.element("caption", "Differences: the first of " + Text.number(report.differences()));
    Tables.header(page, "Key", "Verdict", "What differs");
    page.open("tbody");
    for (Finding finding : report.findings()) {
      page.open("tr");
      Tables.longCode(page, "Key", Text.key(finding.key()));
      Tables.text(page, "Verdict", Text.verdict(finding.verdict()));
      Tables.longText(page, "What differs", details(finding));
      page.close();
    }
    page.close().close().close();
  }

  private static String details(Finding finding) {
    List<String> details = new ArrayList<>();
    if (!finding.reason().isEmpty()) {
      details.add(finding.reason());
    }
    fields(details, "changed", finding.changed());
    fields(details, "missing", finding.missing());
    fields(details, "extra", finding.extra());
    return String.join("; ", details);
  }

  private static void fields(List<String> details, String what, List<String> names) {
    if (!names.isEmpty()) {
      details.add(what + " " + String.join(", ", names));
    }
  }

  private String mood() {
    return switch (report.outcome()) {
      case SAME -> knownFailures.isPresent() ? "dubious" : "good";
      case STOPPED -> "dubious";
      case DIFFERENT, FAILED -> "bad";
    };
  }

  private String outcome() {
    return switch (report.outcome()) {
      case SAME ->
          knownFailures
              .map(known -> "⚠ Verified, apart from " + known + ".")
              .orElse("✓ Verified: nothing differs but what is accounted for below.");
      case DIFFERENT ->
          "✗ Different: "
              + Text.number(report.differences())
              + " of "
              + Text.records(report.sourceCount())
              + ".";
      case STOPPED -> "⚠ Stopped before its end.";
      case FAILED -> "✗ Could not be finished.";
    };
  }
}
