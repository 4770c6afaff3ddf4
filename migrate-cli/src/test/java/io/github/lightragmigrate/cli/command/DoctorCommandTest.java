package io.github.lightragmigrate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.RemoteAdapter;
import io.github.lightragmigrate.cli.Session;
import io.github.lightragmigrate.json.JsonStorageAdapter;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

  private static final String URI = "remote://me:right@host";

  @TempDir Path directory;
  private final RemoteAdapter remote = new RemoteAdapter();
  private final List<CacheRecord> records = SampleRecords.usual(10);

  @BeforeEach
  void fill() {
    Session.hold(directory, "a", records);
  }

  private Session session() {
    return new Session(directory, new JsonStorageAdapter(), remote);
  }

  @Test
  void tellsWhatEachWorkspaceHolds() throws IOException {
    Session.hold(directory, "b", records.subList(0, 1));
    remote.hold("", records.subList(0, 4));
    remote.hold("w", records.subList(0, 5));

    Session session =
        session()
            .set("WORKSPACE", "b")
            .set("REMOTE_URI", URI)
            .set("REMOTE_NAME", "n")
            .set("REMOTE_WORKSPACE", "w")
            .run("doctor");

    assertThat(session.exitCode()).isZero();
    assertThat(session.err()).isEmpty();
    assertThat(session.out())
        .isEqualTo(
            """
            json  JsonKVStorage  (LightRAG's KV storage by LIGHTRAG_KV_STORAGE)
              WORKING_DIR = DIR/rag_storage  [environment]
              WORKSPACE = b  [environment]
              ✓ reachable: DIR/rag_storage/b/kv_store_llm_response_cache.json
              workspace b (selected): 1 record (extract 1)
              workspace a: 10 records (extract 3, summary 3, analysis 2, smartheading 2)

            remote  RemoteKVStorage
              REMOTE_URI = remote://me:***@host  [environment]
              REMOTE_NAME = n  [environment]
              REMOTE_WORKSPACE = w  [environment]
              WORKSPACE = b  [environment]
              ✓ reachable: remote w
              workspace w (selected): 5 records (extract 2, summary 1, analysis 1, smartheading 1)
              workspace (default): 4 records (extract 1, summary 1, analysis 1, smartheading 1)
              ⚠️ The server is slow.

            """);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).as("it writes nothing").hasSize(1);
    }
  }

  @Test
  void aStoreThatNoSettingLeadsToIsNotAsked() {
    Session session =
        session().set("LIGHTRAG_KV_STORAGE", "JsonKVStorage").run("doctor", "--types", "extract");

    assertThat(session.exitCode()).isZero();
    assertThat(session.out())
        .contains(
            "remote  RemoteKVStorage\n  – not configured: neither REMOTE_URI nor another of its"
                + " settings is set; --store remote looks anyway\n")
        .contains("json  JsonKVStorage  (LightRAG's KV storage by LIGHTRAG_KV_STORAGE)");

    Session asked = session().set("REMOTE_NAME", "n").run("doctor", "--store", "remote");
    assertThat(asked.out()).contains("✓ reachable: remote").doesNotContain("json");
  }

  @Test
  void theStoreThatLightRagUsesIsAskedWithItsDefaults() {
    Session session = session().set("LIGHTRAG_KV_STORAGE", "RemoteKVStorage").run("doctor");

    assertThat(session.exitCode()).isEqualTo(2);
    assertThat(session.out())
        .contains(
            "remote  RemoteKVStorage  (LightRAG's KV storage by LIGHTRAG_KV_STORAGE)",
            "✗ settings: ",
            "REMOTE_NAME");
  }

  @Test
  void anUnreachableStoreIsToldWithoutItsSecretAndTheOthersAreLookedAt() {
    Session session =
        session().set("REMOTE_URI", "remote://me:wrong@host").set("REMOTE_NAME", "n").run("doctor");

    assertThat(session.exitCode()).isEqualTo(1);
    assertThat(session.out())
        .contains("workspace a: 10 records", "✗ not reachable: the server refuses ***\n")
        .doesNotContain("wrong");
  }

  @Test
  void theTargetsOwnSettingsAreLookedAtToo() {
    remote.hold("t", records.subList(0, 2));

    Session target =
        session()
            .set("TARGET_REMOTE_URI", URI)
            .set("REMOTE_NAME", "n")
            .set("TARGET_WORKSPACE", "t")
            .run("doctor", "--store", "remote");

    assertThat(target.out())
        .contains("remote  RemoteKVStorage\n", "remote  RemoteKVStorage  as the target\n")
        .contains("workspace t (selected): 2 records");

    Session both =
        session()
            .set("REMOTE_NAME", "n")
            .set("REMOTE_URI", URI)
            .set("TARGET_REMOTE_URI", "remote://me:wrong@host")
            .run("doctor");

    assertThat(both.exitCode()).isEqualTo(1);
    assertThat(both.out())
        .contains(
            "✓ reachable: remote", "  as the target\n", "✗ not reachable: the server refuses");
  }

  @Test
  void aPaddedWorkspaceIsNotTheOneWithoutPadding() {
    remote.hold(" x ", records.subList(0, 3));
    remote.hold("x", records.subList(0, 5));

    Session session =
        session().set("REMOTE_NAME", "n").set("REMOTE_URI", URI).run("doctor", "--store", "remote");

    assertThat(session.out()).contains("workspace x: 5 records", "workspace  x : 3 records");
    assertThat(
            session()
                .set("REMOTE_NAME", "n")
                .set("REMOTE_URI", URI)
                .run("count", "--store", "remote", "--workspace", " x ")
                .out())
        .contains("- Total: 3 records");
  }

  @Test
  void aStorageThatNobodyKnowsIsTold() {
    Session session = session().set("LIGHTRAG_KV_STORAGE", "FooStorage").run("doctor");
    assertThat(session.err())
        .isEqualTo("Warning: LIGHTRAG_KV_STORAGE names no known store: FooStorage\n");
  }

  @Test
  void theServersSpellingOfAnEmptyWorkspaceIsNamed() {
    Session.hold(directory, "my_ws", records);

    Session session = session().run("doctor", "--store", "json", "--source-workspace", "my-ws");

    assertThat(session.exitCode()).isZero();
    assertThat(session.out())
        .contains(
            "workspace my-ws (selected): no records\n",
            "workspace my_ws: 10 records",
            "⚠️ workspace my_ws holds 10 records: LightRAG's server writes my-ws so\n");
  }

  @Test
  void anEmptyWorkspaceIsToldWhereTheRecordsAre() {
    Session session = session().run("doctor", "--store", "json");

    assertThat(session.out())
        .contains(
            "workspace (default) (selected): no records\n",
            "⚠️ workspace (default) has no records; there is a cache in workspace a: choose it with"
                + " --source-workspace\n");
    assertThat(session().set("WORKSPACE", "a").run("doctor", "--store", "json").out())
        .doesNotContain("⚠️");
  }

  @Test
  void aVariableThatLooksLikeASettingIsTold() throws IOException {
    Files.writeString(directory.resolve(".env"), "TARGET_WORKSPCE=s3cr3t\nOPENAI_API_KEY=x\n");
    Path own = Files.writeString(directory.resolve("own.env"), "REMOTE_NMAE=n\n");
    Session session =
        session()
            .set("REMOTE_URL", "remote://u:s3cr3t@h")
            .set("NEO4J_WORKSPACE", "w")
            .run("doctor", "--source-env-file", own.toString());

    assertThat(session.exitCode()).isZero();
    assertThat(session.err())
        .isEqualTo(
            """
            Warning: REMOTE_NMAE in DIR/own.env is no setting; did you mean 'REMOTE_NAME'?
            Warning: REMOTE_URL in environment is no setting; did you mean 'REMOTE_URI'?
            Warning: TARGET_WORKSPCE in DIR/.env is no setting; did you mean 'TARGET_WORKSPACE'?
            """);
    Session json = session().run("doctor", "--json");
    assertThat(JsonValue.ofJson(json.out()).fields().get("warnings").elements())
        .containsExactly(
            JsonValue.of(
                "TARGET_WORKSPCE in DIR/.env is no setting; did you mean 'TARGET_WORKSPACE'?"));
  }

  @Test
  void legacyRecordsAreCounted() throws IOException {
    Path file = directory.resolve("rag_storage/old/kv_store_llm_response_cache.json");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, "{\"default\": {\"h1\": {\"return\": \"1\"}, \"h2\": {\"return\": \"2\"}}}");

    Session session = session().run("doctor", "--store", "json", "--source-workspace", "old");

    assertThat(session.out())
        .contains(
            "workspace old (selected): 2 records (extract 2)\n",
            "    2 of them in the form of older LightRAG releases");
  }

  @Test
  void aWorkspaceThatCannotBeReadIsToldAndTheOthersAre() throws IOException {
    Path file = directory.resolve("rag_storage/broken/kv_store_llm_response_cache.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"default:extract:a\": {\"return\": ");

    Session session = session().run("doctor", "--store", "json");

    assertThat(session.exitCode()).isZero();
    assertThat(session.out())
        .contains("  workspace a: 10 records", "  workspace broken: ")
        .doesNotContain("workspace broken: no records");
  }

  @Test
  void tellsWhatATargetWouldReject() throws IOException {
    CacheRecord poison =
        CacheRecord.of("default:extract:poison", SampleRecords.usual("extract", "p").fields());
    Session.hold(directory, "a", List.of(poison));
    remote.hold("", records.subList(0, 2));
    String[] arguments = {"doctor", "--store", "json", "--to", "remote", "--source-workspace", "a"};

    Session session = session().set("REMOTE_NAME", "n").set("REMOTE_URI", URI).run(arguments);

    assertThat(session.exitCode()).isEqualTo(3);
    assertThat(session.out())
        .contains(
            "10 records would be taken, 2 of them over ones that the target has\n",
            "  ✗ 1 record would be rejected\n",
            "default:extract:poison: poison is not taken\n");
    assertThat(remote.find("", List.of(poison.key(), records.get(5).key()))).isEmpty();

    remote.hold("", List.of());
    Session clean =
        session()
            .set("REMOTE_NAME", "n")
            .set("REMOTE_URI", URI)
            .run("doctor", "--store", "remote", "--to", "json", "--target-workspace", "b");
    assertThat(clean.exitCode()).isZero();
    assertThat(clean.out()).contains("  ✓ 2 records would be taken, 0 of them over");
    assertThat(directory.resolve("rag_storage/b")).doesNotExist();
  }

  @Test
  void asJson() {
    remote.hold("", records.subList(0, 2));
    Session session =
        session()
            .set("REMOTE_NAME", "n")
            .set("REMOTE_URI", URI)
            .run(
                "doctor", "--json", "--store", "remote", "--to", "json", "--target-workspace", "a");

    assertThat(session.exitCode()).isZero();
    Map<String, JsonValue> json = JsonValue.ofJson(session.out()).fields();
    Map<String, JsonValue> store = json.get("stores").elements().get(0).fields();
    assertThat(store.get("status").string()).isEqualTo("ready");
    assertThat(store.get("warnings").toString()).contains("slow");
    assertThat(store.get("settings").toString()).contains("remote://me:***@host");
    Map<String, JsonValue> workspace = store.get("workspaces").elements().get(0).fields();
    assertThat(workspace.get("selected")).isEqualTo(JsonValue.TRUE);
    assertThat(workspace.get("total")).isEqualTo(JsonValue.of(2));
    assertThat(workspace.get("counts").fields().get("summary")).isEqualTo(JsonValue.of(1));
    assertThat(workspace.get("legacy")).isEqualTo(JsonValue.of(0));
    assertThat(json.get("dryRun").fields().get("counts").fields().get("overwritten"))
        .isEqualTo(JsonValue.of(2));
  }

  @Test
  void wrongOptionsAreUsageErrors() {
    Session session = session().run("doctor", "--to", "cassandra");

    assertThat(session.exitCode()).isEqualTo(2);
    assertThat(session.err()).contains("--to: there is no store 'cassandra'", "--to needs --store");
  }
}
