package io.github.lightragmigrate.cli.html;

import io.github.lightragmigrate.cli.config.AdapterSettings;
import io.github.lightragmigrate.cli.config.ShownValue;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Side;
import io.github.lightragmigrate.report.Tally;
import io.github.lightragmigrate.spi.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

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
    run.verification().ifPresent(found -> new VerificationSection(found, report).write(page));
    options();
    settings("Settings of the source", run.sourceSettings());
    settings("Settings of the target", run.targetSettings());
    page.open("footer").element("p", "lightrag-migrate " + run.details().version()).close();
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
    if (report.isBegun()) {
      figures();
    }
    page.close();
  }

  private void figures() {
    page.open("dl", "class", "figures");
    Tally tally = report.tally();
    figure("Records in the source", Text.number(report.sourceCount()));
    figure(report.dryRun() ? "Would be written" : "Written", Text.number(tally.written()));
    figure(report.dryRun() ? "Would be rejected" : "Failed", Text.number(tally.failed()));
    figure("Time", Text.seconds(report.duration()));
    figure("Records a second", Text.number(perSecond()));
    page.close();
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
    String moved = report.isBegun() ? "What moved" : "What was to move";
    page.open("section").element("h2", report.dryRun() ? "What would move" : moved);
    page.open("div", "class", "wide").open("table").element("caption", "From and to");
    header("", "Storage", "Workspace", "Place");
    page.open("tbody");
    side("Source", report.source());
    side("Target", report.target());
    page.close().close().close();
    page.open("p");
    Instant started = run.details().started();
    page.text(
        report.isBegun()
            ? "From "
                + TIME.format(started)
                + " to "
                + TIME.format(started.plus(report.duration()))
                + "."
            : "Tried at " + TIME.format(started) + ".");
    if (report.resumed() > 0) {
      page.text(
          " " + Text.records(report.resumed()) + " of it were dealt with by earlier runs of it.");
    }
    page.close().close();
  }

  private void side(String label, Side side) {
    page.open("tr").element("th", label, "scope", "row");
    Tables.text(page, "Storage", name(side));
    if (side.isKnown()) {
      Tables.code(page, "Workspace", Text.workspace(side.workspace()));
      Tables.longCode(page, "Place", side.location());
    } else {
      Tables.text(page, "Workspace", "");
      Tables.text(page, "Place", "(not opened)");
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
    run.details()
        .options()
        .forEach(
            (name, value) -> {
              page.open("tr").open("th", "scope", "row").element("code", option(name)).close();
              Tables.code(page, "Value", shown(value));
              page.close();
            });
    page.close().close().close().close();
  }

  /** {@code --batch-size} for {@code batchSize}. */
  private static String option(String name) {
    return "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String shown(JsonValue value) {
    return switch (value.kind()) {
      case STRING -> value.string();
      case BOOLEAN -> value.bool() ? "yes" : "no";
      case ARRAY ->
          value.elements().stream().map(HtmlReport::shown).collect(Collectors.joining(", "));
      default -> value.toString();
    };
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
      Tables.code(page, "Value", ShownValue.of(entry).orElse(""));
      Tables.text(page, "Where it is from", entry.origin());
      page.close();
    }
    page.close().close().close().close();
  }

  private void header(String... names) {
    Tables.header(page, names);
  }
}
