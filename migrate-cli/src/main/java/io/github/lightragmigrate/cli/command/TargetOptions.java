package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.config.SettingsLayers.SideOptions;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Settings for the target alone. */
final class TargetOptions {

  @Option(
      names = "--target-env-file",
      paramLabel = "FILE",
      description = "Settings for the target alone; they win over the other files.",
      order = -17)
  private @Nullable Path envFile;

  @Option(
      names = "--target-workspace",
      paramLabel = "W",
      description = "Workspace to write to; may be empty.",
      order = -17)
  private @Nullable String workspace;

  SideOptions given() {
    return new SideOptions(
        Optional.ofNullable(envFile), Optional.ofNullable(workspace), "--target-workspace");
  }
}
