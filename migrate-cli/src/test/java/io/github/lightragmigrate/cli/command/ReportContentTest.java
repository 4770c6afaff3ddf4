package io.github.lightragmigrate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.RemoteAdapter;
import io.github.lightragmigrate.cli.Session;
import io.github.lightragmigrate.json.JsonStorageAdapter;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --report} tells beside numbers, and what it leaves out. */
class ReportContentTest {

  private static final String REFUSED = "remote://u:s3cr3t@host";

  @TempDir Path directory;

  @BeforeEach
  void fillSource() {
    Session.hold(directory, "a", SampleRecords.usual(10));
  }

  private String report(String name, String uri, String... options) throws IOException {
    Path file = directory.resolve(name);
    String[] args = new String[6 + options.length];
    System.arraycopy(
        new String[] {"--from", "json", "--to", "remote", "--report", file.toString()},
        0,
        args,
        0,
        6);
    System.arraycopy(options, 0, args, 6, options.length);
    new Session(directory, new JsonStorageAdapter(), new RemoteAdapter())
        .set("SOURCE_WORKSPACE", "a")
        .set("REMOTE_NAME", "n")
        .set("REMOTE_URI", uri)
        .run(args);
    return Files.readString(file);
  }

  private static Map<String, JsonValue> fields(JsonValue object, String name) {
    return object.fields().get(name).fields();
  }

  @Test
  void tellsWhenByWhichVersionAndHowItWasCalled() throws IOException {
    Instant before = Instant.now();
    String text =
        report(
            "r.json",
            "remote://u:right@host",
            "--types",
            "extract,summary",
            "--writers",
            "2",
            "--give-up-after",
            "1.5",
            "--sanitize");
    JsonValue json = JsonValue.ofJson(text);

    assertThat(Instant.parse(json.fields().get("started").string()))
        .isBetween(before.minusMillis(1), Instant.now());
    assertThat(json.fields().get("version").string()).isEqualTo("test");
    assertThat(fields(json, "options"))
        .containsEntry("types", JsonValue.ofJson("[\"extract\", \"summary\"]"))
        .containsEntry("batchSize", JsonValue.of(1000))
        .containsEntry("onConflict", JsonValue.of("overwrite"))
        .containsEntry("sanitize", JsonValue.TRUE)
        .containsEntry("verify", JsonValue.FALSE)
        .containsEntry("writers", JsonValue.of(2))
        .containsEntry("giveUpAfter", JsonValue.ofJson("1.5"))
        .doesNotContainKeys("readers", "failures", "checkpoint");
    assertThat(text).doesNotContain("right@");
  }

  @Test
  void ofAStoreThatCouldNotBeOpenedNothingIsTold() throws IOException {
    JsonValue json = JsonValue.ofJson(report("r.json", REFUSED));

    assertThat(json.fields())
        .containsKeys("started", "version", "options", "dryRun", "fault", "outcome")
        .doesNotContainKeys("counts", "byType", "batches", "resumed", "changedFields", "seconds");
    assertThat(fields(json, "source")).containsKeys("workspace", "location");
    assertThat(fields(json, "target")).containsOnlyKeys("storage");

    assertThat(report("r.html", REFUSED))
        .contains("✗ Failed.", "(not opened)")
        .doesNotContain("<dd>", "Records a second", "0.0s");
  }

  @Test
  void thePageNamesOptionsAsTheCommandLineDoes() throws IOException {
    assertThat(report("r.html", "remote://u:right@host", "--batch-size", "7"))
        .contains(
            "<code>--batch-size</code></th><td data-label=\"Value\"><code>7</code>",
            "<code>--on-conflict</code>");
  }
}
