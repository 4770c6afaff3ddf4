package io.github.lightragmigrate.progress;

import io.github.lightragmigrate.spi.Counts;

/**
 * Is told how a migration or a comparison goes, from several threads, one at a time for batches.
 * What it throws ends it.
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

  /**
   * Records have been compared.
   *
   * @param done so far
   * @param expected in all; never less than {@code done}
   */
  default void verified(long done, long expected) {}
}
