package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.checkpoint.Checkpoint;
import io.github.lightragmigrate.checkpoint.CheckpointFile;
import io.github.lightragmigrate.migration.Migration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a run saves how far it is, and whether it goes on from there.
 *
 * @param resume go on from the checkpoint
 * @param named the file that was asked for
 * @param directory of the files that are not named
 * @param interval between two checkpoints at the least
 */
public record Checkpoints(boolean resume, Optional<Path> named, Path directory, Duration interval) {

  /** The file that was named, else one of the migration's own. */
  Path file(Migration.Builder migration) {
    return named.orElseGet(
        () -> directory.resolve("checkpoint-" + migration.fingerprint() + ".json"));
  }

  /**
   * The failure log of the run that is gone on with.
   *
   * @throws io.github.lightragmigrate.spi.StoreException SETTINGS when the file is no checkpoint
   */
  Optional<Path> failureLog(Migration.Builder migration) {
    return resume
        ? new CheckpointFile(file(migration))
            .read()
            .flatMap(Checkpoint::failures)
            .map(Checkpoint.Failures::log)
        : Optional.empty();
  }
}
