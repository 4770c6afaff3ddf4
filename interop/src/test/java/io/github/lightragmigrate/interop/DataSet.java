package io.github.lightragmigrate.interop;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A kind of records that may be in a cache. No key is in two of them. */
enum DataSet {
  /** Such as 1.5.7 writes. */
  USUAL,
  /** Emoji, megabytes of text, nested parameters, keys with globs and colons. */
  ODD,
  /** Old records, with other fields than today's or less of them. */
  FIELDS,
  /** Times that are fractions, zero or absent. */
  TIMES,
  /** Records nested by mode, as old versions kept them. */
  LEGACY,
  /** Written by LightRAG itself, which sets the times. */
  LIGHTRAG;

  /** As they are put into a store; those of {@link #LEGACY} as they are read from their nests. */
  List<CacheRecord> records() {
    return switch (this) {
      case USUAL -> SampleRecords.usual(40);
      case ODD -> SampleRecords.odd();
      case FIELDS -> fields();
      case TIMES -> times();
      case LEGACY -> legacy();
      case LIGHTRAG -> lightRag();
    };
  }

  /** Whether a store can have held such records. */
  boolean heldBy(String store) {
    return this != LEGACY || store.equals("json") || store.equals("redis");
  }

  private static List<CacheRecord> fields() {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.withExtraFields());
    records.addAll(SampleRecords.withAbsentFields());
    return records;
  }

  private static List<CacheRecord> times() {
    return List.of(
        timed("fractions", Map.of("create_time", "1700000000.25", "update_time", "1700000001.75")),
        timed("zero", Map.of("create_time", "0", "update_time", "0")),
        timed("absent", Map.of()),
        timed("created only", Map.of("create_time", "1700000002")),
        timed("never updated", Map.of("create_time", "1700000003", "update_time", "0")));
  }

  private static CacheRecord timed(String seed, Map<String, String> times) {
    CacheRecord usual = SampleRecords.usual("summary", "times: " + seed);
    Map<String, JsonValue> fields = new LinkedHashMap<>(usual.fields());
    fields.keySet().removeAll(List.of("create_time", "update_time"));
    times.forEach((name, number) -> fields.put(name, JsonValue.ofJson(number)));
    return CacheRecord.of(usual.key(), fields);
  }

  /** The nest has the last part of the key; a record without a type is an extraction. */
  private static List<CacheRecord> legacy() {
    List<CacheRecord> records = new ArrayList<>();
    records.add(SampleRecords.usual("summary", "legacy summary"));
    CacheRecord usual = SampleRecords.usual("extract", "legacy extract");
    Map<String, JsonValue> old = new LinkedHashMap<>();
    old.put("return", usual.fields().get("return"));
    old.put("original_prompt", usual.fields().get("original_prompt"));
    old.put("embedding", JsonValue.NULL);
    old.put("embedding_shape", JsonValue.NULL);
    records.add(CacheRecord.of(usual.key(), old));
    return records;
  }

  private static List<CacheRecord> lightRag() {
    List<CacheRecord> records = new ArrayList<>();
    for (String type : List.of("extract", "summary", "analysis", "smartheading")) {
      CacheRecord usual = SampleRecords.usual(type, "of LightRAG: " + type);
      records.add(
          SampleRecords.with(
              usual, "return", JsonValue.of("Größe 長い 👩‍👩‍👧‍👦 \"\\\n\u2028 of " + type)));
    }
    CacheRecord nested = SampleRecords.usual("extract", "of LightRAG: nested");
    records.add(
        SampleRecords.with(
            nested,
            "queryparam",
            JsonValue.ofJson(
                "{\"mode\": \"mix\", \"ids\": null, \"deep\": {\"er\": {\"list\": [\"ü\", \"😀\"]}}}")));
    return records;
  }
}
