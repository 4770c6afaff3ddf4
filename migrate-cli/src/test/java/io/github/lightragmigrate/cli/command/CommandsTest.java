package io.github.lightragmigrate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.RemoteAdapter;
import io.github.lightragmigrate.cli.Session;
import io.github.lightragmigrate.json.JsonStorageAdapter;
import io.github.lightragmigrate.mongo.MongoAdapter;
import io.github.lightragmigrate.opensearch.OpenSearchAdapter;
import io.github.lightragmigrate.postgres.PostgresAdapter;
import io.github.lightragmigrate.redis.RedisAdapter;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

  @TempDir Path directory;
  private final RemoteAdapter remote = new RemoteAdapter();
  private final List<CacheRecord> records = SampleRecords.usual(100);
  private final List<String> keys = records.stream().map(CacheRecord::key).toList();

  @BeforeEach
  void fillSource() {
    Session.hold(directory, "a", records);
  }

  private Session session() {
    return new Session(directory, new JsonStorageAdapter(), remote)
        .set("SOURCE_WORKSPACE", "a")
        .set("REMOTE_NAME", "n");
  }

  @Test
  void defaultOfTypesIsTheEngines() {
    assertThat(TypesConverter.DEFAULT.split(","))
        .containsExactlyElementsOf(Selection.DEFAULT_TYPES);
  }

  @Test
  void migratesByClassNameInAnyCaseWithoutAsking() {
    Session session =
        session().run("--from", "jsonkvstorage", "--to", "REMOTE", "--types", "extract, summary");

    assertThat(session.exitCode()).isZero();
    assertThat(session.out())
        .contains("Batch 1/1: ", "    summary:               25 migrated\n", "✓ SUCCESS")
        .doesNotContain("analysis", "Continue?");
    assertThat(remote.find("", keys)).hasSize(50);
    assertThat(directory.resolve(".lightrag-migrate")).doesNotExist();
  }

  @Test
  void aLinkFromOneWorkspaceToAnotherIsTheSamePlace() throws IOException {
    Path workspaces = directory.resolve("rag_storage");
    Files.createSymbolicLink(workspaces.resolve("link"), workspaces.resolve("a"));

    Session session = session().run("--from", "json", "--to", "json", "--target-workspace", "link");

    assertThat(session.exitCode()).isEqualTo(2);
    assertThat(session.err()).contains("same place");
  }

  @Test
  void quietLeavesTheReport() {
    Session session = session().run("--from", "json", "--to", "remote", "--quiet");

    assertThat(session.out())
        .startsWith("\n" + "=".repeat(60) + "\nMigration Complete - Final Report\n");
  }

  @Test
  void asksOnATerminalOnly() {
    Session refused = session().onTerminal().type("n").run("--from", "json", "--to", "remote");

    assertThat(refused.exitCode()).isZero();
    assertThat(refused.out()).endsWith("Continue? (y/n): \n✗ Migration cancelled\n");
    assertThat(remote.find("", keys)).isEmpty();

    Session agreed = session().onTerminal().type("Y").run("--from", "json", "--to", "remote");
    assertThat(agreed.out()).contains("Continue? (y/n): \n===", "SUCCESS");

    Session unasked = session().onTerminal().run("--from", "json", "--to", "remote", "--yes");
    assertThat(unasked.out()).contains("SUCCESS").doesNotContain("Continue?");
  }

  @Test
  void dryRunTellsAndWritesNothing() throws IOException {
    CacheRecord poison =
        CacheRecord.of("default:extract:poison", SampleRecords.usual("extract", "p").fields());
    Session.hold(directory, "a", List.of(poison));
    CacheRecord held = SampleRecords.with(records.get(0), "return", JsonValue.of("target's"));
    remote.hold("", List.of(held));

    Session session = session().run("--from", "json", "--to", "remote", "--dry-run");

    assertThat(session.exitCode()).isEqualTo(3);
    assertThat(session.out())
        .contains(
            "  New in the target:       99\n",
            "  Would be overwritten:    1\n",
            "  Would be skipped:        0\n",
            "  Would be rejected:       1\n")
        .doesNotContain("Persisting", "SUCCESS");
    assertThat(remote.find("", keys)).containsExactly(held);
    assertThat(directory.resolve(".lightrag-migrate")).doesNotExist();

    Session skip =
        session().run("--from", "json", "--to", "remote", "--dry-run", "--on-conflict", "skip");
    assertThat(skip.out())
        .contains("  New in the target:       99\n", "  Would be skipped:        1\n");
  }

  @Test
  void failuresAreKeptUnderTheDirectoryOfTheTool() throws IOException {
    CacheRecord poison =
        CacheRecord.of("default:extract:poison", SampleRecords.usual("extract", "p").fields());
    Session.hold(directory, "a", List.of(poison));

    Session session = session().run("--from", "json", "--to", "remote");

    assertThat(session.exitCode()).isEqualTo(3);
    try (var files = Files.list(directory.resolve(".lightrag-migrate"))) {
      Path log = files.findFirst().orElseThrow();
      assertThat(log.getFileName().toString()).matches("failures-[0-9TZ.]+\\.ndjson");
      assertThat(Files.readString(log)).contains("\"default:extract:poison\"");
    }
  }

  @Test
  void verifyFindsNothingWhereAllThatFailedIsInTheFailureLog() throws IOException {
    CacheRecord poison =
        CacheRecord.of("default:extract:poison", SampleRecords.usual("extract", "p").fields());
    Session.hold(directory, "a", List.of(poison));
    Path report = directory.resolve("r.json");

    Session session =
        session()
            .run("--from", "json", "--to", "remote", "--verify", "--report", report.toString());

    assertThat(session.exitCode()).isEqualTo(3);
    assertThat(session.out())
        .contains(
            "  The same in target:      100\n",
            "  In the failure log:      1\n",
            "VERIFIED, apart from 1 record that failed (in DIR/.lightrag-migrate/failures-");
    assertThat(Files.readString(report))
        .contains("\"verification\"", "\"known\" : 1", "\"outcome\" : \"same\"");
  }

  @Test
  void severalReadersMoveAndCompareEachRecordOnce() {
    Session session =
        session()
            .run(
                "--from",
                "json",
                "--to",
                "remote",
                "--readers",
                "3",
                "--writers",
                "2",
                "--batch-size",
                "10",
                "--verify");

    assertThat(session.exitCode()).as(session.err()).isZero();
    assertThat(session.out())
        .contains("/12: ")
        .contains(
            "    summary:               25 migrated\n",
            "✓ SUCCESS",
            "✓ VERIFIED: all 100 records are the same");
    assertThat(remote.find("", keys)).hasSize(100);
  }

  @Test
  void verifyFindsWhatATargetGarbled() throws IOException {
    CacheRecord garbled =
        CacheRecord.of("default:extract:garbled", SampleRecords.usual("extract", "l").fields());
    Session.hold(directory, "a", List.of(garbled));
    Session trusting = session().run("--from", "json", "--to", "remote");
    assertThat(trusting.exitCode()).isZero();

    Session session = session().run("--from", "json", "--to", "remote", "--verify");

    assertThat(session.exitCode()).isEqualTo(4);
    assertThat(session.out())
        .contains(
            "default:extract:garbled",
            "Different in target: changed return",
            "✗ DIFFERENT: 1 of 101");
  }

  @Test
  void allThatIsWrongWithTheOptionsIsToldAtOnce() {
    Session session =
        session()
            .run(
                "--types",
                "extract,nope",
                "--batch-size",
                "0",
                "--readers",
                "0",
                "--writers",
                "257",
                "--on-conflict",
                "x",
                "--bogus");

    assertThat(session.exitCode()).isEqualTo(2);
    assertThat(session.out()).isEmpty();
    assertThat(session.err())
        .contains(
            "--types': 'nope' is no cache type; known are extract, summary, analysis, smartheading",
            "--batch-size': '0' is not an integer of at least 1",
            "--readers': '0' is not an integer of at least 1",
            "--writers': '257' is more than 256",
            "--on-conflict': 'x' is none of overwrite, skip, newer",
            "there is no option '--bogus'",
            "See 'migrate --help'.");
  }

  @Test
  void allThatIsWrongWithStoresAndSettingsIsToldAtOnce() {
    Session session =
        new Session(directory, new JsonStorageAdapter(), remote)
            .set("REMOTE_SIZE", "s3cr3t")
            .set("TARGET_REMOTE_SIZE", "1")
            .run("--from", "remote", "--to", "remote", "--report", directory.toString());
    Session unknown = session().run("--from", "cassandra", "--to", "remote");

    assertThat(session.exitCode()).isEqualTo(2);
    assertThat(session.err())
        .contains(
            "Source RemoteKVStorage: REMOTE_NAME (or name in [remote] of config.ini) is not set",
            "Source RemoteKVStorage: REMOTE_SIZE is not an integer",
            "Target RemoteKVStorage: REMOTE_NAME",
            "--report DIR is no ordinary file")
        .doesNotContain("Target RemoteKVStorage: REMOTE_SIZE", "s3cr3t");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .contains(
            "--from: there is no store 'cassandra'; known are json (JsonKVStorage), remote"
                + " (RemoteKVStorage)");
  }

  @Test
  void oneStoreAloneIsAnError() {
    for (String[] args :
        List.of(
            new String[] {"--from", "json"},
            new String[] {"--to", "json"},
            new String[] {"--yes"})) {
      Session session = session().run(args);
      assertThat(session.exitCode()).isEqualTo(2);
      assertThat(session.err()).startsWith("Error: --");
      assertThat(session.out()).isEmpty();
    }
  }

  @Test
  void samePlaceIsRefused() {
    Session session = session().run("--from", "json", "--to", "json", "--target-workspace", "a");

    assertThat(session.exitCode()).isEqualTo(2);
    assertThat(session.err()).contains("source and target are the same place: DIR/");
  }

  @Test
  void deniedIsAFailureWithoutASecret() {
    Session session =
        session()
            .set("TARGET_REMOTE_URI", "remote://u:s3cr3t@host")
            .run("--from", "json", "--to", "remote", "--verbose");

    assertThat(session.exitCode()).isEqualTo(1);
    assertThat(session.err())
        .startsWith("Error: Target RemoteKVStorage: the server refuses ***\n")
        .contains("\tat ")
        .doesNotContain("s3cr3t");
  }

  @Test
  void emptySourceIsNoSuccessAndHintsAtTheServersSpelling() {
    Session.hold(directory, "my_ws", records);

    Session session =
        session().run("--from", "json", "--to", "remote", "--source-workspace", "my-ws");

    assertThat(session.exitCode()).isZero();
    assertThat(session.err()).contains("workspace my_ws holds 100 records");
    assertThat(session.out())
        .contains("⚠️  Source storage has no cache records to migrate")
        .doesNotContain("SUCCESS");
  }

  @Test
  void aMissingOptionIsToldOnce() {
    Session count = session().run("count");
    assertThat(count.exitCode()).isEqualTo(2);
    assertThat(count.err())
        .isEqualTo(
            """
            Error: Missing required option: '--store=STORE'
            See 'migrate count --help'.
            """);
    assertThat(session().run("retry").err()).containsOnlyOnce("Error:");
  }

  @Test
  void helpNamesEveryCommandAndEachIsFoundWhereverItStands() throws IOException {
    String[] commands = {
      "  count ",
      "  verify ",
      "  retry ",
      "  doctor ",
      "  adapters ",
      "  completion ",
      "  man ",
      "  help "
    };
    for (String option : List.of("--help", "-h", "-Vh")) {
      assertThat(session().run(option).out()).contains(commands);
    }
    assertThat(session().run("completion", "bash").out()).contains("--failures", "--sanitize");
    assertThat(session().run("--color", "never", "count", "--store", "json").out())
        .contains("- Total: 100 records");
    Path file = Files.writeString(directory.resolve("args"), "count --store json");
    assertThat(session().run("@" + file).out()).contains("- Total: 100 records");
  }

  @Test
  void countTakesItsWorkspaceAsTheOthersDo() {
    Session.hold(directory, "b", records.subList(0, 3));
    for (String option : List.of("--source-workspace", "--workspace")) {
      assertThat(session().run("count", "--store", "json", option, "b").out())
          .contains("(workspace: b)", "- Total: 3 records");
    }
    assertThat(session().run("count", "--help").out())
        .contains("--source-workspace=W")
        .doesNotContain(" --workspace");
  }

  @Test
  void aReportTellsWhyAStoreCouldNotBeOpened() throws IOException {
    for (String name : List.of("r.json", "r.html")) {
      Path report = directory.resolve(name);
      Session session =
          session()
              .set("TARGET_REMOTE_URI", "remote://u:s3cr3t@host")
              .run("--from", "json", "--to", "remote", "--report", report.toString());

      assertThat(session.exitCode()).isEqualTo(1);
      assertThat(Files.readString(report))
          .contains(
              "JsonKVStorage",
              "kv_store_llm_response_cache.json",
              "RemoteKVStorage",
              "Target RemoteKVStorage: the server refuses ***")
          .doesNotContain("s3cr3t");
    }
    assertThat(Files.readString(directory.resolve("r.json"))).contains("\"outcome\" : \"failed\"");
    assertThat(Files.readString(directory.resolve("r.html"))).contains("✗ Failed.", "(not opened)");
  }

  @Test
  void theWizardsReportTellsWhyAStoreCouldNotBeOpened() throws IOException {
    Path report = directory.resolve("r.json");
    Session session =
        session()
            .set("REMOTE_URI", "remote://u:s3cr3t@host")
            .type("1", "1")
            .run("--report", report.toString());

    assertThat(session.exitCode()).isEqualTo(1);
    assertThat(Files.readString(report))
        .contains("\"outcome\" : \"failed\"", "the server refuses ***", "\"workspace\" : \"a\"")
        .doesNotContain("s3cr3t");
  }

  @Test
  void aBarOnATerminalAndTheFailuresStay() {
    CacheRecord poison =
        CacheRecord.of("default:extract:poison", SampleRecords.usual("extract", "p").fields());
    Session.hold(directory, "a", List.of(poison));

    Session session =
        session()
            .onTerminal()
            .run("--from", "json", "--to", "remote", "--yes", "--batch-size", "10");

    assertThat(session.out()).contains("ETA 0:0", "/s  extract");
    assertThat(session.screen())
        .contains(
            " failed: poison is not taken\n",
            "\n████████████████████  100.0%  101/101  in 0:00\n\nPersisting data to disk...\n")
        .doesNotContain("ETA", "░");
  }

  @Test
  void linesWhereALineCannotBeRedrawn() {
    String[] command = {"--from", "json", "--to", "remote", "--yes"};
    for (Session session :
        List.of(session().run(command), session().onTerminal().set("TERM", "dumb").run(command))) {
      assertThat(session.out())
          .contains("Batch 1/1: ████████████████████ 100/100 (100.0%) - default:extract ✓\n")
          .doesNotContain("\u001b", "\r");
    }
    assertThat(session().onTerminal().set("NO_COLOR", "1").run(command).out())
        .contains("\u001b[2K")
        .doesNotContain("\u001b[1;36m");
    assertThat(
            session()
                .onTerminal()
                .run("--from", "json", "--to", "remote", "--yes", "--quiet")
                .out())
        .doesNotContain("\u001b", "\r");
  }

  @Test
  void countAsJson() {
    assertThat(session().run("count", "--store", "json", "--json", "--types", "extract").out())
        .isEqualTo(
            """
            {
              "storage" : "JsonKVStorage",
              "workspace" : "a",
              "location" : "DIR/rag_storage/a/kv_store_llm_response_cache.json",
              "counts" : {
                "extract" : 25
              },
              "total" : 25,
              "exact" : true
            }
            """);
  }

  @Test
  void adaptersTellsValuesAndWhereTheyComeFrom() {
    Session session =
        session()
            .set("REMOTE_URI", "remote://u:s3cr3t@host")
            .set("TARGET_REMOTE_SIZE", "7")
            .run("adapters", "--target-workspace", "t");

    assertThat(session.exitCode()).isZero();
    assertThat(session.out())
        .contains(
            "remote  RemoteKVStorage  (built in)\n",
            "  REMOTE_URI = remote://u:***@host  [environment]\n"
                + "      where it is; config.ini: uri in [remote]\n",
            "  REMOTE_NAME = n  [environment]\n"
                + "      what it is called; required; config.ini: name in [remote]\n",
            "  REMOTE_SIZE of the source = 5  [default]\n",
            "  REMOTE_SIZE of the target = 7  [TARGET_REMOTE_SIZE in environment]\n",
            "  REMOTE_WORKSPACE of the source  [not set]\n",
            "  REMOTE_WORKSPACE of the target = t  [--target-workspace]\n",
            "  WORKSPACE of the source = a  [SOURCE_WORKSPACE in environment]\n")
        .doesNotContain("s3cr3t");
    assertThat(session().set("REMOTE_URI", "s3cr3t").run("adapters", "--json").out())
        .contains("\"value\" : \"***\"", "\"origin\" : \"environment\"", "\"value\" : null")
        .doesNotContain("s3cr3t");
  }

  @Test
  void adaptersMasksSecretsAmongDefaultsAndNothingElse() {
    Session text =
        new Session(
                directory,
                new MongoAdapter(),
                new OpenSearchAdapter(),
                new RedisAdapter(),
                new JsonStorageAdapter())
            .run("adapters");
    assertThat(text.out())
        .contains(
            "  MONGO_URI = mongodb://root:***@localhost:27017/  [default]\n",
            "  OPENSEARCH_PASSWORD = ***  [default]\n",
            "  OPENSEARCH_USER = admin  [default]\n",
            "  REDIS_URI = redis://localhost:6379  [default]\n",
            "  WORKING_DIR = DIR/rag_storage  [environment]\n")
        .doesNotContain("; required");

    Session json =
        new Session(directory, new MongoAdapter(), new OpenSearchAdapter(), new PostgresAdapter())
            .run("adapters", "--json");
    assertThat(json.out()).doesNotContain("root:root").contains("mongodb://root:***@localhost");
    List<JsonValue> adapters = JsonValue.ofJson(json.out()).fields().get("adapters").elements();
    assertThat(adapters.get(1).toString()).contains("***");
    List<String> required =
        adapters.stream()
            .flatMap(adapter -> adapter.fields().get("settings").elements().stream())
            .filter(setting -> setting.fields().get("required").equals(JsonValue.TRUE))
            .map(setting -> setting.fields().get("name").string())
            .toList();
    assertThat(required).containsExactly("POSTGRES_PASSWORD");
  }

  @Test
  void aTerminalGetsNoLineThatItWouldBreakItself() {
    PostgresAdapter postgres = new PostgresAdapter();
    Session terminal =
        new Session(directory, postgres).onTerminal().set("NO_COLOR", "1").run("adapters");
    assertThat(terminal.out().lines())
        .contains("          connection_retry_backoff_max in [postgres]")
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(new Session(directory, postgres).run("adapters").out())
        .contains("\n      connections open at most; config.ini: max_connections in [postgres]\n");
  }

  @Test
  void countOfAnEmptyWorkspaceNamesTheOthers() {
    Session.hold(directory, "b", records.subList(0, 3));
    for (String workspace : List.of("", "c")) {
      Session session = session().run("count", "--store", "json", "--source-workspace", workspace);
      assertThat(session.exitCode()).isZero();
      assertThat(session.err())
          .contains(
              "Warning: workspace "
                  + (workspace.isEmpty() ? "(default)" : workspace)
                  + " has no records; there is a cache in workspace a, b: choose it with"
                  + " --source-workspace\n");
    }
    remote.hold("", records);
    assertThat(session().run("count", "--store", "remote", "--source-workspace", "x").err())
        .contains("a cache in workspace (default): choose it with --source-workspace ''\n");
    assertThat(session().run("count", "--store", "json").err()).isEmpty();
  }

  @Test
  void unreadableSettingsFilesAreUsageErrors() throws IOException {
    Path broken = Files.writeString(directory.resolve("broken.ini"), "s3cr3t\n");

    Session missing = session().run("--from", "json", "--to", "remote", "--env-file", "none.env");
    Session ini =
        session().run("--from", "json", "--to", "remote", "--config-file", broken.toString());

    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("none.env: there is no such file");
    assertThat(ini.exitCode()).isEqualTo(2);
    assertThat(ini.err()).contains("broken.ini line 1").doesNotContain("s3cr3t");
  }

  @Test
  void skippedLinesOfEnvFilesAreWarnedOf() throws IOException {
    Files.writeString(directory.resolve(".env"), "?? s3cr3t\n");

    assertThat(session().run("count", "--store", "json").err())
        .isEqualTo("Warning: DIR/.env line 1: skipped, it is not KEY=value\n");
  }
}
