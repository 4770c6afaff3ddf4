package io.github.lightragmigrate.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * LightRAG's own migration tool, {@code lightrag.tools.migrate_llm_cache}, in a process of its own.
 */
final class PeerTool {

  private static final Map<String, String> WORKSPACES =
      Map.of(
          "json", "WORKSPACE",
          "redis", "REDIS_WORKSPACE",
          "postgres", "POSTGRES_WORKSPACE",
          "mongo", "MONGODB_WORKSPACE",
          "opensearch", "OPENSEARCH_WORKSPACE");

  private final String python;
  private final Path directory;
  private final Places places;

  PeerTool(String python, Path directory, Places places) {
    this.python = python;
    this.directory = directory;
    this.places = places;
  }

  /**
   * Migrates between two kinds of stores, for it knows no other way.
   *
   * @return its screen
   */
  String migrate(String from, String fromWorkspace, String to, String toWorkspace)
      throws IOException, InterruptedException {
    // it numbers the targets without the source
    List<String> targets = new ArrayList<>(Places.STORES);
    targets.remove(from);
    Path answers =
        Files.writeString(
            directory.resolve("answers.txt"),
            (Places.STORES.indexOf(from) + 1) + "\n" + (targets.indexOf(to) + 1) + "\ny\n");
    Path screen = directory.resolve("screen.txt");
    ProcessBuilder builder =
        new ProcessBuilder(python, "-m", "lightrag.tools.migrate_llm_cache")
            .directory(directory.toFile())
            .redirectInput(answers.toFile())
            .redirectOutput(screen.toFile())
            .redirectErrorStream(true);
    Map<String, String> variables = new HashMap<>(places.settings(from, ""));
    variables.putAll(places.settings(to, ""));
    variables.put(WORKSPACES.get(from), fromWorkspace);
    variables.put(WORKSPACES.get(to), toWorkspace);
    builder.environment().keySet().removeIf(name -> name.endsWith("WORKSPACE"));
    builder.environment().putAll(variables);
    builder.environment().put("PYTHONUTF8", "1");
    Process process = builder.start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    String text = Files.readString(screen, UTF_8);
    assertThat(ended).as(text).isTrue();
    assertThat(text).contains("All records migrated successfully");
    return text;
  }
}
