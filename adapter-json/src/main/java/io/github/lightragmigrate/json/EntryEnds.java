package io.github.lightragmigrate.json;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the entries of the top level end, so that a second reading need not look for it: 12 bytes
 * an entry, in blocks, so that none is copied. Unchanging once filled.
 */
final class EntryEnds {

  static final int UNKNOWN = -1;

  private static final int BLOCK_BITS = 14;
  private static final int BLOCK = 1 << BLOCK_BITS;

  private final List<long[]> starts = new ArrayList<>();
  private final List<int[]> lengths = new ArrayList<>();
  private int size;

  /** Entries come in the order of the file. */
  void add(long start, long end) {
    if (end - start > Integer.MAX_VALUE) {
      return;
    }
    if (size == starts.size() << BLOCK_BITS) {
      starts.add(new long[BLOCK]);
      lengths.add(new int[BLOCK]);
    }
    starts.get(size >> BLOCK_BITS)[size & BLOCK - 1] = start;
    lengths.get(size >> BLOCK_BITS)[size & BLOCK - 1] = (int) (end - start);
    size++;
  }

  /** Position behind the last entry that starts before this one; 0 when there is none. */
  long endNear(long position) {
    int place = firstFrom(position) - 1;
    return place < 0 ? 0 : endOf(place);
  }

  /**
   * Number of the entry that starts there, or {@link #UNKNOWN}.
   *
   * @param guess where to look first
   */
  int numberOf(long start, int guess) {
    int place = guess < size && start(guess) == start ? guess : firstFrom(start);
    return place < size && start(place) == start ? place : UNKNOWN;
  }

  /** Number of the first entry that starts there or later. */
  private int firstFrom(long position) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = low + high >>> 1;
      if (start(middle) < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private long start(int place) {
    return starts.get(place >> BLOCK_BITS)[place & BLOCK - 1];
  }

  /** Position behind the entry of this number. */
  long endOf(int place) {
    return start(place) + lengths.get(place >> BLOCK_BITS)[place & BLOCK - 1];
  }
}
