package io.github.lightragmigrate.mongo;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is read of the document that a record was written to: all but leftovers of old releases, and
 * times that are null, which are not even written. Numbers and texts are exact, or refused.
 */
final class StoredForm {

  private StoredForm() {}

  /** The record itself where nothing is left out. */
  static CacheRecord of(CacheRecord record) {
    CacheRecord timed = record.withoutNullTimes();
    if (DocumentDecoder.DROPPED.stream().noneMatch(timed.fields()::containsKey)) {
      return timed;
    }
    Map<String, JsonValue> kept = new LinkedHashMap<>(timed.fields());
    kept.keySet().removeAll(DocumentDecoder.DROPPED);
    return CacheRecord.of(record.key(), kept);
  }
}
