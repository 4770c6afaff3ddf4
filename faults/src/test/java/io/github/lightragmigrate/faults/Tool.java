package io.github.lightragmigrate.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts the built jar for one migration, again and again, in a directory of its own. */
final class Tool {

  private static final String CHECKPOINT = "--checkpoint";
  private static final String JAR = System.getProperty("migrate.jar", "");

  private final Path directory;
  private final Place source;
  private final Place target;
  private final List<String> options = new ArrayList<>();
  private final List<String> shell = new ArrayList<>();
  private int runs;

  /**
   * @param directory where the tool keeps its checkpoint and its failure log, and this its output
   */
  Tool(Path directory, Place source, Place target) {
    this.directory = directory;
    this.source = source;
    this.target = target;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Further options for every run. */
  Tool with(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** Before the tool, in the same process: {@code ulimit -f 100}. */
  Tool after(String shellCommand) {
    shell.add(shellCommand);
    return this;
  }

  Path checkpoint() {
    return directory.resolve("checkpoint.json");
  }

  /** Goes on from the checkpoint; begins at the start where there is none. */
  ToolRun resume() {
    return start("--resume");
  }

  ToolRun start(String... more) {
    List<String> command = new ArrayList<>();
    if (!shell.isEmpty()) {
      String script = String.join(" && ", shell) + " && exec \"$@\"";
      command.addAll(List.of("sh", "-c", script, "sh"));
    }
    // a build in the background passes SIGINT on as ignored
    command.addAll(List.of("env", "--default-signal=INT"));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            // many short runs on few cores
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            JAR,
            "--from",
            source.store(),
            "--to",
            target.store(),
            "--yes"));
    if (!options.contains(CHECKPOINT)) {
      command.addAll(List.of(CHECKPOINT, checkpoint().toString()));
    }
    command.addAll(options);
    command.addAll(List.of(more));
    Path output = directory.resolve("output." + runs + ".txt");
    Path report = directory.resolve("report." + runs + ".json");
    runs++;
    command.addAll(List.of("--report", report.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables());
    try {
      return new ToolRun(builder.start(), output, report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    variables.put("PATH", System.getenv("PATH"));
    variables.put("LANG", "C.UTF-8");
    source.settings().forEach((name, value) -> variables.put("SOURCE_" + name, value));
    target.settings().forEach((name, value) -> variables.put("TARGET_" + name, value));
    return variables;
  }

  static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
