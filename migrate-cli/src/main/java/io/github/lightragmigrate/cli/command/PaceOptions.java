package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.run.Pace;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How fast a migration goes. */
final class PaceOptions {

  @Option(
      names = "--readers",
      paramLabel = "N",
      converter = ThreadsConverter.class,
      description =
          "Parts of the source that are read at the same time (default: 1; more on many cores);"
              + " Redis is read by one. With --resume the parts are those of the run before.",
      order = -13)
  private @Nullable Integer readers;

  @Option(
      names = "--writers",
      paramLabel = "N",
      converter = ThreadsConverter.class,
      description =
          "Calls to the target at the same time (default: what this kind of store gains from).",
      order = -13)
  private @Nullable Integer writers;

  @Option(
      names = "--max-records-per-second",
      paramLabel = "N",
      converter = PositiveConverter.class,
      description = "Spare both stores: no more than that on the average (default: no limit).",
      order = -13)
  private @Nullable Integer maxRecordsPerSecond;

  Pace pace() {
    return new Pace(
        Optional.ofNullable(readers),
        Optional.ofNullable(writers),
        Optional.ofNullable(maxRecordsPerSecond));
  }
}
