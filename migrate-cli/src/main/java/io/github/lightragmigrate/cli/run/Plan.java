package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.OnConflict;
import io.github.lightragmigrate.spi.Selection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is to be done, whatever the stores.
 *
 * @param sanitize clean records that the target cannot hold, where that helps
 * @param verify compare what was migrated afterwards
 * @param retryBudget how long a call is tried that fails for the moment
 * @param failures where records go that fail, if they are to be kept
 * @param failuresNamed a person chose that file
 * @param quiet the report and nothing before it
 */
public record Plan(
    Selection selection,
    int batchSize,
    Pace pace,
    OnConflict onConflict,
    boolean dryRun,
    boolean sanitize,
    boolean verify,
    Optional<Duration> retryBudget,
    Checkpoints checkpoints,
    Optional<Path> failures,
    boolean failuresNamed,
    Optional<ReportFile> report,
    boolean quiet) {

  /** A dry run must not even create what LightRAG would. */
  public Access targetAccess() {
    return dryRun ? Access.SOURCE : Access.TARGET;
  }
}
