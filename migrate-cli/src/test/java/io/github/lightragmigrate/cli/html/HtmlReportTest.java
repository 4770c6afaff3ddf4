package io.github.lightragmigrate.cli.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.RemoteAdapter;
import io.github.lightragmigrate.cli.Session;
import io.github.lightragmigrate.json.JsonStorageAdapter;
import io.github.lightragmigrate.progress.BatchProgress;
import io.github.lightragmigrate.progress.WriteEvent;
import io.github.lightragmigrate.report.Accounts;
import io.github.lightragmigrate.report.ErrorGroup;
import io.github.lightragmigrate.report.Finding;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.report.RunDetails;
import io.github.lightragmigrate.report.Side;
import io.github.lightragmigrate.report.Tally;
import io.github.lightragmigrate.report.Verdict;
import io.github.lightragmigrate.report.VerificationReport;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

class HtmlReportTest {

  private static final String EVIL =
      "default:extract:<script>alert('x')</script>\"&\u0001\u001b\ud83d\ufffe</code>";
  private static final String EVIL_SHOWN =
      "default:extract:<script>alert('x')</script>\"&????</code>";

  @TempDir Path directory;

  private static MigrationReport report(Outcome outcome, Optional<String> fault) {
    Map<String, Tally> byType = new LinkedHashMap<>();
    byType.put("extract", new Tally(1200, 1100, 0, 90, 10, 3, 0, 2, 0));
    byType.put("summary", new Tally(7, 7, 0, 0, 0, 0, 0, 0, 0));
    return new MigrationReport(
        new Side("JsonKVStorage", EVIL, "/a & b.json"),
        new Side("RedisKVStorage", "", "redis localhost:6379/0"),
        1210,
        new Accounts(
            byType,
            0,
            List.of(
                new ErrorGroup("rejected", 10, List.of(new ErrorGroup.Example(EVIL, "a < b"))),
                new ErrorGroup("unreadable", 3, List.of())),
            Map.of("mode", 2L),
            List.of("default:extract:cleaned")),
        0,
        new MigrationReport.Batches(2, 1, 1),
        Duration.ofMillis(1500),
        false,
        outcome,
        fault,
        List.of("a <b>note</b>"),
        Optional.of(Path.of("failures.ndjson")),
        Optional.empty());
  }

  private static VerificationReport verification() {
    return new VerificationReport(
        new Side("JsonKVStorage", "", ""),
        new Side("RedisKVStorage", "", ""),
        1210,
        Map.of(Verdict.SAME, 1209L, Verdict.DIFFERENT, 1L),
        Map.of(),
        List.of(new Finding(EVIL, Verdict.DIFFERENT, List.of(), List.of(), List.of("<i>"), "")),
        Duration.ZERO,
        VerificationReport.Outcome.DIFFERENT,
        Optional.empty(),
        List.of());
  }

  private static Document page(MigrationReport report, Optional<VerificationReport> verification)
      throws Exception {
    return page(report, verification, Optional.empty());
  }

  private static Document page(
      MigrationReport report,
      Optional<VerificationReport> verification,
      Optional<Timeline> timeline)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new HtmlReport(
            new Run(
                report,
                verification,
                timeline,
                new RunDetails(Instant.EPOCH, "1", Map.of("batchSize", JsonValue.of(1000))),
                List.of(),
                List.of()))
        .write(out);
    return parsed(out.toString(StandardCharsets.UTF_8));
  }

  private static Document parsed(String page) throws Exception {
    assertThat(page).startsWith(HtmlReport.BEGINNING);
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> elements(Node in, String name) {
    NodeList found =
        in instanceof Document document
            ? document.getElementsByTagName(name)
            : ((Element) in).getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  /** Texts of the cells of each row of the table under a heading. */
  private static List<List<String>> rows(Document page, String heading) {
    Element section =
        elements(page, "section").stream()
            .filter(one -> elements(one, "h2").get(0).getTextContent().equals(heading))
            .findFirst()
            .orElseThrow();
    List<List<String>> rows = new ArrayList<>();
    for (Element row : elements(section, "tr")) {
      List<String> cells = new ArrayList<>();
      for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNextSibling()) {
        cells.add(cell.getTextContent());
      }
      rows.add(cells);
    }
    return rows;
  }

  private static void assertSelfContained(Document page) {
    for (Element element : elements(page, "*")) {
      assertThat(element.getTagName())
          .isNotIn("script", "link", "img", "iframe", "object", "a", "form");
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        String name = ((Attr) element.getAttributes().item(i)).getName();
        assertThat(name).isNotIn("src", "href", "xlink:href", "style").doesNotStartWith("on");
      }
    }
    assertThat(elements(page, "style"))
        .singleElement()
        .satisfies(
            style ->
                assertThat(style.getTextContent())
                    .contains("prefers-color-scheme: dark", "@media print")
                    .doesNotContain("url(", "@import"));
  }

  @Test
  void numbersAreTheReports() throws Exception {
    Document page =
        page(report(Outcome.COMPLETED_WITH_FAILURES, Optional.empty()), Optional.empty());

    assertThat(rows(page, "By cache type"))
        .containsExactly(
            List.of("Type", "Read", "Written", "Skipped", "Failed", "Unreadable", "Cleaned"),
            List.of("extract", "1,200", "1,100", "90", "10", "3", "2"),
            List.of("summary", "7", "7", "0", "0", "0", "0"),
            List.of("All", "1,207", "1,107", "90", "10", "3", "2"));
    assertThat(elements(page, "dd"))
        .extracting(Element::getTextContent)
        .containsExactly("1,210", "1,107", "10", "1.5s", "807");
  }

  @Test
  void isWellFormedSelfContainedAndEscaped() throws Exception {
    Document page =
        page(report(Outcome.FAILED, Optional.of("<b>disk</b> full")), Optional.of(verification()));

    assertSelfContained(page);
    assertThat(rows(page, "Errors"))
        .contains(
            List.of("rejected", "10", EVIL_SHOWN, "a < b"), List.of("unreadable", "3", "", ""));
    assertThat(rows(page, "Verification"))
        .contains(
            List.of("The same in target", "1,209"),
            List.of("Different in target", "1"),
            List.of(EVIL_SHOWN, "Different in target", "changed <i>"));
    assertThat(page.getDocumentElement().getTextContent())
        .contains("✗ Failed. <b>disk</b> full", "a <b>note</b>", "/a & b.json", "failures.ndjson");
    assertThat(elements(page, "b")).isEmpty();
  }

  @Test
  void canBeReadWithoutSeeing() throws Exception {
    Document page = page(report(Outcome.COMPLETED, Optional.empty()), Optional.of(verification()));

    assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
    assertThat(elements(page, "title").get(0).getTextContent()).startsWith("Migration ");
    assertThat(elements(page, "h1")).hasSize(1);
    assertThat(elements(page, "table"))
        .allSatisfy(table -> assertThat(elements(table, "caption")).hasSize(1));
    assertThat(elements(page, "th"))
        .allSatisfy(heading -> assertThat(heading.getAttribute("scope")).isNotEmpty());
    assertThat(elements(page, "svg"))
        .allSatisfy(chart -> assertThat(chart.getAttribute("aria-label")).isNotEmpty());
  }

  @Test
  void aRunIsToldWithItsCourseAndSettings() throws Exception {
    CacheRecord poison =
        CacheRecord.of(
            "default:extract:poison<script>", SampleRecords.usual("extract", "p").fields());
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(100));
    records.add(poison);
    Session.hold(directory, "a", records);
    Path file = directory.resolve("r.HTML");

    Session session =
        new Session(directory, new JsonStorageAdapter(), new RemoteAdapter())
            .set("SOURCE_WORKSPACE", "a")
            .set("REMOTE_NAME", "n")
            .set("REMOTE_URI", "remote://u:right@host")
            .run("--from", "json", "--to", "remote", "--verify", "--report", file.toString());

    assertThat(session.exitCode()).as(session.err()).isEqualTo(3);
    String text = Files.readString(file);
    Document page = parsed(text);
    assertSelfContained(page);
    assertThat(text).doesNotContain("right@");
    assertThat(rows(page, "By cache type")).contains(List.of("extract", "26", "25", "0", "1"));
    assertThat(rows(page, "Errors").get(1)).contains("default:extract:poison<script>");
    assertThat(rows(page, "Verification")).contains(List.of("In the failure log", "1"));
    assertThat(rows(page, "Options")).contains(List.of("--verify", "yes"));
    assertThat(rows(page, "Settings of the target"))
        .contains(List.of("REMOTE_URI", "remote://u:***@host", "environment"));
    assertThat(rows(page, "Course of the run").get(1).get(0)).isEqualTo("1");
  }

  @Test
  void chartsAreDrawnOfARunThatIsLongEnough() throws Exception {
    for (long millis : List.of(850L, 1050L)) {
      AtomicLong now = new AtomicLong();
      Timeline timeline = new Timeline(now::get);
      now.set(Duration.ofMillis(millis).toNanos());
      timeline.written(new WriteEvent(10, 100, Duration.ofMillis(20)));
      timeline.batchDone(
          new BatchProgress(1, 1, 10, 10, "g", 10, 0, Optional.empty(), Accounts.NONE));
      Document page =
          page(
              report(Outcome.COMPLETED, Optional.empty()), Optional.empty(), Optional.of(timeline));

      assertThat(elements(page, "svg")).hasSize(millis < 1000 ? 0 : 2);
      assertThat(rows(page, "Course of the run").get(1))
          .containsExactly("1", "20 ms", "20 ms", "20 ms", "20 ms");
    }
  }

  /** On a narrow screen the column's name stands in the cell. */
  @Test
  void everyCellKnowsItsColumn() throws Exception {
    Document page = page(report(Outcome.COMPLETED, Optional.empty()), Optional.of(verification()));

    assertThat(elements(page, "tbody"))
        .flatExtracting(body -> elements(body, "td"))
        .filteredOn(cell -> !cell.getTextContent().isEmpty())
        .isNotEmpty()
        .allSatisfy(cell -> assertThat(cell.getAttribute("data-label")).isNotEmpty());
    assertThat(elements(page, "style").get(0).getTextContent()).contains("attr(data-label)");
  }
}
