package io.github.lightragmigrate.verify;

import io.github.lightragmigrate.retry.Retrier;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records of one store by their keys. */
record Lookup(CacheStore store, Retrier retrier) {

  private static final int KEYS_A_CALL = 100;
  private static final long BYTES_A_CALL = 4L << 20;

  /** What a store has of some keys. */
  record Found(Map<String, CacheRecord> records, Map<String, UnreadableRecord> unreadable) {

    Optional<CacheRecord> record(String key) {
      return Optional.ofNullable(records.get(key));
    }

    Optional<UnreadableRecord> unreadable(String key) {
      return Optional.ofNullable(unreadable.get(key));
    }
  }

  Found find(List<CacheRecord> wanted) {
    List<String> keys = wanted.stream().map(CacheRecord::key).toList();
    Page page = retrier.call("looking up", () -> store.find(keys));
    Map<String, CacheRecord> records = new HashMap<>();
    page.records().forEach(record -> records.put(record.key(), record));
    Map<String, UnreadableRecord> unreadable = new HashMap<>();
    page.unreadable().forEach(record -> unreadable.put(record.key(), record));
    return new Found(records, unreadable);
  }

  /** Parts of which each can be looked up at once: another store's are about as long. */
  static List<List<CacheRecord>> parts(List<CacheRecord> records) {
    List<List<CacheRecord>> parts = new ArrayList<>();
    List<CacheRecord> part = new ArrayList<>();
    long bytes = 0;
    for (CacheRecord record : records) {
      if (part.size() == KEYS_A_CALL || bytes >= BYTES_A_CALL) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(record);
      bytes += record.size();
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }
}
