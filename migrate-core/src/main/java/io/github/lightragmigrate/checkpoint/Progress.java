package io.github.lightragmigrate.checkpoint;

import io.github.lightragmigrate.report.Accounts;
import io.github.lightragmigrate.spi.Cursor;

/**
 * How far a migration is: everything before a place of the source is dealt with.
 *
 * @param next where the source goes on
 * @param batches number of batches before it
 * @param failedBatches of those, the ones with a record that failed
 * @param accounts what became of their records
 */
public record Progress(Cursor next, long batches, long failedBatches, Accounts accounts) {

  public static final Progress START = new Progress(Cursor.START, 0, 0, Accounts.NONE);

  /** Records that are dealt with. */
  public long records() {
    return accounts.total().accounted();
  }
}
