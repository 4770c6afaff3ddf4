package io.github.lightragmigrate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.RemoteAdapter;
import io.github.lightragmigrate.cli.Session;
import io.github.lightragmigrate.json.JsonStorageAdapter;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetryCommandTest {

  private static final String ADVICE =
      "Name the failure log of a migration: its report says where it is, such as"
          + " .lightrag-migrate/failures-TIME.ndjson\n";

  @TempDir Path directory;
  private final RemoteAdapter remote = new RemoteAdapter();
  private final CacheRecord poison =
      CacheRecord.of("default:extract:poison", SampleRecords.usual("extract", "p").fields());

  /** A log of a real migration, which the target refused a record of. */
  @BeforeEach
  void makeLog() {
    Session.hold(directory, "a", SampleRecords.usual(100));
    Session.hold(directory, "a", List.of(poison));
    Session migration =
        session().run("--from", "json", "--to", "remote", "--failures", log().toString());
    assertThat(migration.exitCode()).isEqualTo(3);
    assertThat(log()).exists();
  }

  private Session session() {
    return new Session(directory, new JsonStorageAdapter(), remote)
        .set("SOURCE_WORKSPACE", "a")
        .set("REMOTE_NAME", "n")
        .set("NO_COLOR", "1");
  }

  private Path log() {
    return directory.resolve("failures.ndjson");
  }

  private Session retry(String... more) {
    return retryOf(session(), more);
  }

  private Session retryOf(Session session, String... more) {
    String[] args = {"retry", "--failures", log().toString(), "--target-workspace", "b"};
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return session.run(all);
  }

  @Test
  void anEmptyFileIsNoLogAndStays() throws IOException {
    for (String blank : List.of("", "\n \n")) {
      Files.writeString(log(), blank);

      Session session = retry("--to", "json");

      assertThat(session.exitCode()).isEqualTo(2);
      assertThat(session.err())
          .isEqualTo("Error: --failures DIR/failures.ndjson is empty: no failure log. " + ADVICE);
      assertThat(log()).content().isEqualTo(blank);
    }
  }

  @Test
  void aDirectoryIsNoLog() {
    Session session = session().run("retry", "--failures", directory.toString(), "--to", "json");

    assertThat(session.exitCode()).isEqualTo(2);
    assertThat(session.err()).isEqualTo("Error: --failures DIR is a directory. " + ADVICE);
  }

  @Test
  void aLogThatIsTornInItsFirstLineIsALog() throws IOException {
    Files.writeString(log(), "{\"ke");

    assertThat(retry("--to", "json").err()).doesNotContain("Error");
  }

  /** The command that the report names writes where the migration would have. */
  @Test
  void theReportNamesTheTarget() {
    Session migration =
        session()
            .set("TARGET_WORKSPACE", "t w")
            .run("--from", "json", "--to", "remote", "--failures", log().toString());

    assertThat(migration.out())
        .contains(
            "migrate retry --failures DIR/failures.ndjson --to RemoteKVStorage"
                + " --target-workspace 't w'\n");
  }

  @Test
  void whatFitsIsWrittenAndTheLogIsGone() {
    Session session = retry("--to", "json");

    assertThat(session.exitCode()).isZero();
    assertThat(session.out())
        .isEqualTo(
            """
            Batch 1/1: ████████████████████ 1/1 (100.0%) - default:extract ✓

            Persisting data to disk...
            ✓ Data persisted successfully

            ============================================================
            Retry - Final Report
            ============================================================

            Target: JsonKVStorage (workspace: b)
                    DIR/rag_storage/b/kv_store_llm_response_cache.json

            📊 Statistics:
              Records to replay:         1
              Written:                   1
              Still failing:             0
              Duration:                  TIME

            Nothing remains; removed: DIR/failures.ndjson

            ============================================================
            ✓ SUCCESS: All records of the failure log are in the target!
            ============================================================
            """);
    assertThat(Session.count(directory, "b")).isEqualTo(1);
    assertThat(log()).doesNotExist();
  }

  @Test
  void whatFailsAgainStays() throws IOException {
    Files.writeString(
        log(),
        "{\"key\": \"default:extract:x\", \"type\": \"unreadable\", \"record\": null}\n",
        StandardOpenOption.APPEND);

    Session session = retry("--to", "remote", "--quiet");

    assertThat(session.exitCode()).isEqualTo(3);
    assertThat(session.out())
        .contains(
            "  Still failing:             1\n",
            "  Unreadable, kept:          1\n",
            "rejected: 1; the first:\n  - default:extract:poison: poison is not taken\n",
            "What remains is in: DIR/failures.ndjson\n",
            "⚠️  WARNING: some records are in the failure log alone.")
        .doesNotContain("Batch", "Persisting");
    assertThat(Files.readAllLines(log())).hasSize(2);
  }

  @Test
  void aDryRunLeavesAllAsItIs() throws IOException {
    byte[] before = Files.readAllBytes(log());

    Session session = retry("--to", "json", "--dry-run");

    assertThat(session.exitCode()).isZero();
    assertThat(session.out())
        .contains(
            "  Would be written:          1\n",
            "The failure log is as it was: DIR/failures.ndjson\n",
            "✓ Dry run: nothing was written");
    assertThat(Session.count(directory, "b")).isZero();
    assertThat(Files.readAllBytes(log())).isEqualTo(before);
  }

  @Test
  void asksOnATerminalOnly() {
    Session refused = retryOf(session().onTerminal().type("n"), "--to", "json");
    assertThat(refused.exitCode()).isZero();
    assertThat(refused.out())
        .startsWith("\nReplay of 1 record from DIR/failures.ndjson to JsonKVStorage (workspace: b)")
        .endsWith("Continue? (y/n): \n✗ Retry cancelled\n");
    assertThat(log()).exists();

    Session agreed = retryOf(session().onTerminal().type("Y"), "--to", "json");
    assertThat(agreed.out()).contains("SUCCESS");
    assertThat(log()).doesNotExist();
  }

  @Test
  void yesIsNotAsked() {
    assertThat(retryOf(session().onTerminal(), "--to", "json", "--yes").out())
        .contains("SUCCESS")
        .doesNotContain("Continue?");
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    Session session = session().run("retry", "--failures", "none.ndjson", "--to", "cassandra");
    assertThat(session.exitCode()).isEqualTo(2);
    assertThat(session.err())
        .contains(
            "--failures none.ndjson: there is no such file. " + ADVICE,
            "there is no store 'cassandra'");

    Session missing = session().run("retry");
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("--failures", "--to");
  }

  @Test
  void aFileThatIsNoFailureLogIsNamedAndLeft() throws IOException {
    Path cache = directory.resolve("rag_storage/a/kv_store_llm_response_cache.json");
    Path text = Files.writeString(directory.resolve("notes.txt"), "the \"key\": is here\n");
    Path bytes = Files.write(directory.resolve("bytes"), new byte[] {0, (byte) 0xff, 1});
    for (Path file : List.of(cache, text, bytes)) {
      byte[] before = Files.readAllBytes(file);
      Session session = session().run("retry", "--failures", file.toString(), "--to", "remote");
      assertThat(session.exitCode()).isEqualTo(2);
      assertThat(session.err())
          .isEqualTo(
              "Error: --failures "
                  + file.toString().replace(directory.toString(), "DIR")
                  + " is no failure log: it does not begin with a line {\"key\": ...}. It stays as it"
                  + " is; a file of LightRAG is migrated with --from json. "
                  + ADVICE);
      assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
  }

  /** Edited by hand, it may have blanks, or another order. */
  @Test
  void aLineThatIsNoneIsNamed() throws IOException {
    Files.writeString(
        log(), "{ \"type\": \"rejected\", \"key\" : \"default:extract:x\", \"record\": null}\nx\n");
    Session session = session().run("retry", "--failures", log().toString(), "--to", "remote");
    assertThat(session.exitCode()).isEqualTo(2);
    assertThat(session.err()).contains("failures.ndjson line 2 is no line of a failure log");
  }

  @Test
  void aStoreThatRefusesLeavesTheLog() {
    Session session =
        retryOf(session().set("TARGET_REMOTE_URI", "remote://u:s3cr3t@host"), "--to", "remote");
    assertThat(session.exitCode()).isEqualTo(1);
    assertThat(session.err()).contains("the server refuses ***").doesNotContain("s3cr3t");
    assertThat(log()).exists();
  }
}
