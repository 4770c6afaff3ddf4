package io.github.lightragmigrate.progress;

import io.github.lightragmigrate.report.FailedRecord;
import io.github.lightragmigrate.spi.Counts;

/**
 * Is told how a migration or a comparison goes, from several threads; {@link #batchDone} and {@link
 * #verified} are called by one at a time. The engine waits for it, so it should be quick. What it
 * throws ends a migration when that has written and flushed what it read, and a comparison at once;
 * until then it is told what happens as before. It may call {@code stop()} of the run.
 */
public interface MigrationListener {

  /** Does nothing. */
  MigrationListener NONE = new MigrationListener() {};

  /**
   * The source is counted; reading begins.
   *
   * @param source its selected records, by prefix
   */
  default void started(Counts source) {}

  /** A batch is dealt with, and its failures are in the log. It need not be durable yet. */
  default void batchDone(BatchProgress progress) {}

  /** The target took records. Not in a dry run. */
  default void written(WriteEvent event) {}

  /**
   * A record is not in the target, or ({@link FailedRecord.Type#SANITIZED}) in a cleaned form; the
   * failure log, if there is one, has it. Told after its batch or before.
   *
   * @param record whose reason holds no secret
   */
  default void recordFailed(FailedRecord record) {}

  /** A call failed, and is made again after a pause. */
  default void retrying(RetryEvent event) {}

  /**
   * A checkpoint is on the disk.
   *
   * @param done records of the migration that are before it, those of earlier runs included
   */
  default void checkpointSaved(long done) {}

  /** All is written; the target makes it durable now. */
  default void flushing() {}

  /** What was written is durable. */
  default void flushed() {}

  /**
   * Records have been compared.
   *
   * @param done so far
   * @param expected in all; never less than {@code done}
   */
  default void verified(long done, long expected) {}

  /** This one and then another. */
  default MigrationListener andThen(MigrationListener next) {
    return new ListenerPair(this, next);
  }
}
