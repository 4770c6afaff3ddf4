package io.github.lightragmigrate.cli.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.RemoteAdapter;
import io.github.lightragmigrate.cli.Session;
import io.github.lightragmigrate.json.JsonStorageAdapter;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.testkit.InMemoryAdapter;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WizardTest {

  private static final String START =
      """

      ==================================================
      LLM Cache Migration Tool - LightRAG
      ==================================================

      === Source Storage Setup ===

      Supported KV Storage Types:
      [1] JsonKVStorage
      [2] InMemoryKVStorage
      [3] RemoteKVStorage

      Select Source storage type (1-3) (Press Enter to exit):\s""";

  private static final String JSON_READY =
      """

      Checking configuration...
      ✓ No environment variables required

      Initializing Source storage...
      - Storage Type: JsonKVStorage
      - Workspace: space1
      - Connection Status: ✓ Success

      Counting cache records...
      - Total: 2,500 records
      """;

  private static final String TARGETS =
      """

      === Target Storage Setup ===

      Available Storage Types for Target (source: JsonKVStorage excluded):
      [1] InMemoryKVStorage
      [2] RemoteKVStorage

      Select Target storage type (1-2) (Press Enter to exit):\s""";

  private static final String CANCELLED = "\n✓ Migration cancelled by user\n";

  @TempDir Path directory;
  private final RemoteAdapter remote = new RemoteAdapter();

  @BeforeEach
  void fillSource() {
    Session.hold(directory, "space1", SampleRecords.usual(2500));
  }

  private Session session(String... input) {
    return new Session(directory, new JsonStorageAdapter(), new InMemoryAdapter(), remote)
        .set("SOURCE_WORKSPACE", "space1")
        .set("REMOTE_NAME", "n")
        .type(input);
  }

  @Test
  void migratesAsLightRagsToolShowsIt() {
    remote.hold("space2", SampleRecords.usual(1));
    Session session =
        session("7", "1", "2", "y")
            .set("TARGET_WORKSPACE", "space2")
            .set("REMOTE_URI", "remote://u:right@host")
            .run();

    assertThat(session.err()).isEmpty();
    assertThat(session.exitCode()).isZero();
    assertThat(session.out())
        .isEqualTo(
            START
                + """
                ✗ Invalid choice. Please enter one of: 1, 2, 3

                Select Source storage type (1-3) (Press Enter to exit):\s"""
                + JSON_READY
                + TARGETS
                + """

                Checking configuration...
                ✓ All required environment variables are set

                Initializing Target storage...
                - Storage Type: RemoteKVStorage
                - Workspace: space2
                - Connection Status: ✓ Success
                - Configuration Source: environment variables
                - Note: The server is slow.

                Counting cache records...
                Scanning remote keys... found 1 record
                - Total: 1 record

                ==================================================
                Migration Confirmation
                ==================================================
                Source: JsonKVStorage (workspace: space1) - 2,500 records
                Target: RemoteKVStorage (workspace: space2) - 1 record
                Batch Size: 1,000 records/batch
                Memory Mode: Streaming (memory-optimized)

                ⚠️ Warning: Target storage already has 1 record
                Migration will overwrite records with the same keys

                Continue? (y/n):\s
                === Starting Streaming Migration ===
                💡 Memory-optimized mode: Processing 1,000 records at a time

                Batch 1/3: ████████░░░░░░░░░░░░ 1,000/2,500 (40.0%) - default:extract ✓
                Batch 2/3: ████████████████░░░░ 2,000/2,500 (80.0%) - default:extract ✓
                Batch 3/3: ████████████████████ 2,500/2,500 (100.0%) - default:extract ✓

                Persisting data to disk...
                ✓ Data persisted successfully

                ============================================================
                Migration Complete - Final Report
                ============================================================

                Source: JsonKVStorage (workspace: space1)
                        DIR/rag_storage/space1/kv_store_llm_response_cache.json
                Target: RemoteKVStorage (workspace: space2)
                        remote space2

                📊 Statistics:
                  Total source records:    2,500
                  Total batches:           3
                  Successful batches:      3
                  Failed batches:          0
                  Successfully migrated:   2,500
                  Failed to migrate:       0
                  Success rate:            100.00%
                  Duration:                TIME

                  By cache type:
                    extract:               625 migrated
                    summary:               625 migrated
                    analysis:              625 migrated
                    smartheading:          625 migrated

                ============================================================
                ✓ SUCCESS: All records migrated successfully!
                ============================================================
                """);
    List<String> keys = SampleRecords.usual(2500).stream().map(CacheRecord::key).toList();
    assertThat(remote.find("space2", keys)).hasSize(2500);
  }

  @Test
  void noWarningForAnEmptyTargetAndNoLeavesItEmpty() {
    Session session = session("1", "1", "n").run();

    assertThat(session.exitCode()).isZero();
    assertThat(session.out())
        .doesNotContain("Warning")
        .endsWith("\nContinue? (y/n): \n✗ Migration cancelled\n");
  }

  @Test
  void endOfInputIsACleanExitAtEveryPrompt() {
    Session source = session().run();
    Session target = session("1").run();
    Session confirmation = session("1", "1").run();

    assertThat(source.out()).isEqualTo(START + "\n" + CANCELLED);
    assertThat(target.out()).isEqualTo(START + JSON_READY + TARGETS + "\n" + CANCELLED);
    assertThat(confirmation.out()).endsWith("Continue? (y/n): \n\n✗ Migration cancelled\n");
    assertThat(List.of(source, target, confirmation))
        .allSatisfy(
            session -> {
              assertThat(session.exitCode()).isZero();
              assertThat(session.err()).isEmpty();
            });
  }

  @Test
  void enterAndZeroLeavePolitely() {
    for (String answer : List.of("", "0", "  ")) {
      Session session = session(answer).run();
      assertThat(session.out()).isEqualTo(START + CANCELLED);
      assertThat(session.exitCode()).isZero();
    }
    assertThat(session("1", "0").run().out()).isEqualTo(START + JSON_READY + TARGETS + CANCELLED);
  }

  @Test
  void initialisationThatFailsShowsHowToConfigure() throws IOException {
    Files.writeString(
        directory.resolve("config.ini"), "[remote]\nuri = remote://u:s3cr3t@h\nname = n\n");
    Session session =
        new Session(directory, new JsonStorageAdapter(), remote)
            .set("SOURCE_WORKSPACE", "space1")
            .type("1", "1")
            .run();

    assertThat(session.exitCode()).isEqualTo(1);
    assertThat(session.out())
        .endsWith(
            """
            Select Target storage type (1) (Press Enter to exit):\s
            Checking configuration...
            ⚠️  Warning: Missing environment variables: REMOTE_URI, REMOTE_NAME
               ✓ Found configuration in config.ini

            Initializing Target storage...
            ✗ Initialization failed: the server refuses ***

            For RemoteKVStorage, you can configure using:
              1. Environment variables (highest priority)
                 - REMOTE_URI
                 - REMOTE_NAME
              2. config.ini file (medium priority)
                 [remote]
                 uri = remote://localhost:1

            ✗ Target storage setup failed
            """);
  }

  @Test
  void missingSettingsEndWithTheCodeForSettings() {
    Session session = new Session(directory, remote, new JsonStorageAdapter()).type("1").run();

    assertThat(session.exitCode()).isEqualTo(2);
    assertThat(session.out())
        .contains(
            "⚠️  Warning: Missing environment variables: REMOTE_URI, REMOTE_NAME\n"
                + "   Will attempt to use defaults for RemoteKVStorage\n")
        .contains("✗ Initialization failed: settings of RemoteKVStorage:\n  REMOTE_NAME (or name");
  }

  @Test
  void traceOnRequestHoldsNoSecret() {
    Session session = session("3").set("REMOTE_URI", "remote://u:s3cr3t@h").run("--verbose");

    assertThat(session.err()).contains("StoreException", "driver: ***", "\tat ");
    assertThat(session.out() + session.err()).doesNotContain("s3cr3t");
  }

  @Test
  void emptySourceEndsBeforeTheTargetIsAskedFor() {
    Session session = session("1").set("SOURCE_WORKSPACE", "my-ws").run();

    assertThat(session.exitCode()).isZero();
    assertThat(session.out())
        .endsWith(
            "- Total: 0 records\n\n⚠️  Source storage has no cache records to migrate\n"
                + "   Note: workspace my-ws has no records; there is a cache in workspace space1:"
                + " choose it with --source-workspace\n");
  }

  @Test
  void emptySourceNamesTheServersSpelling() {
    Session.hold(directory, "my_ws", SampleRecords.usual(3));

    assertThat(session("1").set("SOURCE_WORKSPACE", "my-ws").run().out())
        .endsWith("   Note: workspace my_ws holds 3 records: LightRAG's server writes my-ws so\n");
  }

  @Test
  void withoutASecondConfiguredStoreNoMigrationIsPossible() {
    Session session =
        new Session(directory, new JsonStorageAdapter(), remote)
            .set("WORKSPACE", "space1")
            .type("1")
            .run();

    assertThat(session.exitCode()).isZero();
    assertThat(session.out())
        .endsWith(
            """
            - Total: 2,500 records

            ============================================================
            ⚠️  Warning: Migration Not Possible
            ============================================================
            Only 1 storage type(s) available.
            Migration requires at least 2 different storage types.

            To enable migration, configure additional storage:
              1. Set environment variables, OR
              2. Update config.ini file

            Supported storage types:
              - RemoteKVStorage
                Required: REMOTE_URI
                Required: REMOTE_NAME
            ============================================================

            What to do: either set what a store needs, in the environment or in .env, and
            start again; 'migrate doctor' tells whether it can be reached:
              RemoteKVStorage
                REMOTE_URI=remote://localhost:1
                REMOTE_NAME=...

            Or name both stores; they may be one store with two workspaces:
              migrate --from json --to remote
              migrate --from json --to json --source-workspace A --target-workspace B
            More: migrate --help
            """);
  }

  @Test
  void failedRecordsAreShownAndKept() throws IOException {
    List<CacheRecord> poisoned = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      poisoned.add(
          CacheRecord.of(
              "default:extract:poison " + i, SampleRecords.usual("extract", "x").fields()));
    }
    Session.hold(directory, "space1", poisoned);
    Session session =
        session("1", "2", "y")
            .set("REMOTE_URI", "remote://u:right@h")
            .run("--batch-size", "2000", "--failures", directory.resolve("f/failed").toString());

    assertThat(session.exitCode()).isEqualTo(3);
    assertThat(session.out())
        .contains(
            "(79.8%) - default:extract ✓\n",
            "2,507/2,507 (100.0%) - default:extract ✗ 7 of 507 failed, the first: poison is not taken\n",
            "  Successful batches:      1\n  Failed batches:          1\n",
            "  Success rate:            99.72%\n",
            """

            ⚠️  Errors encountered: 7

            Error Details:
            ------------------------------------------------------------

            Error Summary:
              - rejected: 7 occurrence(s)

            First 5 errors:

              1. default:extract:poison 0
                 Type: rejected
                 Message: poison is not taken

              2. default:extract:poison 1
            """,
            "\n  ... and 2 more errors\n\nFailed records are kept in: DIR/f/failed\n",
            "⚠️  WARNING: Migration completed with errors!\n")
        .doesNotContain("SUCCESS", "  6. ");
    assertThat(Files.readAllLines(directory.resolve("f/failed"))).hasSize(7);
  }

  @Test
  void countsLiveOnATerminalAndColoursNames() {
    Session session = session("1", "2").onTerminal().set("REMOTE_URI", "remote://u:right@h").run();

    assertThat(session.out())
        .contains(
            "Scanning remote keys...\rScanning remote keys... found 0 records\r",
            "Source: \u001b[1;36mJsonKVStorage\u001b[0m (workspace: \u001b[1;36mspace1\u001b[0m)");
    assertThat(session("1", "2").onTerminal().set("NO_COLOR", "1").run().out())
        .doesNotContain("\u001b");
  }

  @Test
  void takesSettingsFilesAndSideVariablesAsFlagsDo() throws IOException {
    Path file = Files.writeString(directory.resolve("own.env"), "WORKSPACE=space1\n");
    Session session =
        new Session(directory, new JsonStorageAdapter(), new InMemoryAdapter())
            .type("1", "1", "n")
            .run("--source-env-file", file.toString(), "--target-workspace", "");

    assertThat(session.out())
        .contains(
            "Source: JsonKVStorage (workspace: space1) - 2,500 records\n"
                + "Target: InMemoryKVStorage (workspace: (default)) - 0 records\n");
  }
}
