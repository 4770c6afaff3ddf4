package io.github.lightragmigrate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.RemoteAdapter;
import io.github.lightragmigrate.cli.Session;
import io.github.lightragmigrate.json.JsonStorageAdapter;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a source that is not where its settings lead. */
class MissingSourceTest {

  private static final String PROBLEM =
      "Error: Source JsonKVStorage: WORKING_DIR names DIR/typo (SOURCE_WORKING_DIR in environment),"
          + " which does not exist";

  @TempDir Path directory;
  private final RemoteAdapter remote = new RemoteAdapter();

  @BeforeEach
  void hold() {
    Session.hold(directory, "", SampleRecords.usual(3));
    Session.hold(directory, "a", SampleRecords.usual(4));
  }

  private Session session() {
    return new Session(directory, new JsonStorageAdapter(), remote).set("REMOTE_NAME", "n");
  }

  private Session mistyped() {
    return session().set("SOURCE_WORKING_DIR", directory.resolve("typo").toString());
  }

  @Test
  void aDirectoryThatDoesNotExistIsAnErrorAndNothingIsMade() {
    Path report = directory.resolve("r.json");
    for (String[] command :
        List.of(
            new String[] {"--from", "json", "--to", "json", "--target-workspace", "b"},
            new String[] {"--from", "json", "--to", "remote", "--report", report.toString()},
            new String[] {"verify", "--from", "json", "--to", "remote"},
            new String[] {"count", "--store", "json"})) {
      Session session = mistyped().run(command);

      assertThat(session.exitCode()).as(session.out()).isEqualTo(1);
      assertThat(session.err()).startsWith(PROBLEM);
      assertThat(session.out()).isEmpty();
    }
    assertThat(directory.resolve("typo")).doesNotExist();
    assertThat(directory.resolve("rag_storage/b")).doesNotExist();
    assertThat(report).content().contains("WORKING_DIR names ");
  }

  @Test
  void theDefaultIsNoLessAnError() throws IOException {
    Path file = Files.writeString(directory.resolve("own.env"), "WORKING_DIR=./no/such\n");

    Session session =
        session().run("count", "--store", "json", "--source-env-file", file.toString());

    assertThat(session.err())
        .contains("WORKING_DIR names ./no/such (DIR/own.env), which does not exist");
  }

  @Test
  void aTargetNeedsNoDirectory() {
    Session session =
        session()
            .set("TARGET_WORKING_DIR", directory.resolve("new").toString())
            .run("--from", "json", "--to", "json", "--dry-run");

    assertThat(session.exitCode()).as(session.err()).isZero();
    assertThat(session.out()).contains("  New in the target:       3\n");
  }

  @Test
  void aWorkspaceWithoutACacheIsAWarningThatNamesTheOthers() {
    remote.hold("", SampleRecords.usual(2));
    remote.hold("r", SampleRecords.usual(2));

    for (String[] stores :
        List.of(new String[] {"json", "remote", "a"}, new String[] {"remote", "json", "r"})) {
      Session session =
          session().run("--from", stores[0], "--to", stores[1], "--source-workspace", "typo");

      assertThat(session.exitCode()).isZero();
      assertThat(session.err())
          .contains(
              "Warning: workspace typo has no records; there is a cache in workspace (default), "
                  + stores[2]
                  + ": choose it with --source-workspace\n");
      assertThat(session.out())
          .contains("⚠️  Source storage has no cache records to migrate")
          .doesNotContain("ersist", "SUCCESS");
    }
  }

  @Test
  void aLongListOfWorkspacesHasAnEnd() {
    for (int i = 0; i < 20; i++) {
      remote.hold("w" + i, List.of());
    }

    Session session = session().run("verify", "--from", "remote", "--to", "json");

    assertThat(session.err()).contains("w0, w1, w10, w11, ", " and 10 more: choose it with");
  }

  @Test
  void theWizardGoesAsFarAsLightRagsAndTellsWhy() {
    Session session = mistyped().set("REMOTE_URI", "remote://u:right@h").type("1").run();

    assertThat(session.exitCode()).isEqualTo(1);
    assertThat(session.out())
        .contains("- Connection Status: ✓ Success\n")
        .endsWith("- Total: 0 records\n\n⚠️  Source storage has no cache records to migrate\n");
    assertThat(session.err()).startsWith(PROBLEM);

    Session workspace =
        session().set("REMOTE_URI", "remote://u:right@h").set("WORKSPACE", "w").type("1").run();

    assertThat(workspace.exitCode()).isZero();
    assertThat(workspace.out())
        .endsWith(
            "⚠️  Source storage has no cache records to migrate\n"
                + "   Note: workspace w has no records; there is a cache in workspace (default), a:"
                + " choose it with --source-workspace\n");
  }
}
