package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Row to record. Reads the columns that {@link RowQuery} selects. */
final class RowDecoder {

  private final CacheTable table;

  RowDecoder(CacheTable table) {
    this.table = table;
  }

  /** Adds the current row to one of the lists. */
  void decode(ResultSet row, List<CacheRecord> records, List<UnreadableRecord> unreadable)
      throws SQLException {
    String key = Objects.requireNonNull(row.getString(RowQuery.KEY));
    boolean old = row.getBoolean(RowQuery.OLD);
    String prompt = row.getString("original_prompt");
    if (old && prompt == null) {
      unreadable.add(
          new UnreadableRecord(
              key,
              "a row of an older LightRAG without original_prompt, of which its key is made",
              Objects.requireNonNullElse(row.getString("return_value"), "")));
      return;
    }
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put(RecordEncoder.RETURN, text(row.getString("return_value")));
    fields.put(
        RecordEncoder.CACHE_TYPE,
        old || !table.has("cache_type")
            ? JsonValue.of(RecordEncoder.typeOf(key))
            : text(row.getString("cache_type")));
    if (table.has("chunk_id")) {
      fields.put(RecordEncoder.CHUNK_ID, text(row.getString("chunk_id")));
    }
    fields.put(RecordEncoder.ORIGINAL_PROMPT, text(prompt));
    String queryparam = table.has("queryparam") ? row.getString("queryparam") : null;
    try {
      if (table.has("queryparam")) {
        fields.put(
            RecordEncoder.QUERYPARAM,
            queryparam == null ? JsonValue.NULL : JsonValue.ofJson(queryparam));
      }
    } catch (MalformedJsonException e) {
      unreadable.add(
          new UnreadableRecord(
              key, "queryparam: " + e.getMessage(), Objects.requireNonNullElse(queryparam, "")));
      return;
    }
    for (String name : List.of(RecordEncoder.CREATE_TIME, RecordEncoder.UPDATE_TIME)) {
      String seconds = row.getString(name);
      if (seconds == null) {
        continue;
      }
      JsonValue time = EpochTimes.toJson(seconds);
      if (time == null) {
        unreadable.add(new UnreadableRecord(key, name + " is " + seconds, seconds));
        return;
      }
      fields.put(name, time);
    }
    records.add(CacheRecord.of(key, fields));
  }

  private static JsonValue text(@Nullable String value) {
    return value == null ? JsonValue.NULL : JsonValue.of(value);
  }
}
