package io.github.lightragmigrate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code settings_oracle.py}: LightRAG's own loaders, on all cases at once. */
final class SettingsOracle {

  /** The answer's name for what a store was not given, because LightRAG failed. */
  static final String ERROR = "error";

  private final Path directory;

  /**
   * @param directory for the files of the cases
   */
  SettingsOracle(Path directory) {
    this.directory = directory;
  }

  /** Where a case's {@code .env} and {@code config.ini} are. */
  Path directory(int index) {
    return directory.resolve("case-" + index);
  }

  /**
   * What LightRAG has, by store and setting, of each case.
   *
   * @param programs also ask, under {@code workspaces}, what programs pass to the stores
   */
  List<Map<String, Map<String, String>>> ask(
      String python, List<SettingsCase> cases, boolean programs)
      throws IOException, InterruptedException {
    List<JsonValue> requests = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      requests.add(write(cases.get(i), Files.createDirectory(directory(i)), programs));
    }
    Path questions =
        Files.write(directory.resolve("cases.json"), JsonValue.array(requests).toJson());
    Path answers = directory.resolve("results.json");
    Path log = directory.resolve("oracle.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                python,
                Path.of("src", "test", "python", "settings_oracle.py").toAbsolutePath().toString(),
                questions.toString(),
                answers.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("PYTHONUTF8", "1");
    Process process = builder.start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as(() -> tail(log)).isZero();
    return JsonValue.ofJson(Files.readAllBytes(answers)).elements().stream()
        .map(SettingsOracle::byStore)
        .toList();
  }

  private static JsonValue write(SettingsCase one, Path directory, boolean programs)
      throws IOException {
    if (one.envFile().isPresent()) {
      Files.write(directory.resolve(".env"), one.envFile().get());
    }
    if (one.configIni().isPresent()) {
      Files.write(directory.resolve("config.ini"), one.configIni().get());
    }
    Map<String, JsonValue> environment = new HashMap<>();
    one.environment().forEach((name, value) -> environment.put(name, JsonValue.of(value)));
    return JsonValue.object(
        Map.of(
            "directory", JsonValue.of(directory.toString()),
            "environment", JsonValue.object(environment),
            "stores", JsonValue.array(one.stores().stream().map(JsonValue::of).toList()),
            "programs", JsonValue.of(programs),
            "connect", JsonValue.of(one.isConnecting())));
  }

  private static Map<String, Map<String, String>> byStore(JsonValue answer) {
    Map<String, Map<String, String>> stores = new LinkedHashMap<>();
    answer
        .fields()
        .forEach(
            (store, values) -> {
              Map<String, String> texts = new HashMap<>();
              values
                  .fields()
                  .forEach((setting, value) -> texts.put(setting, value.asString().orElseThrow()));
              stores.put(store, texts);
            });
    return stores;
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      return "no log: " + e.getMessage();
    }
  }
}
