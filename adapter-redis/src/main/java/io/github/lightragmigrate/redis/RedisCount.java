package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.KeyIndex;
import io.github.lightragmigrate.spi.Selection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Counts keys by one SCAN, exactly: a key that SCAN repeats counts once. */
final class RedisCount {

  private final RedisServer server;
  private final RedisKeys keys;
  private final Selection selection;
  private final LongConsumer progress;
  private final KeyIndex seen = new KeyIndex();
  private final Map<String, Long> counts = new LinkedHashMap<>();

  RedisCount(RedisServer server, RedisKeys keys, Selection selection, LongConsumer progress) {
    this.server = server;
    this.keys = keys;
    this.selection = selection;
    this.progress = progress;
    selection.prefixes().forEach(prefix -> counts.put(prefix, 0L));
  }

  Counts count() {
    RedisKeys.nestedModes(selection).forEach(mode -> countNested(keys.of(mode)));
    FullScan.of(server, keys.pattern(selection), this::count);
    return Counts.exact(counts);
  }

  private void count(List<byte[]> found) {
    for (byte[] bytes : found) {
      keys.selected(bytes, selection).ifPresent(key -> count(key.cacheKey()));
    }
    progress.accept(seen.size());
  }

  private void countNested(RedisKey key) {
    NestedCache nested = NestedCache.open(server, key);
    Optional<NestedCache.Entry> entry = nested.next();
    while (entry.isPresent()) {
      count(entry.get().key());
      if (seen.size() % 1000 == 0) {
        progress.accept(seen.size());
      }
      entry = nested.next();
    }
  }

  private void count(String key) {
    Optional<String> prefix = selection.prefixOf(key);
    if (prefix.isPresent() && seen.put(key, 0)) {
      counts.merge(prefix.get(), 1L, Long::sum);
    }
  }
}
