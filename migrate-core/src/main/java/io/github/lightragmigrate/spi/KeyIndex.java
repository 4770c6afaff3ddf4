package io.github.lightragmigrate.spi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Exact map from cache keys to numbers from 0 to {@link #MOST}, for stores that must know which
 * keys they have seen. LightRAG's keys end in an MD5 in hexadecimal digits, which is kept as two
 * longs: about 35 bytes a key, or 25 while all numbers are 0. Other keys cost what a string costs.
 * Not safe for use by several threads.
 */
public final class KeyIndex {

  /** The largest number: a place in a file of a terabyte. */
  public static final long MOST = (1L << 40) - 1;

  private static final int HASH_DIGITS = 32;
  private static final int MAX_PREFIXES = 127;
  private static final int SHARD_BITS = 6;

  private final List<String> prefixes = new ArrayList<>();
  private final Map<String, Long> others = new HashMap<>();

  /** Each grows by itself, so that a small part is there twice at a time. */
  private final HashShard[] shards = new HashShard[1 << SHARD_BITS];

  private long used;

  /** With no keys. */
  public KeyIndex() {
    for (int i = 0; i < shards.length; i++) {
      shards[i] = new HashShard();
    }
  }

  /**
   * Remembers the number, in place of an earlier one.
   *
   * @return true when the key is new
   */
  public boolean put(String key, long value) {
    if (value < 0 || value > MOST) {
      throw new IllegalArgumentException("not from 0 to " + MOST + ": " + value);
    }
    byte prefix = prefixId(key, true);
    if (prefix == 0) {
      return others.put(key, value) == null;
    }
    long high = high(key);
    long low = low(key);
    long hash = HashShard.hash(prefix, high, low);
    boolean isNew = shard(hash).put(prefix, high, low, hash, value);
    used += isNew ? 1 : 0;
    return isNew;
  }

  /** The number, or -1 for a key that is not there. */
  public long get(String key) {
    byte prefix = prefixId(key, false);
    if (prefix == 0) {
      return others.getOrDefault(key, -1L);
    }
    long high = high(key);
    long low = low(key);
    long hash = HashShard.hash(prefix, high, low);
    return shard(hash).get(prefix, high, low, hash);
  }

  private HashShard shard(long hash) {
    return shards[(int) (hash >>> (Long.SIZE - SHARD_BITS))];
  }

  /** Whether the key was put. */
  public boolean contains(String key) {
    return get(key) >= 0;
  }

  /** Number of keys. */
  public long size() {
    return used + others.size();
  }

  /** How many of the selected keys it has, by prefix of the selection. */
  public Map<String, Long> count(Selection selection) {
    Map<String, Long> counts = new LinkedHashMap<>();
    selection.prefixes().forEach(prefix -> counts.put(prefix, 0L));
    long[] byId = new long[prefixes.size() + 1];
    for (HashShard shard : shards) {
      shard.forEach((id, high, low) -> byId[id]++);
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
  private void countLonger(Selection selection, int wanted, Map<String, Long> counts) {
    String prefix = prefixes.get(wanted - 1);
    if (selection.prefixes().stream().noneMatch(longer -> longer.startsWith(prefix))) {
      return;
    }
    HashShard.Visitor visitor =
        (id, high, low) -> {
          if (id == wanted) {
            String key = prefix + hex(high) + hex(low);
            selection.prefixOf(key).ifPresent(selected -> counts.merge(selected, 1L, Long::sum));
          }
        };
    for (HashShard shard : shards) {
      shard.forEach(visitor);
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
    // a handful: quicker than a map, which needs a string of its own for each look
    for (int id = 1; id <= prefixes.size(); id++) {
      String prefix = prefixes.get(id - 1);
      if (prefix.length() == hashStart && key.startsWith(prefix)) {
        return (byte) id;
      }
    }
    // a prefix that came too late to get an id stays without one, or its keys would be in two
    // places
    if (!create || prefixes.size() == MAX_PREFIXES) {
      return 0;
    }
    prefixes.add(key.substring(0, hashStart));
    return (byte) prefixes.size();
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

  private static long high(String key) {
    return hex(key, key.length() - HASH_DIGITS);
  }

  private static long low(String key) {
    return hex(key, key.length() - HASH_DIGITS / 2);
  }

  /** Of digits that {@link #isHex} saw. */
  private static long hex(String key, int from) {
    long half = 0;
    for (int i = from; i < from + HASH_DIGITS / 2; i++) {
      char digit = key.charAt(i);
      half = half << 4 | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
    }
    return half;
  }
}
