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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {

  @TempDir Path directory;
  private final RemoteAdapter remote = new RemoteAdapter();
  private final List<CacheRecord> records = SampleRecords.usual(2500);

  @BeforeEach
  void fillSource() {
    Session.hold(directory, "a", records);
  }

  private Session session() {
    return new Session(directory, new JsonStorageAdapter(), remote)
        .set("SOURCE_WORKSPACE", "a")
        .set("REMOTE_NAME", "n");
  }

  private CacheRecord changed(int number) {
    return SampleRecords.with(records.get(number), "return", JsonValue.of("s3cr3t answer"));
  }

  @Test
  void theSameIsVerified() throws IOException {
    remote.hold("", records);
    byte[] before = Files.readAllBytes(cacheFile());

    Session session = session().run("verify", "--from", "json", "--to", "remote");

    assertThat(session.exitCode()).isZero();
    assertThat(session.err()).isEqualTo("Target: The server is slow.\n");
    assertThat(session.out())
        .startsWith(
            """
            Comparing... 1,000/2,500 (40.0%)
            Comparing... 2,000/2,500 (80.0%)
            Comparing... 2,500/2,500 (100.0%)

            ============================================================
            Verification - Final Report
            ============================================================

            Source: JsonKVStorage (workspace: a)
                    DIR/rag_storage/a/kv_store_llm_response_cache.json
            Target: RemoteKVStorage (workspace: (default))
                    remote\s

            📊 Statistics:
              Total source records:    2,500
              The same in target:      2,500
              Missing in target:       0
              Different in target:     0
              Duration:                TIME
            """)
        .contains("✓ VERIFIED: all 2,500 records are the same\n");
    assertThat(Files.readAllBytes(cacheFile())).isEqualTo(before);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  private Path cacheFile() {
    return directory.resolve("rag_storage/a/kv_store_llm_response_cache.json");
  }

  @Test
  void aDifferenceHasItsOwnExitCodeAndNamesTheField() {
    remote.hold("", records.subList(20, 2500));
    remote.hold("", List.of(changed(2499)));

    Session session = session().run("verify", "--from", "json", "--to", "remote", "--quiet");

    assertThat(session.exitCode()).isEqualTo(4);
    assertThat(session.out())
        .doesNotContain("Comparing", "s3cr3t")
        .contains(
            "  Missing in target:       20\n",
            "  Different in target:     1\n",
            "⚠️  Differences: 21\n",
            "\n  10. default:",
            "     Missing in target\n",
            "  ... and 11 more\n",
            "✗ DIFFERENT: 21 of 2,500 records are not the same\n")
        .doesNotContain("\n  11. ");

    remote.hold("", records.subList(0, 20));
    assertThat(session().run("verify", "--from", "json", "--to", "remote").out())
        .contains(
            "  1. " + records.get(2499).key() + "\n     Different in target: changed return\n");
  }

  @Test
  void whatTheMigrationSkippedIsNoDifference() {
    remote.hold("", records);
    remote.hold("", List.of(changed(0)));

    Session session =
        session().run("verify", "--from", "json", "--to", "remote", "--on-conflict", "skip");

    assertThat(session.exitCode()).isZero();
    assertThat(session.out())
        .contains("  Kept in target as asked: 1\n", "✓ VERIFIED: 2,499 of 2,500 records");
  }

  @Test
  void whatTheTargetCannotHoldIsNamedWithItsReason() {
    remote.hold("", records);
    CacheRecord poison =
        CacheRecord.of("default:extract:poison", SampleRecords.usual("extract", "p").fields());
    Session.hold(directory, "a", List.of(poison));

    Session session = session().run("verify", "--from", "json", "--to", "remote");

    assertThat(session.exitCode()).isEqualTo(4);
    assertThat(session.out())
        .contains(
            "  1. default:extract:poison\n     Target cannot hold: poison is not taken\n",
            "  Target cannot hold:      1\n");
  }

  @Test
  void asJson() {
    remote.hold("", records.subList(1, 2500));

    Session session = session().run("verify", "--from", "json", "--to", "remote", "--json");

    assertThat(session.exitCode()).isEqualTo(4);
    assertThat(session.out()).startsWith("{").endsWith("}\n");
    JsonValue json = JsonValue.ofJson(session.out());
    assertThat(json.fields().get("outcome").string()).isEqualTo("different");
    assertThat(json.fields().get("counts").fields().get("missing").asLong()).contains(1L);
  }

  @Test
  void onATerminalOneLineCounts() {
    remote.hold("", records);
    Session session = session().onTerminal().run("verify", "--from", "json", "--to", "remote");
    assertThat(session.out()).contains("%  1,000/2,500  ETA 0:0", "/s  comparing");
    assertThat(session.screen())
        .startsWith("████████████████████  100.0%  2,500/2,500  in 0:0")
        .doesNotContain("comparing");
  }

  @Test
  void wrongOptionsAndPlacesAreUsageErrors() {
    Session missing = session().run("verify", "--from", "json");
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("--to");

    Session unknown = session().run("verify", "--from", "json", "--to", "cassandra");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("--to: there is no store 'cassandra'");

    Session same =
        session().run("verify", "--from", "json", "--to", "json", "--target-workspace", "a");
    assertThat(same.exitCode()).isEqualTo(2);
    assertThat(same.err()).contains("source and target are the same place");
  }

  @Test
  void anEmptySourceHintsAtTheServersSpelling() {
    Session.hold(directory, "my_ws", records);

    Session session =
        session().run("verify", "--from", "json", "--to", "remote", "--source-workspace", "my-ws");

    assertThat(session.exitCode()).isZero();
    assertThat(session.err()).contains("workspace my_ws holds 2,500 records");
    assertThat(session.out()).contains("Source storage has no cache records to compare");
  }
}
