package io.github.lightragmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportJsonTest {

  @Test
  void writesTheDocumentedShape() throws Exception {
    MigrationReport report =
        new MigrationReport(
            new Side("JsonKVStorage", "space1", "/a.json"),
            new Side("RedisKVStorage", "", "redis localhost:6379/0"),
            5,
            new Accounts(
                Map.of("extract", new Tally(5, 2, 0, 1, 1, 1, 0, 1, 1)),
                0,
                List.of(
                    new ErrorGroup(
                        "rejected", 1, List.of(new ErrorGroup.Example("k\ud83d", "too long")))),
                Map.of("mode", 2L),
                List.of()),
            1,
            new MigrationReport.Batches(1, 0, 1),
            Duration.ofMillis(1500),
            false,
            Outcome.COMPLETED_WITH_FAILURES,
            Optional.empty(),
            List.of("a note"),
            Optional.of(Path.of("failures.ndjson")),
            Optional.of(Path.of("checkpoint.json")));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReportJson.write(report, out);
    assertThat(JsonValue.ofJson(out.toByteArray()))
        .isEqualTo(
            JsonValue.ofJson(
                """
                {"source": {"storage": "JsonKVStorage", "workspace": "space1", "location": "/a.json"},
                 "target": {"storage": "RedisKVStorage", "workspace": "",
                            "location": "redis localhost:6379/0"},
                 "dryRun": false,
                 "counts": {"source": 5, "read": 5, "written": 2, "skipped": 1, "failed": 1,
                            "unreadable": 1, "vanished": 0, "sanitized": 1, "unconfirmed": 1},
                 "byType": {"extract": {"read": 5, "written": 2, "skipped": 1, "failed": 1,
                            "unreadable": 1, "vanished": 0, "sanitized": 1, "unconfirmed": 1}},
                 "batches": {"total": 1, "succeeded": 0, "failed": 1},
                 "resumed": 1, "changedFields": {"mode": 2},
                 "seconds": 1.5,
                 "errors": [{"type": "rejected", "count": 1,
                             "examples": [{"key": "k\\ud83d", "message": "too long"}]}],
                 "outcome": "completed_with_failures",
                 "notes": ["a note"],
                 "failureLog": "failures.ndjson", "checkpoint": "checkpoint.json"}
                """));
  }

  @Test
  void whatIsNotKnownIsLeftOut() throws Exception {
    MigrationReport report =
        MigrationReport.notBegun(
            new Side("JsonKVStorage", "", "/a.json"),
            new Side("RedisKVStorage", "", ""),
            false,
            "away");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReportJson.write(
        report,
        Optional.empty(),
        Optional.of(
            new RunDetails(
                Instant.parse("2026-11-25T18:48:42Z"), "1", Map.of("dryRun", JsonValue.FALSE))),
        out);
    assertThat(JsonValue.ofJson(out.toByteArray()))
        .isEqualTo(
            JsonValue.ofJson(
                """
                {"source": {"storage": "JsonKVStorage", "workspace": "", "location": "/a.json"},
                 "target": {"storage": "RedisKVStorage"},
                 "started": "2026-11-25T18:48:42Z", "version": "1", "options": {"dryRun": false},
                 "dryRun": false, "errors": [], "outcome": "failed", "fault": "away", "notes": []}
                """));
  }
}
