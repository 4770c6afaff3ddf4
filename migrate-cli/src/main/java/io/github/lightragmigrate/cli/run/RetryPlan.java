package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.OnConflict;
import java.nio.file.Path;

/**
 * How to replay a failure log.
 *
 * @param sanitize clean records that the target cannot hold, where that helps
 * @param mayAsk for confirmation, where a person sits in front of the terminal
 * @param quiet the report and nothing before it
 */
public record RetryPlan(
    Path failures,
    OnConflict onConflict,
    int batchSize,
    boolean dryRun,
    boolean sanitize,
    boolean mayAsk,
    boolean quiet) {

  Access targetAccess() {
    return dryRun ? Access.SOURCE : Access.TARGET;
  }
}
