package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.KeyIndex;
import io.github.lightragmigrate.spi.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts the selected entries of nested caches of old that are not there as flat keys too. */
final class LegacyCount {

  private static final int KEYS_A_QUESTION = 1000;

  private final RedisServer server;
  private final RedisKeys keys;
  private final Selection selection;
  private final KeyIndex seen = new KeyIndex();
  private final List<RedisKey> asked = new ArrayList<>();
  private long count;

  LegacyCount(RedisServer server, RedisKeys keys, Selection selection) {
    this.server = server;
    this.keys = keys;
    this.selection = selection;
  }

  long count() {
    for (String mode : RedisKeys.nestedModes(selection)) {
      NestedCache nested = NestedCache.open(server, keys.of(mode));
      for (Optional<NestedCache.Entry> entry = nested.next();
          entry.isPresent();
          entry = nested.next()) {
        add(entry.get().key());
      }
    }
    ask();
    return count;
  }

  private void add(String key) {
    if (selection.matches(key) && seen.put(key, 0)) {
      asked.add(keys.of(key));
    }
    if (asked.size() == KEYS_A_QUESTION) {
      ask();
    }
  }

  private void ask() {
    count += server.exist(asked).stream().filter(flat -> !flat).count();
    asked.clear();
  }
}
