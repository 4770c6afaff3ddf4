package io.github.lightragmigrate.cli.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.config.EnvFile.Expansion;
import io.github.lightragmigrate.cli.config.SettingsSources.Setting;
import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generated files (fixed seed), value by value against the Python libraries that LightRAG reads
 * them with.
 */
class PythonOracleTest {
  private static final String VARIABLE = "MIGRATE_LIGHTRAG_PYTHON";
  private static final int FILES_OF_EACH_KIND = 1500;
  private static final Map<String, String> ENVIRONMENT =
      Map.of("A", "a from env", "EMPTY", "", "HOME", "/h$1\\", "K1", "k ${A}");

  @TempDir Path directory;

  @Test
  void readsGeneratedFilesAsPythonDoes() throws Exception {
    String python = System.getenv(VARIABLE);
    if (python == null || python.isEmpty()) {
      String reason = "skipped: " + VARIABLE + " names no Python that has python-dotenv";
      System.out.println("PythonOracleTest " + reason);
      Assumptions.abort(reason);
    }
    writeCases();

    Map<String, List<String[]>> facts =
        runOracle(python).stream()
            .map(line -> line.split("\t", -1))
            .collect(Collectors.groupingBy(fact -> fact[0], TreeMap::new, Collectors.toList()));

    List<String> differences = new ArrayList<>();
    facts.forEach(
        (name, expected) -> {
          Path file = directory.resolve(name + (name.startsWith("env") ? ".env" : ".ini"));
          String difference =
              name.startsWith("env") ? compareEnv(file, expected) : compareIni(file, expected);
          if (!difference.isEmpty()) {
            differences.add(name + ": " + difference);
          }
        });
    assertThat(facts).hasSize(4 * FILES_OF_EACH_KIND);
    assertThat(differences).isEmpty();
  }

  private static String compareEnv(Path file, List<String[]> facts) {
    EnvFile environmentFirst = EnvFile.readIfPresent(file, ENVIRONMENT);
    EnvFile fileFirst = EnvFile.read(file, ENVIRONMENT, Expansion.FILE_FIRST);
    SettingsSources sources =
        new SettingsSources(
            Side.SOURCE,
            ENVIRONMENT,
            environmentFirst,
            null,
            ConfigIni.readIfPresent(file.resolveSibling("none.ini")));
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> actual = new TreeMap<>();
    environmentFirst.values().forEach((k, v) -> actual.put("environment-first " + k, v));
    fileFirst.values().forEach((k, v) -> actual.put("file-first " + k, v));
    actual.put("invalid", String.valueOf(environmentFirst.warnings().size()));
    for (String[] fact : facts) {
      if (fact[1].equals("invalid")) {
        expected.put("invalid", fact[2]);
        continue;
      }
      String key = text(fact[2]);
      String value = text(fact[3]);
      if (value != null) {
        expected.put(fact[1] + " " + key, value);
      }
      if (fact[1].equals("loaded")) {
        sources
            .lookup(Objects.requireNonNull(key))
            .map(Setting::value)
            .ifPresent(found -> actual.put("loaded " + key, found));
      }
    }
    return actual.equals(expected) ? "" : "python " + expected + ", here " + actual;
  }

  private static String compareIni(Path file, List<String[]> facts) {
    ConfigIni config;
    try {
      config = ConfigIni.read(file);
    } catch (SettingsFileException e) {
      return facts.get(0)[1].equals("refused") ? "" : "refused here alone: " + e.getMessage();
    }
    StringBuilder differences = new StringBuilder();
    for (String[] fact : facts) {
      if (fact[1].equals("refused")) {
        return "refused by Python alone";
      }
      String section = Objects.requireNonNull(text(fact[2]));
      String option = Objects.requireNonNull(text(fact[3]));
      String actual;
      try {
        actual = config.get(section, option).map(PythonOracleTest::hexed).orElse("none");
      } catch (SettingsFileException e) {
        actual = "refused";
      }
      if (!actual.equals(fact[4])) {
        differences.append(section + "/" + option + " python " + fact[4] + ", here " + actual);
      }
    }
    return differences.toString();
  }

  private void writeCases() throws IOException {
    Files.writeString(
        directory.resolve("environment"),
        ENVIRONMENT.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining("\n")));
    SettingsFileGenerator generator = new SettingsFileGenerator(new Random(20261124));
    for (int i = 0; i < FILES_OF_EACH_KIND; i++) {
      Files.writeString(directory.resolve("env-lines-" + i + ".env"), generator.envLines());
      Files.writeString(directory.resolve("env-chaos-" + i + ".env"), generator.envChaos());
      Files.writeString(directory.resolve("ini-lines-" + i + ".ini"), generator.iniLines());
      Files.writeString(directory.resolve("ini-chaos-" + i + ".ini"), generator.iniChaos());
    }
  }

  private List<String> runOracle(String python) throws IOException, InterruptedException {
    Path script = directory.resolve("settings_oracle.py");
    try (InputStream resource = getClass().getResourceAsStream("settings_oracle.py")) {
      Files.copy(Objects.requireNonNull(resource), script);
    }
    Path output = directory.resolve("output");
    ProcessBuilder builder = new ProcessBuilder(python, script.toString(), directory.toString());
    builder.environment().put("PYTHONUTF8", "1");
    Process process =
        builder
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor()).as("exit code of the oracle").isZero();
    return Files.readAllLines(output);
  }

  private static @Nullable String text(String hexed) {
    return hexed.equals("none") ? null : new String(HexFormat.of().parseHex(hexed), UTF_8);
  }

  private static String hexed(String text) {
    return HexFormat.of().formatHex(text.getBytes(UTF_8));
  }
}
