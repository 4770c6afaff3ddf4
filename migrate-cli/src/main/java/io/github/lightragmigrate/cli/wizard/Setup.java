package io.github.lightragmigrate.cli.wizard;

import io.github.lightragmigrate.cli.run.ExitCode;
import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Counts;
import java.util.Optional;

/**
 * How the dialogue about one side ended.
 *
 * @param ready the open store; empty when the wizard ends here
 * @param exitCode with which it ends then
 */
record Setup(Optional<Ready> ready, int exitCode) {

  /** An open store and what it holds. */
  record Ready(Endpoint endpoint, Counts counts) {}

  static final Setup CANCELLED = new Setup(Optional.empty(), ExitCode.OK);

  static Setup ready(Endpoint endpoint, Counts counts) {
    return new Setup(Optional.of(new Ready(endpoint, counts)), ExitCode.OK);
  }

  static Setup failed(int exitCode) {
    return new Setup(Optional.empty(), exitCode);
  }
}
