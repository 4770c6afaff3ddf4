package io.github.lightragmigrate.cli.html;

import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.report.ErrorGroup;
import io.github.lightragmigrate.report.MigrationReport;

/** Failures with their keys, and what else a person should know. */
final class Problems {

  private final MigrationReport report;

  Problems(MigrationReport report) {
    this.report = report;
  }

  void write(Markup page) {
    if (!report.errors().isEmpty()) {
      errors(page);
    }
    boolean toKnow =
        !report.notes().isEmpty()
            || !report.accounts().changedFields().isEmpty()
            || report.tally().sanitized() > 0
            || report.checkpoint().isPresent();
    if (toKnow) {
      notes(page);
    }
  }

  private void errors(Markup page) {
    page.open("section").element("h2", "Errors");
    page.open("div", "class", "wide").open("table");
    page.element("caption", "Records that failed: all are counted, the first of a kind are named");
    Tables.header(page, "Kind", "Records", "Key", "Reason");
    page.open("tbody");
    for (ErrorGroup group : report.errors()) {
      int rows = Math.max(1, group.examples().size());
      page.open("tr");
      page.element("th", group.type(), "scope", "rowgroup", "rowspan", String.valueOf(rows));
      page.element(
          "td",
          Text.number(group.count()),
          "rowspan",
          String.valueOf(rows),
          "data-label",
          "Records");
      boolean first = true;
      for (ErrorGroup.Example example : group.examples()) {
        if (!first) {
          page.open("tr");
        }
        first = false;
        Tables.longCode(page, "Key", Text.key(example.key()));
        Tables.longText(page, "Reason", example.message());
        page.close();
      }
      if (group.examples().isEmpty()) {
        page.element("td", "").element("td", "").close();
      }
    }
    page.close().close().close();
    report
        .failureLog()
        .ifPresent(
            log -> {
              page.open("p").text("All of them are kept in ").element("code", log.toString());
              page.text("; ").element("code", "migrate retry").text(" writes what fits by then.");
              page.close();
            });
    page.close();
  }

  private void notes(Markup page) {
    page.open("section").element("h2", "Notes").open("ul");
    report.notes().forEach(note -> page.element("li", note));
    report
        .accounts()
        .changedFields()
        .forEach(
            (field, count) -> {
              page.open("li").text(report.target().storage() + " does not keep the field ");
              page.element("code", field).text(" as it is: " + Text.records(count)).close();
            });
    if (report.tally().sanitized() > 0) {
      page.open("li").text("Cleaned of what the target cannot hold: ");
      page.text(Text.records(report.tally().sanitized()) + ", such as ");
      for (String key : report.accounts().sanitizedKeys()) {
        page.element("code", Text.key(key)).text(" ");
      }
      page.close();
    }
    report
        .checkpoint()
        .ifPresent(
            file -> {
              page.open("li").text("The same command with ").element("code", "--resume");
              page.text(" goes on, from ").element("code", file.toString()).close();
            });
    page.close().close();
  }
}
