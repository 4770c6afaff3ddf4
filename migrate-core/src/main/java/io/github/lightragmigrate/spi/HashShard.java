package io.github.lightragmigrate.spi;

import org.jspecify.annotations.Nullable;

/** Open addressing with linear probing; a part of a {@link KeyIndex}. */
final class HashShard {

  private static final int FIRST_SLOTS = 16;

  /** Receives a key. */
  interface Visitor {
    void visit(byte prefix, long high, long low);
  }

  /** 0 for a free slot. */
  private byte[] prefixes;

  private long[] highs;
  private long[] lows;

  /** Lower and upper parts of the numbers, none while all of them are 0. */
  private int @Nullable [] values;

  private byte @Nullable [] upperValues;
  private int used;

  HashShard() {
    this(FIRST_SLOTS);
  }

  private HashShard(int slots) {
    prefixes = new byte[slots];
    highs = new long[slots];
    lows = new long[slots];
  }

  static long hash(byte prefix, long high, long low) {
    return (high ^ Long.rotateLeft(low, 32) ^ prefix) * 0x9E3779B97F4A7C15L;
  }

  /** Returns true when the key is new. */
  boolean put(byte prefix, long high, long low, long hash, long value) {
    int slot = slot(prefix, high, low, hash);
    boolean isNew = prefixes[slot] == 0;
    prefixes[slot] = prefix;
    highs[slot] = high;
    lows[slot] = low;
    set(slot, value);
    // at most four fifths full
    if (isNew && ++used * 5L > prefixes.length * 4L) {
      grow();
    }
    return isNew;
  }

  /** The number, or -1. */
  long get(byte prefix, long high, long low, long hash) {
    int slot = slot(prefix, high, low, hash);
    return prefixes[slot] == 0 ? -1 : value(slot);
  }

  void forEach(Visitor visitor) {
    for (int slot = 0; slot < prefixes.length; slot++) {
      if (prefixes[slot] != 0) {
        visitor.visit(prefixes[slot], highs[slot], lows[slot]);
      }
    }
  }

  private void set(int slot, long value) {
    int[] lower = values;
    byte[] upper = upperValues;
    if (lower == null || upper == null) {
      if (value == 0) {
        return;
      }
      lower = new int[prefixes.length];
      upper = new byte[prefixes.length];
      values = lower;
      upperValues = upper;
    }
    lower[slot] = (int) value;
    upper[slot] = (byte) (value >>> Integer.SIZE);
  }

  private long value(int slot) {
    int[] lower = values;
    byte[] upper = upperValues;
    return lower == null || upper == null
        ? 0
        : ((upper[slot] & 0xFFL) << Integer.SIZE) | (lower[slot] & 0xFFFFFFFFL);
  }

  /** Where the key is, or the free slot where it would go. */
  private int slot(byte prefix, long high, long low, long hash) {
    int slots = prefixes.length;
    // the topmost bits chose the shard
    int slot = (int) ((((hash >>> 16) & 0xFFFFFFFFL) * slots) >>> Integer.SIZE);
    while (prefixes[slot] != 0
        && (prefixes[slot] != prefix || highs[slot] != high || lows[slot] != low)) {
      slot = slot + 1 == slots ? 0 : slot + 1;
    }
    return slot;
  }

  private void grow() {
    HashShard grown = new HashShard(Math.addExact(prefixes.length, prefixes.length / 4));
    for (int slot = 0; slot < prefixes.length; slot++) {
      if (prefixes[slot] != 0) {
        long hash = hash(prefixes[slot], highs[slot], lows[slot]);
        grown.put(prefixes[slot], highs[slot], lows[slot], hash, value(slot));
      }
    }
    prefixes = grown.prefixes;
    highs = grown.highs;
    lows = grown.lows;
    values = grown.values;
    upperValues = grown.upperValues;
  }
}
