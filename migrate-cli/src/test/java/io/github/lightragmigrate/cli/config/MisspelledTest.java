package io.github.lightragmigrate.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.adapters.AdapterDiscovery;
import io.github.lightragmigrate.spi.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MisspelledTest {

  /** All names in LightRAG's sources that can be one of a variable. */
  private static final String NAMES_IN_LIGHTRAG =
      """
      import ast, pathlib, re, importlib.util
      root = pathlib.Path(importlib.util.find_spec("lightrag").origin).parent
      names = set()
      for file in root.rglob("*.py"):
          for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
              if isinstance(node, ast.Constant) and isinstance(node.value, str):
                  if re.fullmatch("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*", node.value):
                      names.add(node.value)
      example = root.parent / "env.example"
      if example.exists():
          names.update(re.findall("^[# ]*([A-Z][A-Z0-9_]*) *=", example.read_text(), re.M))
      print("\\n".join(sorted(names)))
      """;

  @TempDir Path directory;

  private final Misspelled misspelled =
      new Misspelled(
          AdapterDiscovery.discover(getClass().getClassLoader(), Optional.empty())
              .adapters()
              .stream()
              .flatMap(adapter -> adapter.settings().stream())
              .map(Setting::name)
              .toList());

  private List<String> among(String... names) {
    return misspelled.among(
        List.of(names).stream().collect(Collectors.toMap(Function.identity(), name -> ".env")));
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRES_HSOT,POSTGRES_HOST",
    "SOURCE_REDIS_URL,SOURCE_REDIS_URI",
    "TARGET_WORKSPCE,TARGET_WORKSPACE",
    "TAGRET_WORKSPACE,TARGET_WORKSPACE",
    "MONGODB_URI,MONGO_URI",
    "OPENSEARCH_HOST,OPENSEARCH_HOSTS",
    "WORKING_DIRS,WORKING_DIR",
    "redis_uri,REDIS_URI"
  })
  void aSlipIsToldWithBothNames(String wrong, String right) {
    assertThat(among(wrong))
        .containsExactly(wrong + " in .env is no setting; did you mean '" + right + "'?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POSTGRES_HOST",
        "TARGET_PORT",
        "SOURCE_HOST",
        "HOST",
        "POST",
        "PATH",
        "REDIS_HOST",
        "MONGO_DB",
        "CODESPACE"
      })
  void noFalseAlarm(String name) {
    assertThat(among(name)).isEmpty();
  }

  @Test
  void anotherProgramsNameBesideOursIsNoSlip() {
    assertThat(among("REDIS_URL", "REDIS_URI")).isEmpty();
    assertThat(among("REDIS_URL", "SOURCE_REDIS_URI")).hasSize(1);
  }

  @Test
  void noneOfLightRagsOwnNamesIsTakenForASlip() throws IOException {
    String python = System.getenv("MIGRATE_LIGHTRAG_PYTHON");
    Assumptions.assumeTrue(
        python != null && !python.isEmpty(), "MIGRATE_LIGHTRAG_PYTHON names no Python");
    Process process =
        new ProcessBuilder(python, "-c", NAMES_IN_LIGHTRAG)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> names =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(names).hasSizeGreaterThan(200).contains("POSTGRES_HNSW_M", "NEO4J_WORKSPACE");

    for (String name : names) {
      for (String prefix : List.of("", "SOURCE_", "TARGET_")) {
        assertThat(misspelled.among(Map.of(prefix + name, ".env"))).isEmpty();
      }
    }
  }
}
