package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.config.SettingsLayers;
import io.github.lightragmigrate.cli.config.SettingsLayers.SideOptions;
import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Files with settings for both sides. */
final class FileOptions {

  private final Host host;

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description = "Settings as KEY=value, instead of ./.env.")
  private @Nullable Path envFile;

  @Option(
      names = "--config-file",
      paramLabel = "FILE",
      description = "Settings in sections, instead of ./config.ini.")
  private @Nullable Path configFile;

  FileOptions(Host host) {
    this.host = host;
  }

  /** Warns of lines that are no settings. */
  SettingsLayers load(Map<Side, SideOptions> sides, Terminal terminal) {
    SettingsLayers layers =
        SettingsLayers.load(
            host.directory(),
            host.environment(),
            Optional.ofNullable(envFile),
            Optional.ofNullable(configFile),
            sides);
    layers.warnings().forEach(terminal::warning);
    return layers;
  }
}
