package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.opensearch.ScanCursor.Pass;
import io.github.lightragmigrate.spi.Selection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where to end the range of keys that a page is looked for in. A search costs the server time for
 * all documents that match, however few are asked for: with a range that holds a page and a little
 * more, time for a page does not grow with the index. What is in no sample is in a range all the
 * same, and what a sample says is only how much to ask for at once. Safe for use by several
 * threads.
 */
final class Windows {

  /** Documents below which the whole index is searched about as fast as a part of it. */
  private static final int FEWEST = 20_000;

  private static final int SAMPLE = 2_000;

  private final CacheIndex index;
  private final int fewest;
  private final int sampleSize;
  private final Map<Selection, KeySample> samples = new ConcurrentHashMap<>();

  Windows(CacheIndex index) {
    this(index, FEWEST, SAMPLE);
  }

  /**
   * @param fewest documents from which on there are windows
   * @param sampleSize keys to divide them by
   */
  Windows(CacheIndex index, int fewest, int sampleSize) {
    this.index = index;
    this.fewest = fewest;
    this.sampleSize = sampleSize;
  }

  /** The last key of the window that begins at the cursor; empty when the part ends in it. */
  Optional<String> end(Selection selection, ScanCursor cursor, int documents) {
    if (cursor.pass() != Pass.KEYED) {
      return Optional.empty();
    }
    return samples
        .computeIfAbsent(selection, this::sample)
        .end(cursor.afterKey(), documents)
        .filter(end -> cursor.until().map(last -> isBefore(end, last)).orElse(true));
  }

  private static boolean isBefore(String end, String last) {
    return KeySample.ORDER.compare(end, last) < 0;
  }

  /** Once for each selection, as long as the store is open. */
  private KeySample sample(Selection selection) {
    boolean isLarge =
        index
            .search(Queries.atLeast(selection, fewest))
            .flatMap(reply -> reply.at("hits", "total", "value").asLong())
            .filter(documents -> documents >= fewest)
            .isPresent();
    return isLarge ? KeySample.take(index, selection, sampleSize) : KeySample.NONE;
  }
}
