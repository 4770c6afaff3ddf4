package io.github.lightragmigrate.cli.html;

import io.github.lightragmigrate.cli.config.AdapterSettings;
import io.github.lightragmigrate.cli.config.ShownValue;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Side;
import io.github.lightragmigrate.report.Tally;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The report as one HTML page: no script, nothing from elsewhere, all text escaped. It is also
 * well-formed XML.
 */
public final class HtmlReport {

  /** What a page begins with, so that it is known again. */
  public static final String BEGINNING = "<!DOCTYPE html>\n<!-- lightrag-migrate report -->\n";

  /** Should a text ever slip through unescaped, the browser still fetches and runs nothing. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Run run;
  private final MigrationReport report;
  private final Markup page = new Markup();

  public HtmlReport(Run run) {
    this.run = run;
    this.report = run.report();
  }

  /** Leaves the stream open. */
  public void write(OutputStream out) throws IOException {
    String title = "Migration " + place(report.source()) + " to " + place(report.target());
    page.open("html", "lang", "en").open("head");
    page.empty("meta", "charset", "utf-8");
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.empty("meta", "name", "color-scheme", "content", "light dark");
    page.element("title", title).element("style", css()).close();
    page.open("body").open("main");
    head();
    sides();
    if (!report.byType().isEmpty()) {
      new TypesTable(report).write(page);
    }
    run.timeline().ifPresent(timeline -> new Course(timeline).write(page));
    new Problems(report).write(page);
    run.verification().ifPresent(found -> new VerificationSection(found).write(page));
    options();
    settings("Settings of the source", run.sourceSettings());
    settings("Settings of the target", run.targetSettings());
    page.open("footer").element("p", "lightrag-migrate " + run.version()).close();
    page.close().close().close();
    out.write((BEGINNING + page.written() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String css() throws IOException {
    try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void head() {
    page.open("header");
    page.element("p", report.dryRun() ? "Dry run of a migration" : "Migration", "class", "kind");
    page.element("h1", name(report.source()) + " → " + name(report.target()));
    page.open("p", "class", "outcome " + mood());
    page.element("strong", outcome());
    report.fault().ifPresent(fault -> page.text(" ").text(fault));
    page.close();
    page.open("dl", "class", "figures");
    Tally tally = report.tally();
    figure("Records in the source", Text.number(report.sourceCount()));
    figure(report.dryRun() ? "Would be written" : "Written", Text.number(tally.written()));
    figure(report.dryRun() ? "Would be rejected" : "Failed", Text.number(tally.failed()));
    figure("Time", Text.seconds(report.duration()));
    figure("Records a second", Text.number(perSecond()));
    page.close().close();
  }

  private long perSecond() {
    long records = report.tally().accounted() - report.resumed();
    return Math.round(records * 1000.0 / Math.max(1, report.duration().toMillis()));
  }

  private void figure(String name, String value) {
    page.open("div").element("dt", name).element("dd", value).close();
  }

  private String mood() {
    return switch (report.outcome()) {
      case COMPLETED -> "good";
      case COMPLETED_WITH_FAILURES, STOPPED -> "dubious";
      case FAILED, INCONSISTENT -> "bad";
    };
  }

  private String outcome() {
    return switch (report.outcome()) {
      case COMPLETED ->
          report.dryRun()
              ? "✓ Dry run: nothing was written."
              : "✓ Completed: every selected record is in the target, or was skipped as asked.";
      case COMPLETED_WITH_FAILURES ->
          report.dryRun()
              ? "⚠ Dry run: nothing was written. Some records would fail."
              : "⚠ Completed, but some records failed.";
      case STOPPED -> "⚠ Stopped before its end.";
      case FAILED -> "✗ Failed.";
      case INCONSISTENT -> "✗ The numbers do not add up.";
    };
  }

  private void sides() {
    page.open("section").element("h2", report.dryRun() ? "What would move" : "What moved");
    page.open("div", "class", "wide").open("table").element("caption", "From and to");
    header("", "Storage", "Workspace", "Place");
    page.open("tbody");
    side("Source", report.source());
    side("Target", report.target());
    page.close().close().close();
    page.open("p");
    page.text(
        "From "
            + TIME.format(run.ended().minus(report.duration()))
            + " to "
            + TIME.format(run.ended())
            + ".");
    if (report.resumed() > 0) {
      page.text(
          " " + Text.records(report.resumed()) + " of it were dealt with by earlier runs of it.");
    }
    page.close().close();
  }

  private void side(String label, Side side) {
    page.open("tr").element("th", label, "scope", "row").element("td", name(side));
    if (side.location().isEmpty()) {
      page.element("td", "").element("td", "(not opened)");
    } else {
      page.open("td").element("code", Text.workspace(side.workspace())).close();
      Tables.code(page, side.location());
    }
    page.close();
  }

  private static String name(Side side) {
    return side.storage().isEmpty() ? "(not chosen)" : side.storage();
  }

  private static String place(Side side) {
    return name(side) + (side.workspace().isEmpty() ? "" : " (" + side.workspace() + ")");
  }

  private void options() {
    page.open("section").element("h2", "Options");
    page.open("div", "class", "wide").open("table").element("caption", "What was asked for");
    header("Option", "Value");
    page.open("tbody");
    run.options()
        .forEach(
            (name, value) -> {
              page.open("tr").element("th", name, "scope", "row").open("td");
              page.element("code", value).close().close();
            });
    page.close().close().close().close();
  }

  private void settings(String title, List<AdapterSettings.Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    page.open("section").element("h2", title);
    page.open("div", "class", "wide").open("table");
    page.element("caption", "Each setting that is read; secrets are masked");
    header("Setting", "Value", "Where it is from");
    page.open("tbody");
    for (AdapterSettings.Entry entry : entries) {
      page.open("tr").open("th", "scope", "row").element("code", entry.setting().name()).close();
      page.open("td").element("code", ShownValue.of(entry).orElse("")).close();
      page.element("td", entry.origin()).close();
    }
    page.close().close().close().close();
  }

  private void header(String... names) {
    Tables.header(page, names);
  }
}
