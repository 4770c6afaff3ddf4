package io.github.lightragmigrate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.Session;
import io.github.lightragmigrate.json.JsonStorageAdapter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelpTest {

  private static final List<String> COMMANDS =
      List.of("count", "verify", "retry", "doctor", "adapters", "completion", "man", "help");

  @TempDir Path directory;

  private String out(String... arguments) {
    Session session = new Session(directory, new JsonStorageAdapter()).run(arguments);
    assertThat(session.exitCode()).as(session.err()).isZero();
    assertThat(session.err()).isEmpty();
    return session.out();
  }

  @Test
  void helpIsACommandToo() {
    assertThat(out("help")).isEqualTo(out("--help"));
    for (String command : COMMANDS) {
      assertThat(out("help", command)).isEqualTo(out(command, "--help")).contains(command);
      assertThat(out("--help")).contains("\n  " + command + " ");
      assertThat(out("man")).contains(".SS \"migrate " + command + "\"");
      assertThat(out("completion", "bash")).contains("_picocli_migrate_" + command + "()");
    }
  }

  @Test
  void usageLinesStandBelowEachOther() {
    assertThat(out("--help"))
        .startsWith(
            """
            Usage:
              migrate [OPTIONS]                          a wizard that asks
              migrate --from STORE --to STORE [OPTIONS]  one migration without questions
            """);
    assertThat(out("man"))
        .contains(".B \"migrate \\-\\-from STORE \\-\\-to STORE [OPTIONS]\"\n")
        .contains(".B \"migrate count \\-\\-store STORE [OPTIONS]\"\n");
    assertThat(out("count", "--help")).startsWith("Usage: migrate count --store STORE [OPTIONS]\n");
  }

  @Test
  void pathsAndListsAreNotTornAtLineEnds() {
    assertThat(out("--help"))
        .contains(
            " .lightrag-migrate/checkpoint-ID.json,",
            " .lightrag-migrate/failures-TIME.ndjson;",
            " extract,summary,analysis,smartheading)");
    for (String command : COMMANDS) {
      assertThat(out(command, "--help").lines())
          .allSatisfy(
              line ->
                  assertThat(line)
                      .hasSizeLessThanOrEqualTo(80)
                      .doesNotMatch(".*[ (]([-./]|--)")
                      .matches("\\p{ASCII}*"));
    }
  }

  @Test
  void whateverCanBeStoppedSaysSo() {
    for (String command : List.of("count", "verify", "retry", "doctor", "adapters")) {
      assertThat(out(command, "--help")).contains("\n  5   stopped by the user or a signal");
    }
  }

  @Test
  void theListOfCommandsHasALineOrTwoOfEach() {
    String list = out("--help").replaceAll("(?s).*\nCommands:\n(.*?)\n\n.*", "$1");
    assertThat(list.lines()).hasSizeBetween(COMMANDS.size(), COMMANDS.size() + 3);
    assertThat(list.toLowerCase(Locale.ROOT)).contains("counts the records");
  }
}
