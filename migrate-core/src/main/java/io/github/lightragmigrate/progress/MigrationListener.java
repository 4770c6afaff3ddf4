package io.github.lightragmigrate.progress;

import io.github.lightragmigrate.spi.Counts;

/**
 * Is told how a migration goes, from several threads, one at a time for batches. What it throws
 * ends the migration.
 */
public interface MigrationListener {

  MigrationListener NONE = new MigrationListener() {};

  /** The source is counted; reading begins. */
  default void started(Counts source) {}

  default void batchDone(BatchProgress progress) {}

  default void retrying(RetryEvent event) {}

  /** All is written; the target makes it durable now. */
  default void flushing() {}

  default void flushed() {}
}
