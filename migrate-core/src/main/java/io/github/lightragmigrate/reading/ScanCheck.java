package io.github.lightragmigrate.reading;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;

/**
 * Checks that the pages of a scan hold what was asked for, and that their cursors lead to an end. A
 * cycle of cursors is found by Brent's algorithm, which keeps one of them.
 */
final class ScanCheck {

  private static final String CALL = "scan()";

  private final CacheStore source;
  private final Selection selection;
  private Cursor landmark = Cursor.START;
  private long pages;
  private long nextLandmark = 1;

  ScanCheck(CacheStore source, Selection selection) {
    this.source = source;
    this.selection = selection;
  }

  /**
   * @param from that the page was asked for with
   * @throws StoreException FAULT when it must not be believed
   */
  void check(Cursor from, Page page) {
    for (CacheRecord record : page.records()) {
      if (!selection.matches(record.key())) {
        throw Breach.of(
            source,
            CALL,
            "gave the key '"
                + record.key()
                + "', which was not asked for: it must give keys that begin with one of "
                + selection.prefixes());
      }
    }
    page.next().ifPresent(next -> advance(from, next));
  }

  private void advance(Cursor from, Cursor next) {
    if (next.equals(from) || next.isStart() || next.equals(landmark)) {
      throw Breach.of(
          source,
          CALL,
          "would never end: the next cursor of a page is "
              + (next.isStart() ? "the start" : "one that was there before, '" + next.text() + "'")
              + "; it must lead on, and the last page must have none");
    }
    if (++pages == nextLandmark) {
      landmark = next;
      nextLandmark *= 2;
    }
  }

  /** The scan begins again at its start. */
  void restart() {
    landmark = Cursor.START;
    pages = 0;
    nextLandmark = 1;
  }
}
