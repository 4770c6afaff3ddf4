package io.github.lightragmigrate.reading;

import io.github.lightragmigrate.retry.Retrier;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import java.util.HashSet;
import java.util.List;

/** The parts of a source. */
public final class Parts {

  private Parts() {}

  /**
   * A cursor for each part.
   *
   * @param parts how many to make at the most
   * @throws StoreException FAULT when the store gives no part, too many, or one twice
   */
  public static List<Cursor> of(
      CacheStore source, Selection selection, int parts, Retrier retrier) {
    List<Cursor> cursors = retrier.call("reading", () -> source.split(selection, parts));
    if (cursors.isEmpty()) {
      throw Breach.of(source, "split()", "gave no part: one is the least, Cursor.START");
    }
    if (cursors.size() > parts || new HashSet<>(cursors).size() < cursors.size()) {
      throw Breach.of(
          source,
          "split()",
          "gave " + cursors.size() + " parts, " + parts + " are the most: each must be there once");
    }
    return cursors;
  }
}
