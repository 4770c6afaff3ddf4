package io.github.lightragmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.report.FailedRecord;
import io.github.lightragmigrate.report.FailureLog;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.PostgresTestServer;
import io.github.lightragmigrate.testservers.RedisTestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failure log of the built jar's own making, and one that it is killed over. */
class RetryIT {

  @TempDir Path directory;
  @TempDir Path streams;

  private ToolProcess tool() {
    return new ToolProcess(directory, streams).set("SOURCE_WORKSPACE", "a");
  }

  @Test
  void whatOneStoreCannotHoldAnotherCan() throws IOException {
    Path cache = directory.resolve("rag_storage/a/kv_store_llm_response_cache.json");
    Files.createDirectories(cache.getParent());
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < 3; i++) {
      json.append(i == 0 ? "" : ",")
          .append("\"default:extract:%032x\": {\"return\": \"lone \\ud800 %d\"}".formatted(i, i));
    }
    Files.writeString(cache, json.append("}"));
    ToolProcess migration = tool();
    int refused =
        migration.run(
            "--from", "json", "--to", "json", "--target-workspace", "b", "--failures", "f.ndjson");
    assertThat(refused).as(migration.out() + migration.err()).isEqualTo(3);
    Path log = directory.resolve("f.ndjson");
    assertThat(Files.readAllLines(log)).hasSize(3);

    try (RedisTestServer redis = RedisTestServer.start()) {
      ToolProcess before = tool().set(redis.settings());
      assertThat(before.run("verify", "--from", "json", "--to", "redis")).isEqualTo(4);
      assertThat(before.out()).contains("  Missing in target:       3\n");

      ToolProcess retry = tool().set(redis.settings());
      int exitCode = retry.run("retry", "--failures", "f.ndjson", "--to", "redis");
      assertThat(exitCode).as(retry.out() + retry.err()).isZero();
      assertThat(retry.out()).contains("Nothing remains; removed: f.ndjson", "✓ SUCCESS");
      assertThat(log).doesNotExist();

      ToolProcess after = tool().set(redis.settings());
      assertThat(after.run("verify", "--from", "json", "--to", "redis")).as(after.out()).isZero();
      assertThat(after.out()).contains("✓ VERIFIED: all 3 records are the same");
    }
  }

  /** What PostgreSQL cannot hold and was cleaned for it is in Redis as it was. */
  @Test
  void whatWasCleanedForOneStoreIsWrittenAsItWasToAnother() {
    CacheRecord odd =
        SampleRecords.with(
            SampleRecords.usual("extract", "odd"), "return", JsonValue.of("a\u0000b"));
    Session.hold(directory, "a", List.of(odd));
    try (PostgresTestServer postgres = PostgresTestServer.start();
        RedisTestServer redis = RedisTestServer.start()) {
      ToolProcess migration = tool().set(postgres.settings());
      assertThat(
              migration.run(
                  "--from", "json", "--to", "postgres", "--sanitize", "--failures", "f.ndjson"))
          .as(migration.err())
          .isZero();
      ToolProcess same = tool().set(postgres.settings());
      assertThat(same.run("retry", "--failures", "f.ndjson", "--to", "postgres")).isZero();
      assertThat(same.out()).contains("  Cleaned before, kept:      1\n");

      ToolProcess other = tool().set(redis.settings());
      assertThat(other.run("retry", "--failures", "f.ndjson", "--to", "redis"))
          .as(other.out() + other.err())
          .isZero();
      assertThat(other.out()).contains("Nothing remains; removed: f.ndjson");

      ToolProcess verify = tool().set(redis.settings());
      assertThat(verify.run("verify", "--from", "json", "--to", "redis")).as(verify.out()).isZero();
    }
  }

  @Test
  void afterAKillTheLogIsWholeAndCanBeReplayedAgain() throws IOException {
    Path log = directory.resolve("f.ndjson");
    try (FailureLog failures = new FailureLog(log)) {
      failures.append(
          SampleRecords.usual(2500).stream()
              .map(r -> FailedRecord.of(r, FailedRecord.Type.GAVE_UP, "away", 5))
              .toList());
    }
    byte[] before = Files.readAllBytes(log);
    try (RedisTestServer redis = RedisTestServer.start()) {
      ToolProcess killed = tool().set(redis.settings());
      Process process =
          killed.start("retry", "--failures", "f.ndjson", "--to", "redis", "--batch-size", "5");
      killed.awaitOut("Batch 3/");
      process.destroyForcibly();
      killed.end(process);
      assertThat(Files.readAllBytes(log)).isEqualTo(before);

      ToolProcess again = tool().set(redis.settings());
      assertThat(again.run("retry", "--failures", "f.ndjson", "--to", "redis")).isZero();
      assertThat(again.out()).contains("  Written:                   2,500\n");
      ToolProcess count = tool().set(redis.settings());
      count.run("count", "--store", "redis", "--workspace", "", "--json");
      assertThat(count.out()).contains("\"total\" : 2500");
    }
    assertThat(directory).isEmptyDirectory();
  }
}
