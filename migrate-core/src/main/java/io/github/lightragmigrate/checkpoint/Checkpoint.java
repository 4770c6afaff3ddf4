package io.github.lightragmigrate.checkpoint;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A run that can be gone on with. What it says is written is durable in the target.
 *
 * @param binding of the migration
 * @param incarnation of the target when it made the records durable
 * @param failures the failure log, if one is kept
 */
public record Checkpoint(
    Binding binding, String incarnation, Progress progress, Optional<Failures> failures) {

  /**
   * A failure log and what of it belongs to this migration.
   *
   * @param log its file
   * @param start bytes before the migration's first line
   * @param end bytes up to its last line that belongs to the progress
   */
  public record Failures(Path log, long start, long end) {}
}
