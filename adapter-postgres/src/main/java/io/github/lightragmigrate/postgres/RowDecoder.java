package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Row to record. Reads the columns that {@link RowQuery} selects. */
final class RowDecoder {

  private final CacheTable table;
  private final List<String> dataColumns;

  RowDecoder(CacheTable table, List<String> dataColumns) {
    this.table = table;
    this.dataColumns = dataColumns;
  }

  /** Adds the row to one of the lists. */
  void decode(Row row, List<CacheRecord> records, List<UnreadableRecord> unreadable)
      throws SQLException {
    String key = Objects.requireNonNull(row.text(RowQuery.KEY));
    try {
      records.add(CacheRecord.of(key, fields(row, key)));
    } catch (UnreadableRowException e) {
      unreadable.add(new UnreadableRecord(key, String.valueOf(e.getMessage()), text(row)));
    }
  }

  private Map<String, JsonValue> fields(Row row, String key)
      throws SQLException, UnreadableRowException {
    boolean old = "true".equals(row.text(RowQuery.OLD));
    byte[] prompt = row.utf8("original_prompt");
    if (old && prompt == null) {
      throw new UnreadableRowException(
          "a row of an older LightRAG without original_prompt, of which its key is made");
    }
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put(RecordEncoder.RETURN, text(row.utf8("return_value")));
    fields.put(
        RecordEncoder.CACHE_TYPE,
        old || !table.has("cache_type")
            ? JsonValue.of(RecordEncoder.typeOf(key))
            : text(row.utf8("cache_type")));
    if (table.has("chunk_id")) {
      fields.put(RecordEncoder.CHUNK_ID, text(row.utf8("chunk_id")));
    }
    fields.put(RecordEncoder.ORIGINAL_PROMPT, text(prompt));
    if (table.has("queryparam")) {
      fields.put(RecordEncoder.QUERYPARAM, json("queryparam", row.utf8("queryparam")));
    }
    for (String name : List.of(RecordEncoder.CREATE_TIME, RecordEncoder.UPDATE_TIME)) {
      String seconds = row.text(name);
      if (seconds != null) {
        fields.put(name, time(name, seconds));
      }
    }
    return fields;
  }

  /** All that the row has, as a JSON object of texts. */
  private String text(Row row) throws SQLException {
    Map<String, JsonValue> columns = new LinkedHashMap<>();
    for (String name : dataColumns) {
      byte[] utf8 = row.utf8(name);
      columns.put(
          name,
          utf8 == null ? JsonValue.NULL : JsonValue.of(new String(utf8, StandardCharsets.UTF_8)));
    }
    return JsonValue.object(columns).toString();
  }

  private static JsonValue json(String name, byte @Nullable [] json) throws UnreadableRowException {
    try {
      return json == null ? JsonValue.NULL : JsonValue.ofJson(json);
    } catch (MalformedJsonException e) {
      throw new UnreadableRowException(name + ": " + e.getMessage());
    }
  }

  private static JsonValue time(String name, String seconds) throws UnreadableRowException {
    JsonValue time = EpochTimes.toJson(seconds);
    if (time == null) {
      throw new UnreadableRowException(name + " is " + seconds);
    }
    return time;
  }

  private JsonValue text(byte @Nullable [] utf8) throws UnreadableRowException {
    if (utf8 == null) {
      return JsonValue.NULL;
    }
    if (table.isUtf8()) {
      return JsonValue.ofValidUtf8(utf8);
    }
    try {
      return JsonValue.ofUtf8(utf8);
    } catch (MalformedJsonException e) {
      throw new UnreadableRowException("a text that is no UTF-8: " + e.getMessage());
    }
  }

  private static final class UnreadableRowException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableRowException(String reason) {
      super(reason);
    }
  }
}
