package io.github.lightragmigrate.spi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Exact map from cache keys to numbers that are not negative, for stores that must know which keys
 * they have seen. LightRAG's keys end in an MD5 in hexadecimal digits, which is kept as two longs:
 * about 50 bytes a key. Other keys cost what a string costs. Not safe for use by several threads.
 */
public final class KeyIndex {

  private static final int HASH_DIGITS = 32;
  private static final int MAX_PREFIXES = 127;

  private final Map<String, Byte> prefixIds = new HashMap<>();
  private final List<String> prefixes = new ArrayList<>();
  private final Map<String, Long> others = new HashMap<>();
  private byte[] slotPrefix = new byte[1024];
  private long[] slotHigh = new long[1024];
  private long[] slotLow = new long[1024];
  private long[] slotValue = new long[1024];
  private int used;

  /**
   * Remembers the number, in place of an earlier one.
   *
   * @return true when the key is new
   */
  public boolean put(String key, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative: " + value);
    }
    byte prefix = prefixId(key, true);
    if (prefix == 0) {
      return others.put(key, value) == null;
    }
    long high = hex(key, key.length() - HASH_DIGITS);
    long low = hex(key, key.length() - HASH_DIGITS / 2);
    int slot = slot(prefix, high, low);
    boolean isNew = slotPrefix[slot] == 0;
    slotPrefix[slot] = prefix;
    slotHigh[slot] = high;
    slotLow[slot] = low;
    slotValue[slot] = value;
    if (isNew && ++used > slotPrefix.length / 3 * 2) {
      grow();
    }
    return isNew;
  }

  /** The number, or -1 for a key that is not there. */
  public long get(String key) {
    byte prefix = prefixId(key, false);
    if (prefix == 0) {
      return others.getOrDefault(key, -1L);
    }
    int slot =
        slot(
            prefix, hex(key, key.length() - HASH_DIGITS), hex(key, key.length() - HASH_DIGITS / 2));
    return slotPrefix[slot] == 0 ? -1 : slotValue[slot];
  }

  public boolean contains(String key) {
    return get(key) >= 0;
  }

  public long size() {
    return (long) used + others.size();
  }

  /** How many of the selected keys it has, by prefix of the selection. */
  public Map<String, Long> count(Selection selection) {
    Map<String, Long> counts = new LinkedHashMap<>();
    selection.prefixes().forEach(prefix -> counts.put(prefix, 0L));
    long[] byId = new long[prefixes.size() + 1];
    for (byte id : slotPrefix) {
      byId[id]++;
    }
    for (int id = 1; id < byId.length; id++) {
      Optional<String> selected = selection.prefixOf(prefixes.get(id - 1));
      if (selected.isPresent()) {
        counts.merge(selected.get(), byId[id], Long::sum);
      } else {
        countLonger(selection, id, counts);
      }
    }
    for (String key : others.keySet()) {
      selection.prefixOf(key).ifPresent(prefix -> counts.merge(prefix, 1L, Long::sum));
    }
    return counts;
  }

  /** Keys whose hash a prefix of the selection reaches into. */
  private void countLonger(Selection selection, int id, Map<String, Long> counts) {
    String prefix = prefixes.get(id - 1);
    if (selection.prefixes().stream().noneMatch(longer -> longer.startsWith(prefix))) {
      return;
    }
    for (int slot = 0; slot < slotPrefix.length; slot++) {
      if (slotPrefix[slot] == id) {
        String key = prefix + hex(slotHigh[slot]) + hex(slotLow[slot]);
        selection.prefixOf(key).ifPresent(selected -> counts.merge(selected, 1L, Long::sum));
      }
    }
  }

  private static String hex(long half) {
    return HexFormat.of().toHexDigits(half);
  }

  /** 0 for a key that is kept as a string. */
  private byte prefixId(String key, boolean create) {
    int hashStart = key.length() - HASH_DIGITS;
    if (hashStart < 1 || key.charAt(hashStart - 1) != ':' || !isHex(key, hashStart)) {
      return 0;
    }
    String prefix = key.substring(0, hashStart);
    Byte known = prefixIds.get(prefix);
    if (known != null) {
      return known;
    }
    // a prefix that came too late to get an id stays without one, or its keys would be in two
    // places
    if (!create || prefixes.size() == MAX_PREFIXES) {
      return 0;
    }
    prefixes.add(prefix);
    byte id = (byte) prefixes.size();
    prefixIds.put(prefix, id);
    return id;
  }

  private static boolean isHex(String key, int from) {
    for (int i = from; i < key.length(); i++) {
      char c = key.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static long hex(String key, int from) {
    return Long.parseUnsignedLong(key, from, from + HASH_DIGITS / 2, 16);
  }

  /** Where the key is, or the free slot where it would go. */
  private int slot(byte prefix, long high, long low) {
    int mask = slotPrefix.length - 1;
    long mixed = (high ^ Long.rotateLeft(low, 32) ^ prefix) * 0x9E3779B97F4A7C15L;
    int slot = (int) (mixed >>> 32) & mask;
    while (slotPrefix[slot] != 0
        && (slotPrefix[slot] != prefix || slotHigh[slot] != high || slotLow[slot] != low)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    byte[] oldPrefix = slotPrefix;
    long[] oldHigh = slotHigh;
    long[] oldLow = slotLow;
    long[] oldValue = slotValue;
    int capacity = Math.multiplyExact(oldPrefix.length, 2);
    slotPrefix = new byte[capacity];
    slotHigh = new long[capacity];
    slotLow = new long[capacity];
    slotValue = new long[capacity];
    for (int i = 0; i < oldPrefix.length; i++) {
      if (oldPrefix[i] != 0) {
        int slot = slot(oldPrefix[i], oldHigh[i], oldLow[i]);
        slotPrefix[slot] = oldPrefix[i];
        slotHigh[slot] = oldHigh[i];
        slotLow[slot] = oldLow[i];
        slotValue[slot] = oldValue[i];
      }
    }
  }
}
