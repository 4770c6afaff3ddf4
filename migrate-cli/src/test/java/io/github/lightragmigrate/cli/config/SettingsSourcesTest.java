package io.github.lightragmigrate.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.cli.config.EnvFile.Expansion;
import io.github.lightragmigrate.cli.config.SettingsSources.Layer;
import io.github.lightragmigrate.cli.config.SettingsSources.Setting;
import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsSourcesTest {
  @TempDir Path directory;

  /**
   * Every layer holds its own number; with the layers above taken away one by one, the next wins.
   */
  @Test
  void firstLayerThatHasTheSettingWins() throws IOException {
    List<String> origins = new ArrayList<>();
    for (int first = 1; first <= 8; first++) {
      Setting setting =
          withLayersFrom(first, Side.TARGET).lookup("REDIS_URI", "redis", "uri").orElseThrow();
      assertThat(setting.value()).isEqualTo("layer " + first);
      origins.add(setting.origin().replace(directory + "/", ""));
    }
    assertThat(withLayersFrom(9, Side.TARGET).lookup("REDIS_URI", "redis", "uri")).isEmpty();
    assertThat(origins)
        .containsExactly(
            "--target-uri",
            "TARGET_REDIS_URI in environment",
            "TARGET_REDIS_URI in .env",
            "TARGET_REDIS_URI in prod.env",
            "prod.env",
            "environment",
            ".env",
            "config.ini");
  }

  @Test
  void otherSidesVariablesDoNotCount() throws IOException {
    SettingsSources sources = withLayersFrom(2, Side.SOURCE);

    assertThat(sources.lookup("REDIS_URI").orElseThrow().value()).isEqualTo("layer 5");
  }

  @Test
  void emptyVariableWins() throws IOException {
    EnvFile envFile =
        envFile(".env", "REDIS_URI=\nTARGET_OPENSEARCH_USER=\nOPENSEARCH_USER=admin\nMONGO_URI");
    ConfigIni ini = ini("[redis]\nuri = ini\n[mongodb]\nuri = ini\n[postgres]\nhost = ini");
    SettingsSources sources =
        new SettingsSources(Side.TARGET, Map.of("POSTGRES_HOST", ""), envFile, null, ini);

    assertThat(sources.lookup("REDIS_URI", "redis", "uri").orElseThrow().value()).isEmpty();
    assertThat(sources.lookup("OPENSEARCH_USER", "opensearch", "user").orElseThrow().value())
        .isEmpty();
    assertThat(sources.lookup("POSTGRES_HOST", "postgres", "host").orElseThrow().value()).isEmpty();
    assertThat(sources.lookup("MONGO_URI", "mongodb", "uri").orElseThrow().value())
        .isEqualTo("ini");
  }

  @Test
  void configIniIsInterpolatedOnlyWhenItIsNeeded() throws IOException {
    ConfigIni ini = ini("[postgres]\npassword = 100%");
    EnvFile none = envFile(".env", "");
    SettingsSources with =
        new SettingsSources(Side.SOURCE, Map.of("POSTGRES_PASSWORD", "p"), none, null, ini);
    SettingsSources without = new SettingsSources(Side.SOURCE, Map.of(), none, null, ini);

    assertThat(with.lookup("POSTGRES_PASSWORD", "postgres", "password").orElseThrow().value())
        .isEqualTo("p");
    assertThatThrownBy(() -> without.lookup("POSTGRES_PASSWORD", "postgres", "password"))
        .isInstanceOf(SettingsFileException.class);
  }

  @Test
  void settingsTextHidesTheValue() {
    assertThat(new Setting("hunter2", "environment", Layer.ENVIRONMENT, false))
        .hasToString("Setting[from environment]");
  }

  private SettingsSources withLayersFrom(int first, Side side) throws IOException {
    Map<String, String> environment = new HashMap<>();
    StringBuilder env = new StringBuilder();
    StringBuilder sideEnv = new StringBuilder();
    put(first, 2, text -> environment.put("TARGET_REDIS_URI", text));
    put(first, 3, text -> env.append("TARGET_REDIS_URI=" + text + "\n"));
    put(first, 4, text -> sideEnv.append("TARGET_REDIS_URI=" + text + "\n"));
    put(first, 5, text -> sideEnv.append("REDIS_URI=" + text + "\n"));
    put(first, 6, text -> environment.put("REDIS_URI", text));
    put(first, 7, text -> env.append("REDIS_URI=" + text + "\n"));
    String ini = first <= 8 ? "[redis]\nuri = layer 8" : "";
    SettingsSources sources =
        new SettingsSources(
            side,
            environment,
            envFile(".env", env.toString()),
            envFile("prod.env", sideEnv.toString()),
            ini(ini));
    return first == 1 ? sources.withOverride("REDIS_URI", "layer 1", "--target-uri") : sources;
  }

  private static void put(int first, int layer, Consumer<String> layerOf) {
    if (first <= layer) {
      layerOf.accept("layer " + layer);
    }
  }

  private EnvFile envFile(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    return EnvFile.read(file, Map.of(), Expansion.ENVIRONMENT_FIRST);
  }

  private ConfigIni ini(String text) throws IOException {
    return ConfigIni.read(Files.writeString(directory.resolve("config.ini"), text));
  }
}
