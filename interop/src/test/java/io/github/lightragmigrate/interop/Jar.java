package io.github.lightragmigrate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The built command line, in a process of its own. */
final class Jar {

  private static final Path FILE =
      Path.of("..", "migrate-cli", "target", "migrate-cli.jar").toAbsolutePath().normalize();

  private final Path directory;
  private final Places places;

  /** How a run ended, and its standard output and error. */
  record Result(int exit, String output) {}

  /**
   * @param directory the working directory
   */
  Jar(Path directory, Places places) {
    this.directory = directory;
    this.places = places;
  }

  /**
   * Migrates from one store's workspace to another's.
   *
   * @return the report of a run that has nothing to complain of
   */
  Map<String, JsonValue> migrate(
      String from, String fromWorkspace, String to, String toWorkspace, String... more)
      throws IOException, InterruptedException {
    Path report = directory.resolve("report-" + from + "-" + to + "-" + toWorkspace + ".json");
    List<String> arguments = new ArrayList<>(List.of("--from", from, "--to", to));
    arguments.addAll(List.of("--yes", "--quiet", "--report", report.toString()));
    arguments.addAll(List.of(more));
    Result result = run(workspaces(from, fromWorkspace, to, toWorkspace), arguments);
    assertThat(result.exit()).as(result.output()).isZero();
    return JsonValue.ofJson(Files.readAllBytes(report)).fields();
  }

  /** Both sides' variables: the servers', and one workspace for each side. */
  Map<String, String> workspaces(String from, String fromWorkspace, String to, String toWorkspace) {
    Map<String, String> variables = new HashMap<>(places.settings(from, ""));
    variables.putAll(places.settings(to, ""));
    variables.put("SOURCE_WORKSPACE", fromWorkspace);
    variables.put("TARGET_WORKSPACE", toWorkspace);
    return variables;
  }

  /** Runs it with these variables beside the test's own. */
  Result run(Map<String, String> variables, List<String> arguments)
      throws IOException, InterruptedException {
    // a run is short: what matters is how soon it starts
    List<String> command =
        new ArrayList<>(List.of(java(), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-jar", FILE.toString()));
    command.addAll(arguments);
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.endsWith("WORKSPACE"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as("ends within ten minutes").isTrue();
    return new Result(process.exitValue(), Files.readString(output));
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
