package io.github.lightragmigrate.reading;

import io.github.lightragmigrate.retry.Retrier;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;

/**
 * Ends the reading of a source that gives far more records than it counts: a source that grows
 * meanwhile counts more when it is asked again. Safe for use by several threads.
 */
final class Surplus {

  /** Records more than twice the count that are nothing to wonder at. */
  private static final long SLACK = 10_000;

  private final CacheStore source;
  private final Selection selection;
  private final Retrier retrier;
  private long most;
  private long read;

  /**
   * @param count of the source, when it was asked last
   */
  Surplus(CacheStore source, Selection selection, Retrier retrier, long count) {
    this.source = source;
    this.selection = selection;
    this.retrier = retrier;
    this.most = mostOf(count);
  }

  /**
   * @throws StoreException FAULT when there is no sense in reading on
   */
  synchronized void read(int records) {
    read += records;
    if (read <= most) {
      return;
    }
    Counts counts = retrier.call("counting", () -> source.count(selection, found -> {}));
    most = counts.exact() ? mostOf(counts.total()) : Long.MAX_VALUE;
    if (read > most) {
      throw Breach.of(
          source,
          "scan()",
          "gave "
              + read
              + " records of a source that counts "
              + counts.total()
              + ", and goes on: it must give each key once and come to an end, or count() counts"
              + " wrongly");
    }
  }

  private static long mostOf(long count) {
    return 2 * count + SLACK;
  }
}
