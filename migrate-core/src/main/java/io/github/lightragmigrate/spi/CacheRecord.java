package io.github.lightragmigrate.spi;

import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One cached answer: a key and named fields, in no store's form. {@code _id}, which JSON and Redis
 * keep beside the fields and which is the key again, is no field. Immutable; equal by key and by
 * the fields' values.
 */
public final class CacheRecord {

  /** LightRAG's name for the key inside a value. */
  public static final String ID_FIELD = "_id";

  private static final List<String> TIMES = List.of("create_time", "update_time");

  private final String key;
  private final Map<String, JsonValue> fields;
  private final long fieldsSize;

  private CacheRecord(String key, Map<String, JsonValue> fields) {
    this.key = key;
    this.fields = fields;
    this.fieldsSize = size(fields);
  }

  /**
   * Fields keep their order here; a store need not, since LightRAG reads them by name. {@code _id}
   * is left out.
   */
  public static CacheRecord of(String key, Map<String, JsonValue> fields) {
    Map<String, JsonValue> copy = new LinkedHashMap<>(fields);
    copy.remove(ID_FIELD);
    return new CacheRecord(key, Collections.unmodifiableMap(copy));
  }

  /**
   * Reads a JSON object. The array is kept, not copied.
   *
   * @throws MalformedJsonException when it is not JSON that Python reads, or no object, or the name
   *     of a field holds a lone surrogate: {@link #toJson} writes such a name, and a store that
   *     keeps records so refuses it beforehand ({@link LoneSurrogates#areIn})
   */
  public static CacheRecord ofJson(String key, byte[] utf8) {
    Map<String, JsonValue> fields = JsonText.parseObject(utf8);
    fields.remove(ID_FIELD);
    return new CacheRecord(key, Collections.unmodifiableMap(fields));
  }

  /**
   * The record without times that are null: LightRAG sorts by them and fails on null, and takes an
   * absent one for 0.
   */
  public CacheRecord withoutNullTimes() {
    if (!hasNullTime()) {
      return this;
    }
    Map<String, JsonValue> kept = new LinkedHashMap<>(fields);
    TIMES.forEach(name -> kept.remove(name, JsonValue.NULL));
    return new CacheRecord(key, Collections.unmodifiableMap(kept));
  }

  private boolean hasNullTime() {
    for (String name : TIMES) {
      JsonValue time = fields.get(name);
      if (time != null && time.isNull()) {
        return true;
      }
    }
    return false;
  }

  /** {@code <mode>:<cache_type>:<hash>}. */
  public String key() {
    return key;
  }

  /** Unmodifiable, in order. */
  public Map<String, JsonValue> fields() {
    return fields;
  }

  /** Empty when there is none of that name. */
  public Optional<JsonValue> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** Approximate length of the JSON text in bytes. */
  public long size() {
    return key.length() + fieldsSize;
  }

  /** Exact for JSON text as it came, and names and decoded strings of ASCII without escapes. */
  private static long size(Map<String, JsonValue> fields) {
    long size = 0;
    for (Map.Entry<String, JsonValue> field : fields.entrySet()) {
      size += size(field.getKey(), field.getValue());
    }
    return size;
  }

  /** Quotes, colon, and a comma or the braces included. */
  private static long size(String name, JsonValue value) {
    return name.length() + 6L + value.size();
  }

  /**
   * One JSON object on one line, without {@code _id}. {@link #ofJson} reads it again, unless the
   * name of a field holds a lone surrogate.
   */
  public byte[] toJson() {
    ExactBytes out = new ExactBytes(Math.max(2, fieldsSize));
    JsonText.writeObject(fields, out);
    return out.bytes();
  }

  /** One JSON object on one line, {@code _id} last, as LightRAG keeps it in Redis. */
  public byte[] toJsonWithId() {
    ExactBytes out = new ExactBytes(fieldsSize + size(ID_FIELD, JsonValue.of(key)));
    writeJson(ID_FIELD, out);
    return out.bytes();
  }

  /** Appends one JSON object on one line, the key last under a name that no field has. */
  public void writeJson(String keyName, ByteArrayOutputStream out) {
    JsonText.writeObject(fields, keyName, JsonValue.of(key), out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CacheRecord that && key.equals(that.key) && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  /** The key alone: contents are long, and nobody's business in a log. */
  @Override
  public String toString() {
    return key;
  }
}
