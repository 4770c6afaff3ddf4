package io.github.lightragmigrate.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Opens stores by their ids, as the command line finds them. */
final class Stores {

  static final Selection DEFAULT = Selection.ofTypes(Selection.DEFAULT_TYPES);

  private static final List<String> COLUMNS =
      List.of("return", "original_prompt", "chunk_id", "queryparam");

  private static final List<String> TIMES = List.of("create_time", "update_time");

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
    TIMES.forEach(time -> fields.put(time, record.field(time).orElse(JsonValue.of(0))));
    return CacheRecord.of(record.key(), fields);
  }

  /** What LightRAG shows of a record that a store holds, but for {@code _id}. */
  static CacheRecord shown(String store, CacheRecord record) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(record.fields());
    TIMES.forEach(time -> fields.putIfAbsent(time, JsonValue.of(0)));
    if (store.equals("postgres")) {
      fields.put("id", JsonValue.of(record.key()));
      fields.put("return_value", fields.get("return"));
      TIMES.forEach(time -> fields.compute(time, (name, seconds) -> whole(seconds)));
      if (fields.get("update_time").equals(JsonValue.of(0))) {
        fields.put("update_time", fields.get("create_time"));
      }
    }
    return CacheRecord.of(record.key(), fields);
  }

  /** As PostgreSQL casts; the column has microseconds, and so have we. */
  private static JsonValue whole(JsonValue seconds) {
    BigDecimal exact = seconds.asDecimal().orElseThrow();
    return JsonValue.of(exact.setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  /** How records differ from what was expected, a line for each that does, without long values. */
  static List<String> differences(
      Map<String, CacheRecord> expected, Map<String, CacheRecord> actual) {
    List<String> differences = new ArrayList<>();
    expected.forEach(
        (key, record) -> {
          CacheRecord found = actual.get(key);
          if (found == null) {
            differences.add(key + " is missing");
            return;
          }
          Set<String> names = new TreeSet<>(record.fields().keySet());
          names.addAll(found.fields().keySet());
          for (String name : names) {
            if (!record.field(name).equals(found.field(name))) {
              differences.add(
                  key + " " + name + ": " + brief(record, name) + ", found " + brief(found, name));
            }
          }
        });
    actual.keySet().stream()
        .filter(key -> !expected.containsKey(key))
        .forEach(key -> differences.add(key + " is too much"));
    return differences;
  }

  private static String brief(CacheRecord record, String name) {
    String text = record.field(name).map(value -> new String(value.toJson(), UTF_8)).orElse("none");
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }
}
