package io.github.lightragmigrate.faults;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * A workspace in a store.
 *
 * @param store the adapter's id
 * @param settings LightRAG's variables, which reach the server without a detour
 */
record Place(String store, Map<String, String> settings) {

  static final Selection SELECTION = Selection.ofTypes(Selection.DEFAULT_TYPES);

  private static final PageLimit PAGE = new PageLimit(1_000, 8L << 20);

  Place {
    settings = Map.copyOf(settings);
  }

  /** The same with some variables replaced or added. */
  Place with(Map<String, String> others) {
    Map<String, String> all = new HashMap<>(settings);
    all.putAll(others);
    return new Place(store, all);
  }

  Endpoint open(Access access) {
    StorageAdapter adapter =
        ServiceLoader.load(StorageAdapter.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(candidate -> candidate.id().equals(store))
            .findFirst()
            .orElseThrow();
    return Endpoint.open(adapter, Settings.of(settings), access);
  }

  /** All selected records, by key, page by page; fails on one that is unreadable. */
  Map<String, CacheRecord> readAll() {
    try (Endpoint endpoint = open(Access.SOURCE)) {
      Map<String, CacheRecord> records = new TreeMap<>();
      Optional<Cursor> cursor = Optional.of(Cursor.START);
      while (cursor.isPresent()) {
        Page page = endpoint.store().scan(SELECTION, cursor.get(), PAGE);
        if (!page.unreadable().isEmpty() || page.vanished() > 0) {
          throw new AssertionError(
              "in " + store + ": unreadable " + page.unreadable() + ", gone " + page.vanished());
        }
        page.records().forEach(record -> records.put(record.key(), record));
        cursor = page.next();
      }
      return records;
    }
  }
}
