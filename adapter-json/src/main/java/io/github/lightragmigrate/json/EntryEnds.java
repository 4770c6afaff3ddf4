package io.github.lightragmigrate.json;

import java.util.Arrays;

/**
 * Where the entries of the top level end, so that a second reading need not look for it: 12 bytes
 * an entry. Unchanging once filled.
 */
final class EntryEnds {

  static final long UNKNOWN = -1;

  private long[] starts = new long[1024];
  private int[] lengths = new int[1024];
  private int size;

  /** Entries come in the order of the file. */
  void add(long start, long end) {
    if (end - start > Integer.MAX_VALUE) {
      return;
    }
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size + size / 2);
      lengths = Arrays.copyOf(lengths, size + size / 2);
    }
    starts[size] = start;
    lengths[size] = (int) (end - start);
    size++;
  }

  /** Position behind the last entry that starts before this one; 0 when there is none. */
  long endNear(long position) {
    int place = Arrays.binarySearch(starts, 0, size, position);
    int before = place < 0 ? -place - 2 : place - 1;
    return before < 0 ? 0 : starts[before] + lengths[before];
  }

  /** Position behind the entry that starts there, or {@link #UNKNOWN}. */
  long end(long start) {
    int place = Arrays.binarySearch(starts, 0, size, start);
    return place < 0 ? UNKNOWN : start + lengths[place];
  }
}
