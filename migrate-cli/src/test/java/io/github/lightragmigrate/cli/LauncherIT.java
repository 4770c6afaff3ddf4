package io.github.lightragmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a project of its own, whose Maven notes that it was called and copies the jar.
 */
class LauncherIT {

  private record Result(int exitCode, String out, String err) {}

  @TempDir Path root;
  private Path project;
  private Path bin;
  private Path jar;
  private Path calls;

  @BeforeEach
  void project() throws IOException {
    project = Files.createDirectory(root.resolve("a project"));
    bin = Files.createDirectory(root.resolve("bin"));
    calls = root.resolve("calls");
    jar = project.resolve("migrate-cli/target/migrate-cli.jar");
    Files.copy(
        Path.of("..", "migrate"), project.resolve("migrate"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(project.resolve("migrate-cli/src/main"));
    Files.createDirectories(project.resolve("migrate-core/src/main"));
    Files.writeString(project.resolve("pom.xml"), "");
    Path built = Path.of("target", "migrate-cli.jar").toAbsolutePath();
    script(
        "mvn",
        "echo \"$PWD $*\" >>'%s'; mkdir -p migrate-cli/target; cp '%s' migrate-cli/target/"
            .formatted(calls, built));
  }

  @Test
  void buildsOnFirstUseAndAfterAChange() throws Exception {
    Result first = run(project.resolve("migrate"), Map.of(), "--version");
    assertThat(first.err()).startsWith("migrate: building the tool");
    assertThat(first.out()).startsWith("lightrag-migrate ");
    assertThat(first.exitCode()).isZero();
    assertThat(Files.readString(calls)).startsWith(project.toRealPath() + " ");

    assertThat(run(project.resolve("migrate"), Map.of(), "--version").err()).isEmpty();
    assertThat(Files.readAllLines(calls)).hasSize(1);

    change("migrate-core/src/main/New.java");
    run(project.resolve("migrate"), Map.of(), "--version");
    change("pom.xml");
    run(project.resolve("migrate"), Map.of(), "--version");
    assertThat(Files.readAllLines(calls)).hasSize(3);
  }

  /** Its run for the class archive is not to touch what the user's variables name. */
  @Test
  void theFirstRunTouchesNoStoreOfTheUsers() throws Exception {
    Path store = root.resolve("store");
    Path cache = store.resolve("b/kv_store_llm_response_cache.json");
    Files.createDirectories(cache.getParent());
    Files.writeString(cache, "{\"default:extract:1\": {\"return\": \"paid for\"}}");
    Map<String, String> variables =
        Map.of("TARGET_WORKING_DIR", store.toString(), "SOURCE_WORKING_DIR", store.toString());

    assertThat(run(project.resolve("migrate"), variables, "--help").exitCode()).isZero();

    assertThat(cache).content().contains("paid for");
    assertThat(project.resolve("migrate-cli/target/migrate-cli.jsa")).isNotEmptyFile();
    try (Stream<Path> left = Files.list(store)) {
      assertThat(left).containsExactly(store.resolve("b"));
    }
  }

  @Test
  void startsWithoutTheArchiveWhereItCannotBeMade() throws Exception {
    run(project.resolve("migrate"), Map.of(), "--version");
    Files.delete(project.resolve("migrate-cli/target/migrate-cli.jsa"));
    Map<String, String> nowhere = Map.of("TMPDIR", root.resolve("none").toString());

    Result result = run(project.resolve("migrate"), nowhere, "--version");

    assertThat(result.out()).startsWith("lightrag-migrate ");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void worksThroughALinkFromElsewhereAndPassesArgumentsOn() throws Exception {
    Path link = Files.createSymbolicLink(bin.resolve("lm"), Path.of("..", "a project", "migrate"));
    Path second = Files.createSymbolicLink(root.resolve("second"), link);

    Result result = run(second, Map.of("JAVA_OPTS", "-Xmx64m -Dx=y"), "--from", "a b*", "--to", "");

    assertThat(result.err()).contains("no store 'a b*'", "no store ''");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(jar).exists();
  }

  @Test
  void showsMavensMessagesWhenTheBuildFails() throws Exception {
    script("mvn", "echo compiler says no; exit 1");

    Result result = run(project.resolve("migrate"), Map.of(), "--version");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("compiler says no", "the build failed");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void asksForJavaAndMaven() throws Exception {
    script("java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
    Result old = run(project.resolve("migrate"), Map.of("JAVA_HOME", ""), "--version");
    assertThat(old.exitCode()).isEqualTo(1);
    assertThat(old.err()).contains("Java 17 or newer is needed", "version 11");

    Files.delete(bin.resolve("mvn"));
    Result noMaven =
        run(project.resolve("migrate"), Map.of("PATH", tools().toString()), "--version");
    assertThat(noMaven.exitCode()).isEqualTo(1);
    assertThat(noMaven.err()).contains("Maven 3.8 or newer is needed");
  }

  private void change(String file) throws IOException {
    Path changed = project.resolve(file);
    Files.writeString(changed, "");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(5)));
    Files.setLastModifiedTime(changed, FileTime.from(Instant.now().minusSeconds(1)));
  }

  private void script(String name, String body) throws IOException {
    Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  /** A PATH of the few commands that the launcher needs, with no Maven. */
  private Path tools() throws IOException {
    Path tools = Files.createDirectory(root.resolve("tools"));
    for (String name : List.of("sed", "head", "find", "dirname", "readlink")) {
      Path tool = tools.resolve(name);
      Files.writeString(tool, "#!/bin/sh\nPATH=/usr/bin:/bin exec " + name + " \"$@\"\n");
      Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    }
    return tools;
  }

  private Result run(Path script, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(args));
    Path out = root.resolve("out");
    Path err = root.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    return new Result(
        exitCode,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
