package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.config.SettingsLayers.SideOptions;
import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Settings for one side alone. */
final class SideFileOptions {

  @Option(
      names = "--source-env-file",
      paramLabel = "FILE",
      description = "Settings for the source alone; they win over the other files.")
  private @Nullable Path sourceEnvFile;

  @Option(
      names = "--target-env-file",
      paramLabel = "FILE",
      description = "Settings for the target alone; they win over the other files.")
  private @Nullable Path targetEnvFile;

  @Option(
      names = "--source-workspace",
      paramLabel = "W",
      description = "Workspace to read from; may be empty.")
  private @Nullable String sourceWorkspace;

  @Option(
      names = "--target-workspace",
      paramLabel = "W",
      description = "Workspace to write to; may be empty.")
  private @Nullable String targetWorkspace;

  Map<Side, SideOptions> sides() {
    return Map.of(
        Side.SOURCE,
        new SideOptions(
            Optional.ofNullable(sourceEnvFile),
            Optional.ofNullable(sourceWorkspace),
            "--source-workspace"),
        Side.TARGET,
        new SideOptions(
            Optional.ofNullable(targetEnvFile),
            Optional.ofNullable(targetWorkspace),
            "--target-workspace"));
  }
}
