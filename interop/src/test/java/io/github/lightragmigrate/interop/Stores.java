package io.github.lightragmigrate.interop;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Opens stores by their ids, as the command line finds them. */
final class Stores {

  static final Selection DEFAULT = Selection.ofTypes(Selection.DEFAULT_TYPES);

  private static final List<String> COLUMNS =
      List.of("return", "original_prompt", "chunk_id", "queryparam");

  private Stores() {}

  static Endpoint open(String store, Map<String, String> settings, Access access) {
    StorageAdapter adapter =
        ServiceLoader.load(StorageAdapter.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(candidate -> candidate.id().equals(store))
            .findFirst()
            .orElseThrow();
    return Endpoint.open(adapter, Settings.of(settings), access);
  }

  /** All records of the default types, by key. */
  static Map<String, CacheRecord> readAll(Endpoint endpoint) {
    Map<String, CacheRecord> records = new TreeMap<>();
    Optional<Cursor> cursor = Optional.of(Cursor.START);
    while (cursor.isPresent()) {
      Page page = endpoint.store().scan(DEFAULT, cursor.get(), new PageLimit(500, 8L << 20));
      page.records().forEach(record -> records.put(record.key(), record));
      cursor = page.next();
    }
    return records;
  }

  /** What is left of a record behind PostgreSQL's fixed columns: see the adapter's javadoc. */
  static CacheRecord throughPostgres(CacheRecord record) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    COLUMNS.forEach(name -> fields.put(name, record.field(name).orElse(JsonValue.NULL)));
    fields.put(
        "cache_type", record.field("cache_type").orElse(JsonValue.of(record.key().split(":")[1])));
    fields.put("create_time", record.field("create_time").orElse(JsonValue.of(0)));
    fields.put("update_time", record.field("update_time").orElse(JsonValue.of(0)));
    return CacheRecord.of(record.key(), fields);
  }
}
