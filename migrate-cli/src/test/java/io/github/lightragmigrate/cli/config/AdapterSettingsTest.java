package io.github.lightragmigrate.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.cli.config.SettingsLayers.SideOptions;
import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.spi.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterSettingsTest {

  private static final Setting URI =
      Setting.text("REDIS_URI", "server")
          .ini("redis", "uri")
          .withDefault("redis://localhost")
          .asRequired()
          .asSecret();
  private static final Setting PASSWORD = Setting.text("PASSWORD", "password").asSecret();
  private static final Setting OWN =
      Setting.of("POSTGRES_WORKSPACE", Setting.Type.WORKSPACE, "own").ini("postgres", "workspace");
  private static final List<Setting> DECLARED = List.of(URI, PASSWORD, OWN, Setting.WORKSPACE);

  @TempDir Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<Side, SideOptions> options = new HashMap<>();

  private AdapterSettings target() {
    return SettingsLayers.load(directory, environment, Optional.empty(), Optional.empty(), options)
        .resolve(Side.TARGET, DECLARED);
  }

  private String ownWorkspace() {
    return target().values().text(OWN);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(directory.resolve(file), text);
  }

  @Test
  void sidesWorkspaceBeatsTheStoresPlainOne() throws IOException {
    write("config.ini", "[postgres]\nworkspace = ini\n");
    environment.put("WORKSPACE", "general");
    assertThat(ownWorkspace()).isEqualTo("ini");

    environment.put("SOURCE_WORKSPACE", "other side");
    assertThat(ownWorkspace()).isEqualTo("ini");

    environment.put("POSTGRES_WORKSPACE", "plain");
    assertThat(ownWorkspace()).isEqualTo("plain");

    environment.put("TARGET_WORKSPACE", "side");
    assertThat(ownWorkspace()).isEqualTo("side");
    assertThat(target().entries().get(2).origin()).isEqualTo("TARGET_WORKSPACE in environment");

    environment.put("TARGET_POSTGRES_WORKSPACE", "side's own");
    assertThat(ownWorkspace()).isEqualTo("side's own");
  }

  @Test
  void workspaceOfTheSidesOwnFileBeatsTheStoresPlainOne() throws IOException {
    write("prod.env", "WORKSPACE=prod\n");
    environment.put("POSTGRES_WORKSPACE", "plain");
    options.put(
        Side.TARGET,
        new SideOptions(
            Optional.of(directory.resolve("prod.env")), Optional.empty(), "--target-workspace"));

    assertThat(ownWorkspace()).isEqualTo("prod");
  }

  @Test
  void workspaceOfTheCommandLineBeatsAllEvenWhenEmpty() {
    environment.put("TARGET_POSTGRES_WORKSPACE", "side's own");
    environment.put("TARGET_WORKSPACE", "side");
    options.put(
        Side.TARGET, new SideOptions(Optional.empty(), Optional.of(""), "--target-workspace"));

    assertThat(ownWorkspace()).isEmpty();
    assertThat(target().values().get(Setting.WORKSPACE)).contains("");
  }

  @Test
  void namedFilesMustExist() {
    assertThatThrownBy(
            () ->
                SettingsLayers.load(
                    directory,
                    environment,
                    Optional.of(directory.resolve("none.env")),
                    Optional.empty(),
                    options))
        .isInstanceOf(SettingsFileException.class)
        .hasMessageContaining("none.env");
  }

  @Test
  void warnsOfLinesInEveryEnvFile() throws IOException {
    write(".env", "? x\n");
    write("prod.env", "A=1\n! x\n");
    options.put(
        Side.SOURCE,
        new SideOptions(
            Optional.of(directory.resolve("prod.env")), Optional.empty(), "--source-workspace"));

    assertThat(
            SettingsLayers.load(directory, environment, Optional.empty(), Optional.empty(), options)
                .warnings())
        .hasSize(2)
        .anySatisfy(warning -> assertThat(warning).contains("prod.env line 2"));
  }

  @Test
  void showsNoSecret() {
    environment.put("PASSWORD", "abc://p@ss");
    environment.put("REDIS_URI", "redis://user:p@:?ss@host:1/0?password=s3cr3t");
    assertThat(shown()).containsExactly("redis://user:***@host:1/0?***", "***");

    environment.put("REDIS_URI", "redis://host:1/0?token=s3cr3t");
    assertThat(shown()).contains("redis://host:1/0?***");

    environment.put("REDIS_URI", "redis://s3cr3t@host:1/0");
    assertThat(shown()).contains("redis://***@host:1/0");
    environment.put("REDIS_URI", "redis://s3cr3t:@host:1/0");
    assertThat(shown()).contains("redis://***@host:1/0");

    environment.put("REDIS_URI", "s3cr3t");
    assertThat(shown()).containsExactly("***", "***");

    environment.put("WORKSPACE", "h1:9200,user:s3cr3t@h2:9200,https://h3");
    assertThat(shown()).contains("h1:9200,***@h2:9200,https://h3");

    environment.remove("WORKSPACE");
    environment.remove("REDIS_URI");
    environment.put("PASSWORD", "");
    assertThat(shown()).containsExactly("redis://localhost", "");
    assertThat(target().entries().get(0).origin()).isEqualTo("default");
    assertThat(target().entries().get(3).origin()).isEqualTo("not set");
  }

  private List<String> shown() {
    return target().entries().stream().flatMap(entry -> ShownValue.of(entry).stream()).toList();
  }
}
