package io.github.lightragmigrate.cli.html;

import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Numbers of records by cache type; what does not occur has no column. */
final class TypesTable {

  private record Column(String name, ToLongFunction<Tally> value) {}

  private final MigrationReport report;
  private final List<Column> columns = new ArrayList<>();

  TypesTable(MigrationReport report) {
    this.report = report;
    always("Read", Tally::read);
    if (report.dryRun()) {
      always("New", tally -> tally.written() - tally.overwritten());
      always("Overwritten", Tally::overwritten);
    } else {
      always("Written", Tally::written);
      ifAny("Accepted, not persisted", Tally::unconfirmed);
    }
    always("Skipped", Tally::skipped);
    always(report.dryRun() ? "Rejected" : "Failed", Tally::failed);
    ifAny("Unreadable", Tally::unreadable);
    ifAny("Vanished", Tally::vanished);
    ifAny("Cleaned", Tally::sanitized);
  }

  private void always(String name, ToLongFunction<Tally> value) {
    columns.add(new Column(name, value));
  }

  private void ifAny(String name, ToLongFunction<Tally> value) {
    if (value.applyAsLong(report.tally()) > 0) {
      always(name, value);
    }
  }

  void write(Markup page) {
    page.open("section").element("h2", "By cache type");
    page.open("div", "class", "wide").open("table", "class", "numbers");
    page.element("caption", report.dryRun() ? "Records, as they would be" : "Records");
    List<String> names = new ArrayList<>(List.of("Type"));
    columns.forEach(column -> names.add(column.name()));
    Tables.header(page, names.toArray(String[]::new));
    page.open("tbody");
    report.byType().forEach((type, tally) -> row(page, type, tally));
    page.close().open("tfoot");
    row(page, "All", report.tally());
    page.close().close().close().close();
  }

  private void row(Markup page, String name, Tally tally) {
    page.open("tr").element("th", name, "scope", "row");
    for (Column column : columns) {
      Tables.text(page, column.name(), Text.number(column.value().applyAsLong(tally)));
    }
    page.close();
  }
}
