package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import java.time.LocalDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Record to row, or the reason why there is none. */
final class RecordEncoder {

  static final String RETURN = "return";
  static final String CACHE_TYPE = "cache_type";
  static final String CHUNK_ID = "chunk_id";
  static final String ORIGINAL_PROMPT = "original_prompt";
  static final String QUERYPARAM = "queryparam";
  static final String CREATE_TIME = "create_time";
  static final String UPDATE_TIME = "update_time";

  private static final int MAX_ID = 255;
  private static final int MAX_CHUNK_ID = 255;
  private static final int MAX_CACHE_TYPE = 32;

  private RecordEncoder() {}

  static CacheRow encode(CacheRecord record) throws UnstorableException {
    Map<String, JsonValue> fields = record.fields();
    if (!fields.containsKey(RETURN)) {
      throw new UnstorableException("there is no 'return', without which LightRAG cannot use it");
    }
    String cacheType =
        fields.containsKey(CACHE_TYPE)
            ? text(fields, CACHE_TYPE, MAX_CACHE_TYPE)
            : checked(CACHE_TYPE, typeOf(record.key()), MAX_CACHE_TYPE);
    return new CacheRow(
        checked("key", record.key(), MAX_ID),
        longText(fields, ORIGINAL_PROMPT),
        longText(fields, RETURN),
        text(fields, CHUNK_ID, MAX_CHUNK_ID),
        cacheType,
        queryparam(fields),
        time(fields, CREATE_TIME),
        time(fields, UPDATE_TIME));
  }

  /** {@code mode:type:hash} tells the type; LightRAG takes other keys for extractions. */
  static String typeOf(String key) {
    String[] parts = key.split(":", 3);
    return parts.length == 3 && !parts[0].isEmpty() && !parts[1].isEmpty() ? parts[1] : "extract";
  }

  private static @Nullable StoredText longText(Map<String, JsonValue> fields, String name)
      throws UnstorableException {
    JsonValue value = string(fields, name);
    return value == null ? null : StoredText.of(name, value);
  }

  private static @Nullable String text(Map<String, JsonValue> fields, String name, int most)
      throws UnstorableException {
    JsonValue value = string(fields, name);
    return value == null ? null : checked(name, value.string(), most);
  }

  private static @Nullable JsonValue string(Map<String, JsonValue> fields, String name)
      throws UnstorableException {
    JsonValue value = fields.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (value.kind() != JsonValue.Kind.STRING) {
      throw new UnstorableException("'" + name + "' is no string");
    }
    return value;
  }

  private static String checked(String name, String text, int most) throws UnstorableException {
    StorableText.check(name, text);
    if (text.length() > most && text.codePointCount(0, text.length()) > most) {
      throw new UnstorableException("longer than " + most + " characters: " + name);
    }
    return text;
  }

  private static @Nullable String queryparam(Map<String, JsonValue> fields)
      throws UnstorableException {
    JsonValue value = fields.get(QUERYPARAM);
    if (value == null || StorableJson.isFalsy(value)) {
      return null;
    }
    StorableJson.check(QUERYPARAM, value);
    return value.toString();
  }

  private static LocalDateTime time(Map<String, JsonValue> fields, String name)
      throws UnstorableException {
    JsonValue value = fields.get(name);
    return value == null || value.isNull()
        ? EpochTimes.ABSENT
        : EpochTimes.toTimestamp(name, value);
  }
}
