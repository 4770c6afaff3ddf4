package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
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
    try {
      records.add(CacheRecord.of(key, fields(row, key)));
    } catch (UnreadableRowException e) {
      unreadable.add(new UnreadableRecord(key, String.valueOf(e.getMessage()), text(row)));
    }
  }

  private Map<String, JsonValue> fields(ResultSet row, String key)
      throws SQLException, UnreadableRowException {
    boolean old = row.getBoolean(RowQuery.OLD);
    byte[] prompt = row.getBytes("original_prompt");
    if (old && prompt == null) {
      throw new UnreadableRowException(
          "a row of an older LightRAG without original_prompt, of which its key is made");
    }
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put(RecordEncoder.RETURN, longText(row.getBytes("return_value")));
    fields.put(
        RecordEncoder.CACHE_TYPE,
        old || !table.has("cache_type")
            ? JsonValue.of(RecordEncoder.typeOf(key))
            : text(row.getString("cache_type")));
    if (table.has("chunk_id")) {
      fields.put(RecordEncoder.CHUNK_ID, text(row.getString("chunk_id")));
    }
    fields.put(RecordEncoder.ORIGINAL_PROMPT, longText(prompt));
    if (table.has("queryparam")) {
      fields.put(RecordEncoder.QUERYPARAM, json("queryparam", row.getString("queryparam")));
    }
    for (String name : List.of(RecordEncoder.CREATE_TIME, RecordEncoder.UPDATE_TIME)) {
      String seconds = row.getString(name);
      if (seconds != null) {
        fields.put(name, time(name, seconds));
      }
    }
    return fields;
  }

  /** All that the row has, as a JSON object of texts. */
  private static String text(ResultSet row) throws SQLException {
    Map<String, JsonValue> columns = new LinkedHashMap<>();
    ResultSetMetaData names = row.getMetaData();
    for (int column = 1; column <= names.getColumnCount(); column++) {
      String name = names.getColumnLabel(column);
      if (!RowQuery.HELPERS.contains(name)) {
        columns.put(name, text(row.getString(column)));
      }
    }
    return JsonValue.object(columns).toString();
  }

  private static JsonValue json(String name, @Nullable String json) throws UnreadableRowException {
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

  /** The driver gives a text column's bytes as the server sent them, which is UTF-8. */
  private static JsonValue longText(byte @Nullable [] utf8) throws UnreadableRowException {
    try {
      return utf8 == null ? JsonValue.NULL : JsonValue.ofUtf8(utf8);
    } catch (MalformedJsonException e) {
      throw new UnreadableRowException("a text that is no UTF-8: " + e.getMessage());
    }
  }

  private static JsonValue text(@Nullable String value) {
    return value == null ? JsonValue.NULL : JsonValue.of(value);
  }

  private static final class UnreadableRowException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableRowException(String reason) {
      super(reason);
    }
  }
}
