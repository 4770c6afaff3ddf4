package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records such as LightRAG 1.5.7 writes, and such as are found in old caches. */
public final class SampleRecords {

  private SampleRecords() {}

  /** {@code default:<type>:<md5 of seed>}. */
  public static String key(String type, String seed) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(seed.getBytes(StandardCharsets.UTF_8));
      return "default:" + type + ":" + String.format("%032x", new BigInteger(1, digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A usual record; two with the same seed are equal. */
  public static CacheRecord usual(String type, String seed) {
    Map<String, JsonValue> fields = usualFields(type, seed);
    return CacheRecord.of(key(type, seed), fields);
  }

  /** {@code count} usual records of the four types in turn, all different. */
  public static List<CacheRecord> usual(int count) {
    List<String> types = List.of("extract", "summary", "analysis", "smartheading");
    List<CacheRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(usual(types.get(i % types.size()), "seed " + i));
    }
    return records;
  }

  /** What every one of LightRAG's stores can hold: odd, but within the contract. */
  public static List<CacheRecord> odd() {
    List<CacheRecord> records = new ArrayList<>();
    add(
        records,
        "unicode",
        "return",
        JsonValue.of("日本語 Ελληνικά עברית e\u0301 \u00a0 \u2028 \ufeff"));
    add(records, "emoji", "return", JsonValue.of("👩‍👩‍👧‍👦 🏳️‍🌈 \uD83D\uDE00"));
    add(
        records,
        "quotes",
        "return",
        JsonValue.of("\"quoted\" 'single' back\\slash {\"a\": [1]} \\u0041"));
    add(
        records,
        "controls",
        "return",
        JsonValue.of("tab\t newline\n return\r bell\u0007 del\u007f"));
    add(records, "sql", "return", JsonValue.of("'; DROP TABLE x; -- \\. \\N $1 %s"));
    add(records, "long", "return", JsonValue.of("0123456789äöü ".repeat(230_000)));
    add(records, "empty", "return", JsonValue.of(""));
    add(records, "chunk null", "chunk_id", JsonValue.NULL);
    add(records, "prompt null", "original_prompt", JsonValue.NULL);
    add(
        records,
        "nested",
        "queryparam",
        JsonValue.ofJson(
            "{\"mode\": \"mix\", \"top_k\": 40, \"ratio\": 0.25, \"stream\": false, \"user_prompt\": \"\","
                + " \"ids\": null, \"hl_keywords\": [\"a\", \"ü\"], \"deep\": {\"er\": {\"est\": [1, [2, 3], []], \"empty\": {}}}}"));
    add(
        records,
        "line breaks",
        "queryparam",
        JsonValue.ofJson("{\n  \"mode\": \"mix\",\r\n  \"ids\": [\n    1\n  ]\n}"));
    records.add(
        CacheRecord.of("default:extract:with:more:colons", usualFields("extract", "colons")));
    records.add(CacheRecord.of("default:extract:glob*?[a]\\{b}%_", usualFields("extract", "glob")));
    records.add(CacheRecord.of("default:summary:ключ 键", usualFields("summary", "key")));
    return records;
  }

  /** Records with fields beside LightRAG's own; a store with fixed columns drops those fields. */
  public static List<CacheRecord> withExtraFields() {
    List<CacheRecord> records = new ArrayList<>();
    add(records, "extra", "embedding_shape", JsonValue.ofJson("[1, 1024]"));
    add(
        records,
        "extra object",
        "more",
        JsonValue.ofJson("{\"a\": {\"b\": [true, null], \"c\": 1.5}}"));
    return records;
  }

  /**
   * Arrays of several types, which OpenSearch refuses in an index that LightRAG created (each field
   * has one type there).
   */
  public static List<CacheRecord> withMixedArrays() {
    List<CacheRecord> records = new ArrayList<>();
    add(records, "mixed", "queryparam", JsonValue.ofJson("{\"mixed\": [1, [2, {}], \"3\"]}"));
    add(records, "mixed object", "more", JsonValue.ofJson("{\"d\": [true, null, 1.5]}"));
    return records;
  }

  /** Old records: fields that are absent. */
  public static List<CacheRecord> withAbsentFields() {
    Map<String, JsonValue> bare = new LinkedHashMap<>();
    bare.put("return", JsonValue.of("only an answer"));
    bare.put("original_prompt", JsonValue.of("prompt"));
    return List.of(CacheRecord.of(key("extract", "bare"), bare));
  }

  /** Records of LightRAG's that no migration of the default types may touch. */
  public static List<CacheRecord> neighbours() {
    List<CacheRecord> records = new ArrayList<>();
    for (String key :
        List.of(
            "mix:query:" + "0".repeat(32),
            "local:keywords:" + "1".repeat(32),
            "default:extractor:" + "2".repeat(32),
            "default:" + "3".repeat(32),
            "defaultx:extract:" + "4".repeat(32),
            "DEFAULT:EXTRACT:" + "5".repeat(32))) {
      records.add(CacheRecord.of(key, usualFields("query", key)));
    }
    return records;
  }

  /** The record with one field replaced or added. */
  public static CacheRecord with(CacheRecord record, String field, JsonValue value) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(record.fields());
    fields.put(field, value);
    return CacheRecord.of(record.key(), fields);
  }

  private static void add(List<CacheRecord> records, String seed, String field, JsonValue value) {
    records.add(with(usual("extract", seed), field, value));
  }

  private static Map<String, JsonValue> usualFields(String type, String seed) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("return", JsonValue.of("answer to " + seed));
    fields.put("cache_type", JsonValue.of(type));
    fields.put("chunk_id", JsonValue.of("chunk-" + Integer.toHexString(seed.hashCode())));
    fields.put("original_prompt", JsonValue.of("prompt of " + seed));
    fields.put("queryparam", JsonValue.NULL);
    fields.put("create_time", JsonValue.of(1_700_000_000L + seed.length()));
    fields.put("update_time", JsonValue.of(1_700_000_500L + seed.length()));
    return fields;
  }
}
