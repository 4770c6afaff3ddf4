package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the table's columns give back of a record that they took. */
final class StoredForm {

  private static final JsonValue EPOCH = JsonValue.of(0);

  private StoredForm() {}

  /** The record itself where the columns keep all of it. */
  static CacheRecord of(CacheRecord record) {
    Map<String, JsonValue> stored = new LinkedHashMap<>();
    put(record, RecordEncoder.RETURN, JsonValue.NULL, stored);
    JsonValue typeOfKey = JsonValue.of(RecordEncoder.typeOf(record.key()));
    put(record, RecordEncoder.CACHE_TYPE, typeOfKey, stored);
    put(record, RecordEncoder.CHUNK_ID, JsonValue.NULL, stored);
    put(record, RecordEncoder.ORIGINAL_PROMPT, JsonValue.NULL, stored);
    stored.put(
        RecordEncoder.QUERYPARAM,
        record
            .field(RecordEncoder.QUERYPARAM)
            .filter(value -> !StorableJson.isFalsy(value))
            .orElse(JsonValue.NULL));
    stored.put(RecordEncoder.CREATE_TIME, time(record, RecordEncoder.CREATE_TIME));
    stored.put(RecordEncoder.UPDATE_TIME, time(record, RecordEncoder.UPDATE_TIME));
    return stored.equals(record.fields()) ? record : CacheRecord.of(record.key(), stored);
  }

  private static void put(
      CacheRecord record, String name, JsonValue whenAbsent, Map<String, JsonValue> stored) {
    stored.put(name, record.field(name).orElse(whenAbsent));
  }

  private static JsonValue time(CacheRecord record, String name) {
    JsonValue given = record.field(name).filter(value -> !value.isNull()).orElse(EPOCH);
    return given.asDecimal().map(EpochTimes::rounded).map(JsonValue::of).orElse(given);
  }
}
