package io.github.lightragmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.PostgresTestServer;
import io.github.lightragmigrate.testservers.RedisTestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar at a shell, and on a terminal that util-linux' {@code script} makes. */
class ShellIT {

  private static final int PATIENCE_SECONDS = 120;

  private static final String[] COMPLETED = {
    "RAN --on-conflict skip",
    "RAN count --store postgres",
    "RAN verify --to mongo",
    "RAN count --types extract,summary",
    "RAN --types extract,analysis",
    "RAN doctor --color never",
    "RAN help retry"
  };

  private record Result(int exitCode, String out) {}

  @TempDir Path directory;
  @TempDir Path bin;

  @BeforeEach
  void command() throws IOException {
    Path command =
        Files.writeString(
            bin.resolve("migrate"),
            """
            #!/bin/sh
            exec '%s' -Xmx256m -jar '%s' "$@"
            """
                .formatted(
                    ProcessHandle.current().info().command().orElse("java"),
                    Path.of("target", "migrate-cli.jar").toAbsolutePath()));
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static boolean has(String program) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }

  /** Both streams together; the input is what was typed, and then its end. */
  private Result run(Map<String, String> environment, String typed, String... command) {
    try {
      Path in = Files.writeString(bin.resolve("in"), typed);
      Path out = bin.resolve("out");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(in.toFile())
              .redirectErrorStream(true)
              .redirectOutput(out.toFile());
      String path = bin + ":" + System.getenv("PATH");
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder
          .environment()
          .putAll(
              Map.of("PATH", path, "HOME", bin.toString(), "SHELL", "/bin/sh", "TERM", "xterm"));
      builder.environment().putIfAbsent("LANG", "C.UTF-8");
      Process process = builder.start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + Files.readString(out));
      }
      return new Result(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** On a terminal of 60 columns. */
  private Result onTerminal(Map<String, String> environment, String command) {
    assumeTrue(has("script"), "there is no 'script'");
    return run(environment, "", "script", "-qec", "stty cols 60; " + command, "/dev/null");
  }

  @Test
  void aBarIsRedrawnOnATerminal() {
    Session.hold(directory, "a", SampleRecords.usual(2500));
    String command =
        "migrate --from json --to json --target-workspace b --yes --batch-size 100"
            + " --max-records-per-second 4000";

    Result unicode = onTerminal(Map.of("SOURCE_WORKSPACE", "a"), command);

    assertThat(unicode.exitCode()).as(unicode.out()).isZero();
    assertThat(unicode.out()).contains("\r\u001b[2K", "░", "  ETA 0:0");
    String screen = Screen.of(unicode.out().replace("\r\n", "\n"));
    assertThat(screen)
        .contains("\n████████████████████  100.0%  2,500/2,500  in 0:0", "✓ SUCCESS")
        .containsOnlyOnce("█  ")
        .doesNotContain("ETA", "░");
    assertThat(screen.lines().filter(line -> line.contains("█")))
        .allSatisfy(line -> assertThat(line.length()).isLessThan(60));

    Result ascii = onTerminal(Map.of("SOURCE_WORKSPACE", "a", "LC_ALL", "C"), command);
    assertThat(Screen.of(ascii.out().replace("\r\n", "\n")))
        .contains("\n####################  100.0%  2,500/2,500  in 0:0", "OK SUCCESS")
        .matches("[\\p{ASCII}]*");
  }

  @Test
  void bashCompletes() {
    assumeTrue(has("script"), "there is no 'script'");
    assertThat(run(Map.of(), "", "bash", "-c", "migrate completion bash >c").exitCode()).isZero();

    Result bash = completed("bash --norc --noprofile -i", "source ./c");

    assertThat(bash.out()).contains(COMPLETED);
  }

  @Test
  void zshCompletes() {
    assumeTrue(has("script") && has("zsh"), "there is no 'script' or no 'zsh'");
    assertThat(run(Map.of(), "", "bash", "-c", "migrate completion zsh >c").exitCode()).isZero();

    Result zsh = completed("zsh -f -i", "autoload -U compinit; compinit -u -D; source ./c");

    assertThat(zsh.out()).contains(COMPLETED);
  }

  /** Types the beginnings of words, and the tabulator behind each. */
  private Result completed(String shell, String setup) {
    return run(
        Map.of(),
        setup
            + "; migrate() { echo \"RAN $*\"; }\n"
            + "migrate --on\tsk\t\nmigrate count --store p\t\nmigrate ver\t--to mon\t\n"
            + "migrate count --types extract,su\t\nmigrate --types extract,an\t\n"
            + "migrate doctor --color n\t\nmigrate help re\t\nexit\n",
        "script",
        "-qec",
        shell,
        "/dev/null");
  }

  @Test
  void theManualPageIsClean() {
    assumeTrue(has("groff"), "there is no 'groff'");

    Result page = run(Map.of(), "", "bash", "-c", "migrate man >m && groff -man -Tascii -ww m");

    assertThat(page.exitCode()).as(page.out()).isZero();
    String text = page.out().replaceAll(".\b|\u001b\\[[0-9;]*m", "");
    assertThat(text)
        .contains(
            "--config-file, --source-env-file",
            "MIGRATE(1)",
            "EXIT STATUS",
            "--on-conflict=WHAT",
            "migrate doctor\n")
        .doesNotContain("warning", "%n", "${", "con-\n");
    assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  /** In the order of the manual page; each finds what the ones before have left. */
  @Test
  void theExamplesOfTheHelpRun() throws IOException {
    List<CacheRecord> records =
        SampleRecords.usual(40).stream()
            .filter(record -> record.key().matches("default:(extract|summary):.*"))
            .toList();
    Session.hold(directory, "a", records);
    Files.writeString(
        directory.resolve("failures.ndjson"),
        """
        {"key": "default:extract:1", "type": "gave_up", "reason": "r", "attempts": 1,\
         "time": "2026-01-01T00:00:00Z", "record": {"return": "x", "cache_type": "extract"}}
        """);
    try (RedisTestServer redis = RedisTestServer.start()) {
      Map<String, String> environment =
          new HashMap<>(Map.of("SOURCE_WORKSPACE", "a", "PORT", "none"));
      environment.putAll(redis.settings());
      environment.putAll(PostgresTestServer.shared().settings());
      environment.put("TARGET_WORKSPACE", "examples");
      environment.remove("WORKSPACE");
      int run = 0;
      for (String help :
          List.of(
              "", "verify", "count", "retry", "doctor", "adapters", "completion", "man", "help")) {
        for (String example : examples(help)) {
          Result result = run(environment, "", "bash", "-c", example);
          assertThat(result.exitCode()).as(example + "\n" + result.out()).isZero();
          run++;
        }
      }
      assertThat(run).isGreaterThan(15);
      assertThat(directory.resolve("report.html")).content().contains("✓ Verified");
    }
  }

  private List<String> examples(String command) {
    String help = run(Map.of(), "", "bash", "-c", "migrate " + command + " --help").out();
    List<String> examples = new ArrayList<>();
    help.substring(help.indexOf("Examples:")).lines().skip(1).forEach(examples::add);
    assertThat(examples)
        .as(command)
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).startsWith("  "));
    return examples;
  }
}
