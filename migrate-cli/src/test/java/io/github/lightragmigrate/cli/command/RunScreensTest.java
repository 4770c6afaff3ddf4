package io.github.lightragmigrate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.RemoteAdapter;
import io.github.lightragmigrate.cli.Session;
import io.github.lightragmigrate.json.JsonStorageAdapter;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says before, while and after it goes. */
class RunScreensTest {

  private static final String STORES =
      """
      Source: JsonKVStorage (workspace: a)
              DIR/rag_storage/a/kv_store_llm_response_cache.json
      Target: RemoteKVStorage (workspace: t)
              remote t
      """;

  @TempDir Path directory;
  private final RemoteAdapter remote = new RemoteAdapter();

  @BeforeEach
  void fillSource() {
    Session.hold(directory, "a", SampleRecords.usual(100));
  }

  private Session session() {
    return new Session(directory, new JsonStorageAdapter(), remote)
        .set("SOURCE_WORKSPACE", "a")
        .set("TARGET_WORKSPACE", "t")
        .set("REMOTE_NAME", "n")
        .set("NO_COLOR", "1");
  }

  private static CacheRecord poison(String name) {
    return CacheRecord.of(
        "default:extract:poison" + name, SampleRecords.usual("extract", "p").fields());
  }

  @Test
  void sourceAndTargetAreNamedBeforeTheRunAndInItsReport() {
    String before = STORES.replace("a)\n", "a) - 100 records\n");
    for (String[] options : List.of(new String[0], new String[] {"--dry-run"})) {
      Session session = run(session(), options);

      assertThat(session.out())
          .startsWith("\n" + before + "\n=== Starting ")
          .contains("Final Report\n" + "=".repeat(60) + "\n\n" + STORES + "\n📊 Statistics:\n");
    }
    assertThat(run(session(), "--quiet").out()).doesNotContain("100 records").contains(STORES);
  }

  @Test
  void theQuestionOnATerminalNamesThePlaces() {
    Session session = run(session().onTerminal().type("n"));

    assertThat(session.out())
        .contains(
            """
            Source: JsonKVStorage (workspace: a) - 100 records
                    DIR/rag_storage/a/kv_store_llm_response_cache.json
            Target: RemoteKVStorage (workspace: t) - 0 records
                    remote t
            """)
        .containsOnlyOnce("remote t\n");
  }

  @Test
  void anotherAnswerThanYesOrNoIsAskedForAgain() {
    String again = "✗ Invalid choice. Please enter one of: y, n\n";
    Session agreed = run(session().onTerminal().type("j", "", " Yes "));
    assertThat(agreed.out())
        .contains(
            ("Continue? (y/n): " + again + "\n").repeat(2) + "Continue? (y/n): \n=== Starting ")
        .contains("SUCCESS");

    Session ended = run(session().onTerminal().type("what"));
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out())
        .endsWith(again + "\nContinue? (y/n): \n\n✗ Migration cancelled\n")
        .doesNotContain("Starting");

    Session refused = run(session().onTerminal().type("q", "NO"));
    assertThat(refused.out()).endsWith("Continue? (y/n): \n✗ Migration cancelled\n");
  }

  @Test
  void aRetryAsksAgainToo() {
    Session.hold(directory, "a", List.of(poison("")));
    Path log = directory.resolve("f.ndjson");
    run(session(), "--failures", log.toString());

    Session session =
        session().onTerminal().type("?").run("retry", "--failures", log.toString(), "--to", "json");

    assertThat(session.out())
        .contains("\nReplay of 1 record from DIR/f.ndjson to JsonKVStorage (workspace: t)\n")
        .endsWith("one of: y, n\n\nContinue? (y/n): \n\n✗ Retry cancelled\n");
  }

  @Test
  void verifiedButForWhatFailedSaysSo() throws Exception {
    Session.hold(directory, "a", List.of(poison(" 1"), poison(" 2")));
    Path log = directory.resolve("f.ndjson");
    Path report = directory.resolve("r.json");

    Session session =
        run(session(), "--verify", "--failures", log.toString(), "--report", report.toString());

    assertThat(session.exitCode()).isEqualTo(3);
    assertThat(session.out())
        .contains(
            "⚠️  VERIFIED, apart from 2 records that failed (in DIR/f.ndjson): 100 of 102 records"
                + " are the same\n")
        .doesNotContain("✓ VERIFIED");
    assertThat(Files.readString(report).replaceAll("\\s+", " "))
        .contains(
            "\"knownFailures\" : { \"records\" : 2, \"failureLog\" : \"" + log + "\" }",
            "\"outcome\" : \"same\"");

    Session page =
        run(
            session(),
            "--verify",
            "--failures",
            log.toString(),
            "--report",
            directory.resolve("r.html").toString());

    assertThat(page.exitCode()).isEqualTo(3);
    assertThat(Files.readString(directory.resolve("r.html")))
        .contains("⚠ Verified, apart from 2 records that failed (in " + log + ").")
        .doesNotContain("✓ Verified");
  }

  @Test
  void theReasonOfABatchIsThatOfItsFirstFailure() {
    Session.hold(directory, "a", List.of(poison(" 1"), poison(" 2")));
    assertThat(run(session()).out())
        .contains("✗ 2 of 102 failed, the first: poison is not taken\n");
  }

  @Test
  void aLongKeyIsShortenedOnTheTerminalAndThePageAndWholeInJson() throws Exception {
    String name = "0123456789".repeat(30) + "\ud83d\ude00".repeat(30);
    Session.hold(directory, "a", List.of(poison(name)));
    String key = "default:extract:poison" + name;

    Session session = run(session(), "--report", directory.resolve("r.json").toString());

    assertThat(session.out())
        .contains("  1. default:extract:poison0123456789")
        .contains("…" + "\ud83d\ude00".repeat(20) + "\n")
        .doesNotContain(key);
    assertThat(Files.readString(directory.resolve("r.json"))).contains("0123456789".repeat(30));
    run(session(), "--report", directory.resolve("r.html").toString());
    assertThat(Files.readString(directory.resolve("r.html")))
        .contains("default:extract:poison0123456789", "…\ud83d\ude00")
        .doesNotContain("0123456789".repeat(30));
  }

  @Test
  void oneRecordIsNotSeveral() {
    Session.hold(directory, "b", SampleRecords.usual(1));
    remote.hold("t", SampleRecords.usual(1));

    Session session =
        run(
            session().onTerminal().type("y"),
            "--source-workspace",
            "b",
            "--batch-size",
            "1",
            "--verify");

    assertThat(session.out())
        .contains(
            "(workspace: b) - 1 record\n",
            "Batch Size: 1 record/batch\n",
            "already has 1 record\n",
            "Processing 1 record at a time",
            "✓ VERIFIED: the only record is the same\n")
        .doesNotContain("1 records");
  }

  private static Session run(Session session, String... options) {
    String[] args = new String[4 + options.length];
    System.arraycopy(new String[] {"--from", "json", "--to", "remote"}, 0, args, 0, 4);
    System.arraycopy(options, 0, args, 4, options.length);
    return session.run(args);
  }
}
