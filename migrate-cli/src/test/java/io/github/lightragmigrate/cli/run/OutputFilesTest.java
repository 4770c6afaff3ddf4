package io.github.lightragmigrate.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.RemoteAdapter;
import io.github.lightragmigrate.cli.Session;
import io.github.lightragmigrate.cli.html.HtmlReport;
import io.github.lightragmigrate.json.JsonStorageAdapter;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFilesTest {

  @TempDir Path directory;

  private Session session() {
    return new Session(directory, new JsonStorageAdapter(), new RemoteAdapter())
        .set("SOURCE_WORKSPACE", "a")
        .set("REMOTE_NAME", "n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--report", "--failures"})
  void aCacheOrSettingsFileIsNeverOverwritten(String option) throws IOException {
    Session.hold(directory, "a", SampleRecords.usual(5));
    Path cache;
    try (var files = Files.walk(directory)) {
      cache = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    Path settings = Files.writeString(directory.resolve("my.env"), "X=y\n");
    String before = Files.readString(cache);
    for (Path file : new Path[] {cache, settings}) {
      Session session = session().run("--from", "json", "--to", "remote", option, file.toString());
      assertThat(session.exitCode()).isEqualTo(2);
      assertThat(session.err()).contains(option, String.valueOf(file.getFileName()));
    }
    assertThat(cache).hasContent(before);
    assertThat(settings).hasContent("X=y\n");
  }

  @Test
  void anEarlierReportIsReplacedAndNeverOutlivesItsRun() throws IOException {
    Session.hold(directory, "a", SampleRecords.usual(5));
    Path report = directory.resolve("r.json");
    session().run("--from", "json", "--to", "remote", "--report", report.toString());
    assertThat(report).content().contains("completed");
    Session again =
        session().run("--from", "json", "--to", "remote", "--report", report.toString());
    assertThat(again.exitCode()).isZero();

    try (var files = Files.walk(directory)) {
      Path cache =
          files.filter(file -> file.toString().contains("kv_store")).findFirst().orElseThrow();
      Files.writeString(cache, "{broken");
    }
    Session failed =
        session().run("--from", "json", "--to", "remote", "--report", report.toString());
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(report)
        .content()
        .contains(
            "\"outcome\" : \"failed\"", "kv_store_llm_response_cache.json", "is not valid JSON");
  }

  @Test
  void aPageReplacesAnEarlierPageAndNoOtherOne() throws IOException {
    Session.hold(directory, "a", SampleRecords.usual(5));
    Path page = directory.resolve("r.html");
    String[] command = {"--from", "json", "--to", "remote", "--report", page.toString()};
    assertThat(session().run(command).exitCode()).isZero();
    assertThat(session().run(command).exitCode()).isZero();
    assertThat(page).content().startsWith(HtmlReport.BEGINNING);

    Files.writeString(page, "<!DOCTYPE html>\n<html><body>precious</body></html>");
    Session foreign = session().run(command);
    assertThat(foreign.exitCode()).isEqualTo(2);
    assertThat(foreign.err()).contains("r.html exists and is no report");
    assertThat(page).content().contains("precious");
  }

  @Test
  void aReportNeverTakesTheNameOfALightRagStore() {
    Path file = directory.resolve("rag_storage/b/kv_store_llm_response_cache.json");
    assertThat(OutputFiles.problems(Optional.of(file), Optional.empty(), Optional.empty()))
        .anyMatch(problem -> problem.contains("name of a LightRAG store"));
  }

  @Test
  void bothFilesMustDiffer() {
    Path file = directory.resolve("x");
    assertThat(
            OutputFiles.problems(
                Optional.of(file), Optional.of(directory.resolve("./x")), Optional.empty()))
        .anyMatch(problem -> problem.contains("same file"));
  }

  @Test
  void aFailureLogThatCannotBeMadeIsToldBeforehand() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThat(
            OutputFiles.problems(
                Optional.empty(), Optional.of(file.resolve("log")), Optional.empty()))
        .anyMatch(problem -> problem.contains("--failures"));
    assertThat(OutputFiles.problems(Optional.empty(), Optional.of(directory), Optional.empty()))
        .isNotEmpty();
    assertThat(
            OutputFiles.problems(
                Optional.empty(), Optional.of(directory.resolve("a/b/log")), Optional.empty()))
        .isEmpty();
  }
}
