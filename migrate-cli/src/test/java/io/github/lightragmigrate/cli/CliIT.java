package io.github.lightragmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.EmbeddedRedis;
import io.github.lightragmigrate.testservers.MongoTestServer;
import io.github.lightragmigrate.testservers.OpenSearchTestServer;
import io.github.lightragmigrate.testservers.Ports;
import io.github.lightragmigrate.testservers.PostgresTestServer;
import io.github.lightragmigrate.testservers.RedisTestServer;
import io.github.lightragmigrate.testservers.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar as its user runs it. */
class CliIT {

  private static final String SECRET = "s3cr3t-pass";

  @TempDir Path directory;
  @TempDir Path streams;

  private ToolProcess tool() {
    return new ToolProcess(directory, streams).set("SOURCE_WORKSPACE", "a");
  }

  private void fillSource() {
    Session.hold(directory, "a", SampleRecords.usual(2500));
  }

  /** One message, no stack trace, no secret, nothing on stdout that looks like a result. */
  private static void assertFailed(ToolProcess tool, int exitCode, int expected, String... words) {
    assertThat(exitCode).as(tool.err()).isEqualTo(expected);
    assertThat(tool.err()).contains(words).contains("Error: ");
    assertThat(tool.out() + tool.err())
        .doesNotContain("\tat ", "Exception:", "Exception in", SECRET, "Final Report");
  }

  @Test
  void helpAndVersion() {
    ToolProcess help = tool();
    assertThat(help.run("--help")).isZero();
    assertThat(help.out())
        .contains(
            "Usage:\n  migrate ",
            "--on-conflict",
            "--resume",
            "count ",
            "doctor ",
            "adapters ",
            "Exit codes:");

    ToolProcess version = tool();
    assertThat(version.run("--version")).isZero();
    assertThat(version.out()).matches("lightrag-migrate [0-9]+\\.[0-9].*\\n");

    ToolProcess count = tool();
    assertThat(count.run("count", "--help")).isZero();
    assertThat(count.out()).contains("--store", "--source-workspace", "--json");
  }

  @Test
  void findsTheFiveStores() {
    ToolProcess tool = tool();
    assertThat(tool.run("adapters")).isZero();
    assertThat(tool.err()).isEmpty();
    assertThat(tool.out().lines().filter(line -> line.matches("[a-z]+  [A-Za-z]+  \\(.*")))
        .extracting(line -> line.split(" ")[0])
        .containsExactly("json", "redis", "postgres", "mongo", "opensearch");
  }

  @Test
  void movesAJsonCacheToAnotherWorkspaceAndReports() throws IOException {
    fillSource();
    ToolProcess tool = tool();

    int exitCode =
        tool.run("--from", "json", "--to", "json", "--target-workspace", "b", "--report", "r.json");

    assertThat(exitCode).as(tool.err()).isZero();
    assertThat(tool.out())
        .contains(
            "Batch 3/3: ████████████████████ 2,500/2,500 (100.0%) - default:extract ✓\n",
            "✓ SUCCESS");
    assertThat(Session.count(directory, "b")).isEqualTo(2500);
    assertThat(Files.readString(directory.resolve("r.json")))
        .contains("\"written\" : 2500", "\"outcome\" : \"completed\"", "\"workspace\" : \"b\"");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("rag_storage", "r.json");
    }
  }

  @Test
  void asciiWhereTheLocaleIsNotUtf8() {
    fillSource();
    ToolProcess tool = tool().set("LANG", "C");
    tool.run("--from", "json", "--to", "json", "--target-workspace", "b");
    assertThat(tool.out()).contains("####", "OK SUCCESS").matches("[\\p{ASCII}]*");
  }

  @Test
  void dryRunWritesNothing() throws IOException {
    fillSource();
    try (RedisTestServer redis = RedisTestServer.start()) {
      ToolProcess toRedis = tool().set(redis.settings());
      assertThat(toRedis.run("--from", "json", "--to", "redis", "--dry-run")).isZero();
      assertThat(toRedis.out()).contains("  New in the target:       2,500\n");
      ToolProcess count = tool().set(redis.settings());
      count.run("count", "--store", "redis", "--workspace", "");
      assertThat(count.out()).contains("- Total: 0 records");
    }
    ToolProcess toJson = tool();
    assertThat(toJson.run("--from", "json", "--to", "json", "--target-workspace", "b", "--dry-run"))
        .isZero();
    try (Stream<Path> files = Files.list(directory.resolve("rag_storage"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void wizardMovesAJsonCacheToRedis() {
    fillSource();
    try (RedisTestServer redis = RedisTestServer.start()) {
      ToolProcess tool = tool().set(redis.settings()).type("1\n1\ny\n");

      assertThat(tool.run()).as(tool.err()).isZero();
      assertThat(tool.err()).isEmpty();
      assertThat(tool.out())
          .contains(
              "Available Storage Types for Target (source: JsonKVStorage excluded):\n"
                  + "[1] RedisKVStorage\n[2] PGKVStorage\n[3] MongoKVStorage\n"
                  + "[4] OpenSearchKVStorage\n",
              "- Configuration Source: environment variable\n",
              "Scanning Redis keys... found 0 records\n",
              "Source: JsonKVStorage (workspace: a) - 2,500 records\n",
              "✓ SUCCESS");
      ToolProcess count = tool().set(redis.settings());
      count.run("count", "--store", "redis", "--workspace", "", "--json");
      assertThat(count.out()).contains("\"total\" : 2500");
    }
  }

  /** Drivers, their services and their loaders survive the packing into one jar. */
  @Test
  void movesACacheThroughEveryStore() {
    fillSource();
    Map<String, TestServer> servers = new LinkedHashMap<>();
    servers.put("redis", RedisTestServer.shared());
    servers.put("postgres", PostgresTestServer.shared());
    servers.put("mongo", MongoTestServer.shared());
    servers.put("opensearch", OpenSearchTestServer.sharedV2());
    String workspace = "cli_" + UUID.randomUUID().toString().replace("-", "");
    Map<String, String> settings = new HashMap<>();
    servers.values().forEach(server -> settings.putAll(server.settings()));

    String from = "json";
    for (String to : List.of("redis", "postgres", "mongo", "opensearch", "json")) {
      ToolProcess tool = new ToolProcess(directory, streams).set(settings);
      int exitCode =
          tool.run(
              "--from",
              from,
              "--to",
              to,
              "--source-workspace",
              from.equals("json") ? "a" : workspace,
              "--target-workspace",
              workspace);
      assertThat(exitCode).as(from + " to " + to + ": " + tool.out() + tool.err()).isZero();
      assertThat(tool.out()).contains("2,500/2,500 (100.0%)", "✓ SUCCESS");
      from = to;
    }
    assertThat(Session.count(directory, workspace)).isEqualTo(2500);
  }

  @Test
  void wizardLeavesAtTheEndOfInput() {
    fillSource();
    for (String typed : new String[] {"", "1\n", "1\n1\n"}) {
      try (RedisTestServer redis = RedisTestServer.start()) {
        ToolProcess tool = tool().set(redis.settings()).type(typed);
        assertThat(tool.run()).isZero();
        assertThat(tool.out()).contains("cancelled");
        assertThat(tool.err()).isEmpty();
      }
    }
  }

  @Test
  void wrongPassword() {
    fillSource();
    PostgresTestServer postgres = PostgresTestServer.shared();
    ToolProcess toPostgres = tool().set(postgres.settings()).set("POSTGRES_PASSWORD", SECRET);
    assertFailed(
        toPostgres, toPostgres.run("--from", "json", "--to", "postgres"), 1, "PGKVStorage");

    try (EmbeddedRedis redis = EmbeddedRedis.options().password("other").start()) {
      ToolProcess toRedis = tool().set("REDIS_URI", redis.uri().replace("other", SECRET));
      assertFailed(toRedis, toRedis.run("--from", "json", "--to", "redis"), 1, "RedisKVStorage");

      ToolProcess verbose = tool().set("REDIS_URI", redis.uri().replace("other", SECRET));
      assertThat(verbose.run("--from", "json", "--to", "redis", "--verbose")).isEqualTo(1);
      assertThat(verbose.err()).contains("\tat ").doesNotContain(SECRET);

      ToolProcess wizard =
          tool().set("REDIS_URI", redis.uri().replace("other", SECRET)).type("1\n1\n");
      assertThat(wizard.run()).isEqualTo(1);
      assertThat(wizard.out())
          .contains("✗ Initialization failed: ", "✗ Target storage setup failed")
          .doesNotContain(SECRET, "\tat ");
    }
  }

  @Test
  void closedPort() {
    fillSource();
    int port = Ports.closed();
    Map<String, Map<String, String>> stores =
        Map.of(
            "redis", Map.of("REDIS_URI", "redis://:" + SECRET + "@127.0.0.1:" + port),
            "postgres",
                Map.of(
                    "POSTGRES_HOST",
                    "127.0.0.1",
                    "POSTGRES_PORT",
                    String.valueOf(port),
                    "POSTGRES_PASSWORD",
                    SECRET),
            "mongo",
                Map.of(
                    "MONGO_URI",
                    "mongodb://u:"
                        + SECRET
                        + "@127.0.0.1:"
                        + port
                        + "/?serverSelectionTimeoutMS=500"),
            "opensearch",
                Map.of("OPENSEARCH_HOSTS", "127.0.0.1:" + port, "OPENSEARCH_PASSWORD", SECRET));
    stores.forEach(
        (store, settings) -> {
          ToolProcess tool = tool().set(settings);
          assertFailed(
              tool, tool.run("--from", "json", "--to", store), 1, "127.0.0.1:" + port, "Target ");
        });
  }

  @Test
  void unknownStore() {
    ToolProcess tool = tool();
    assertFailed(
        tool,
        tool.run("--from", "json", "--to", "cassandra"),
        2,
        "no store 'cassandra'",
        "redis (RedisKVStorage)");
  }

  @Test
  void missingAndMalformedSettingsOfBothSides() {
    ToolProcess tool = tool().set("TARGET_REDIS_MAX_CONNECTIONS", "many");
    assertFailed(
        tool,
        tool.run("--from", "postgres", "--to", "redis"),
        2,
        "Source PGKVStorage: POSTGRES_PASSWORD (or password in [postgres] of config.ini) is not set",
        "Target RedisKVStorage: REDIS_MAX_CONNECTIONS is not an integer");
  }

  @Test
  void brokenJsonIsToldWithItsPosition() throws IOException {
    Path file = directory.resolve("rag_storage/a/kv_store_llm_response_cache.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"default:extract:1\": {\"return\": \"x\"},\n oops");
    ToolProcess tool = tool();
    assertFailed(
        tool,
        tool.run("--from", "json", "--to", "json", "--target-workspace", "b"),
        1,
        "kv_store_llm_response_cache.json",
        "line 2");
    assertThat(directory.resolve("rag_storage/b/kv_store_llm_response_cache.json")).doesNotExist();
  }

  @Test
  void unreadableFile() throws IOException {
    Path file = directory.resolve("rag_storage/a/kv_store_llm_response_cache.json");
    Files.createDirectories(file);
    ToolProcess tool = tool();
    assertFailed(
        tool,
        tool.run("--from", "json", "--to", "json", "--target-workspace", "b"),
        1,
        "kv_store_llm_response_cache.json");
  }

  @Test
  void fileWithoutReadPermission() throws IOException {
    fillSource();
    Path file = directory.resolve("rag_storage/a/kv_store_llm_response_cache.json");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "root may read every file");
    ToolProcess tool = tool();
    assertFailed(
        tool,
        tool.run("--from", "json", "--to", "json", "--target-workspace", "b"),
        1,
        "cache.json");
  }

  @Test
  void badOptions() {
    ToolProcess tool = tool();
    assertFailed(
        tool,
        tool.run("--from", "json", "--batch-size", "many", "--types", "nope", "--nonsense"),
        2,
        "--batch-size': 'many'",
        "'nope' is no cache type",
        "--nonsense");
    ToolProcess dryRun = tool();
    assertFailed(
        dryRun,
        dryRun.run("--from", "json", "--to", "redis", "--dry-run", "--resume"),
        2,
        "--resume and --dry-run");
  }

  @Test
  void aKilledRunIsGoneOnWith() throws IOException {
    fillSource();
    try (RedisTestServer redis = RedisTestServer.start()) {
      ToolProcess tool = tool().set(redis.settings());
      Process process =
          tool.start(
              "--from", "json", "--to", "redis", "--batch-size", "1", "--checkpoint-interval", "0");
      tool.awaitOut("Batch 20/");
      process.destroyForcibly();
      assertThat(tool.end(process)).isEqualTo(137);

      ToolProcess other = tool().set(redis.settings());
      assertFailed(
          other,
          other.run(
              "--from",
              "json",
              "--to",
              "redis",
              "--types",
              "extract",
              "--resume",
              "--checkpoint",
              checkpoint().toString()),
          2,
          "another migration",
          "cache types");

      ToolProcess otherLog = tool().set(redis.settings());
      assertFailed(
          otherLog,
          otherLog.run("--from", "json", "--to", "redis", "--resume", "--failures", "new.ndjson"),
          2,
          "leave --failures out",
          ".lightrag-migrate");

      Path precious = Files.writeString(directory.resolve("precious.txt"), "precious");
      Path copy = directory.resolve("copy.json");
      Files.writeString(
          copy,
          Files.readString(checkpoint())
              .replaceFirst("\"log\": \"[^\"]*\"", "\"log\": \"" + precious + "\""));
      ToolProcess edited = tool().set(redis.settings());
      assertFailed(
          edited,
          edited.run("--from", "json", "--to", "redis", "--resume", "--checkpoint", "copy.json"),
          2,
          "precious.txt",
          "no failure log");
      assertThat(precious).hasContent("precious");

      ToolProcess resumed = tool().set(redis.settings());
      assertThat(resumed.run("--from", "json", "--to", "redis", "--resume", "--report", "r.json"))
          .as(resumed.err())
          .isZero();
      assertThat(resumed.out()).contains("Done by earlier runs", "Successfully migrated:   2,500");
      assertThat(Files.readString(directory.resolve("r.json")))
          .contains("\"written\" : 2500", "\"failed\" : 0")
          .doesNotContain("\"resumed\" : 0");
      ToolProcess count = tool().set(redis.settings());
      count.run("count", "--store", "redis", "--workspace", "", "--json");
      assertThat(count.out()).contains("\"total\" : 2500");
      assertThat(directory.resolve(".lightrag-migrate")).isEmptyDirectory();
    }
  }

  private Path checkpoint() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(".lightrag-migrate"))) {
      return files.filter(file -> file.toString().endsWith(".json")).findFirst().orElseThrow();
    }
  }

  @Test
  void sigtermEndsTheRunWithItsReport() throws IOException {
    Path jars = Files.createDirectory(directory.resolve("jars"));
    AdapterJar.endless(jars.resolve("endless.jar"), "Endless", "endless", "");
    ToolProcess tool = tool();
    Process process =
        tool.start(
            "--from", "endless", "--to", "json", "--adapter-path", "jars", "--batch-size", "10");
    tool.awaitOut("Batch 3/");

    process.destroy();

    assertThat(tool.end(process)).as(tool.err()).isEqualTo(5);
    assertThat(tool.err()).contains("Stopping");
    assertThat(tool.out())
        .contains("✓ Data persisted successfully", "Migration Stopped - Final Report", "✗ STOPPED")
        .contains("run the same command with --resume")
        .doesNotContain("SUCCESS");
    assertThat(checkpoint()).isRegularFile();
  }

  @Test
  void brokenAndDuplicateAdapters() throws IOException {
    fillSource();
    Path jars = Files.createDirectory(directory.resolve("jars"));
    Path jar =
        AdapterJar.endless(
            jars.resolve("bad.jar"), "Bad", "bad", "public Bad() { throw new Error(\"no\"); }");
    ToolProcess warned = tool();
    assertThat(warned.run("count", "--store", "json", "--adapter-path", "jars")).isZero();
    assertThat(warned.err()).contains("Warning: adapter Bad in ", jar.getFileName().toString());
    assertThat(warned.out()).contains("2,500");

    AdapterJar.endless(jars.resolve("mine.jar"), "Mine", "json", "");
    ToolProcess duplicate = tool();
    assertThat(duplicate.run("count", "--store", "json", "--adapter-path", "jars")).isZero();
    assertThat(duplicate.err()).contains("'json'", "mine.jar", "migrate-cli.jar");
    assertThat(duplicate.out()).contains("2,500");

    ToolProcess nowhere = tool();
    assertFailed(nowhere, nowhere.run("adapters", "--adapter-path", "none"), 2, "none");
  }
}
