package io.github.lightragmigrate.checkpoint;

import io.github.lightragmigrate.report.Accounts;
import io.github.lightragmigrate.spi.Cursor;
import java.util.List;

/**
 * How far a migration is: in each part of the source, everything before a place is dealt with.
 *
 * @param next where each part goes on that is not at its end
 * @param batches number of batches before
 * @param failedBatches of those, the ones with a record that failed
 * @param accounts what became of their records
 */
public record Progress(List<Cursor> next, long batches, long failedBatches, Accounts accounts) {

  /** Of a source in one part. */
  public static final Progress START = startOf(List.of(Cursor.START));

  /** Nothing is dealt with yet. */
  public static Progress startOf(List<Cursor> parts) {
    return new Progress(parts, 0, 0, Accounts.NONE);
  }

  /** Records that are dealt with. */
  public long records() {
    return accounts.total().accounted();
  }
}
