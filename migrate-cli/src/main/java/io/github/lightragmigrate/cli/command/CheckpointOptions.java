package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.run.Checkpoints;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a run that can be gone on with. */
final class CheckpointOptions {

  @Option(
      names = "--resume",
      description =
          "Go on where an earlier run of the same migration ended or was ended; where there is no"
              + " checkpoint, begin at the start.",
      order = -8)
  private boolean resume;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description =
          "Where the run saves how far it is (default: .lightrag-migrate/checkpoint-ID.json, one"
              + " for each pair of places and selection). Removed at the end.",
      order = -8)
  private @Nullable Path checkpoint;

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "SECONDS",
      defaultValue = "10",
      converter = SecondsConverter.class,
      description =
          "Time between two checkpoints at the least; 0 for one after every batch (default:"
              + " ${DEFAULT-VALUE}). A target that takes long to flush is asked more seldom.",
      order = -8)
  private Duration interval = Duration.ofSeconds(10);

  Optional<Path> file() {
    return Optional.ofNullable(checkpoint);
  }

  boolean resume() {
    return resume;
  }

  Checkpoints checkpoints(Path directory) {
    return new Checkpoints(resume, file(), directory, interval);
  }
}
