package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.config.SettingsLayers.SideOptions;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Settings for the source alone. */
final class SourceOptions {

  @Option(
      names = "--source-env-file",
      paramLabel = "FILE",
      description = "Settings for the source alone; they win over the other files.",
      order = -18)
  private @Nullable Path envFile;

  @Option(
      names = "--source-workspace",
      paramLabel = "W",
      description = "Workspace to read from; may be empty.",
      order = -18)
  private @Nullable String workspace;

  void workspace(String name) {
    workspace = name;
  }

  SideOptions given() {
    return new SideOptions(
        Optional.ofNullable(envFile), Optional.ofNullable(workspace), "--source-workspace");
  }
}
