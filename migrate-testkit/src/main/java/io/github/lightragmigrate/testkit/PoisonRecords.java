package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records that one store or another cannot hold: each is given back as it was, or refused alone.
 * The key says what is odd.
 */
public final class PoisonRecords {

  private static final String KEY = "default:extract:poison-";

  private PoisonRecords() {}

  /** All of them; keys, texts, numbers, names and types. */
  public static List<CacheRecord> all() {
    List<CacheRecord> records = new ArrayList<>(keys());
    records.addAll(texts());
    records.addAll(numbers());
    records.addAll(names());
    records.addAll(types());
    return records;
  }

  private static List<CacheRecord> keys() {
    return List.of(
        usual(KEY + "key-of-1000-characters-" + "k".repeat(961)),
        usual(KEY + "key-of-300-characters-" + "k".repeat(262)),
        usual(KEY + "key-of-600-bytes-" + "é".repeat(280)),
        usual(KEY + "key-with-lone-surrogate-\ud800"),
        usual(KEY + "key-with-nul-\0"));
  }

  private static List<CacheRecord> texts() {
    return List.of(
        with("lone-high-surrogate", "return", JsonValue.of("a\ud83db")),
        with("lone-low-surrogate", "original_prompt", JsonValue.of("a\ude00b")),
        with("escaped-lone-surrogate", "return", json("\"\\udc00\"")),
        with("lone-surrogate-inside", "queryparam", json("{\"a\": [\"\\ud800\"]}")),
        with("nul", "return", JsonValue.of("a\0b")),
        with("escaped-nul", "original_prompt", json("\"a\\u0000b\"")),
        with("nul-inside", "queryparam", json("{\"a\": [\"\\u0000\"]}")),
        with("noncharacters", "return", JsonValue.of("a\ufffe\uffffb")),
        with("long-chunk-id", "chunk_id", JsonValue.of("c".repeat(1000))),
        with("long-cache-type", "cache_type", JsonValue.of("t".repeat(100))));
  }

  private static List<CacheRecord> numbers() {
    return List.of(
        with("nan-time", "create_time", JsonValue.of(Double.NaN)),
        with("infinite-time", "update_time", JsonValue.of(Double.NEGATIVE_INFINITY)),
        with("nan-inside", "queryparam", json("{\"ratio\": NaN}")),
        with("huge-time", "create_time", json("1e400")),
        with("long-time", "create_time", json("9".repeat(400))),
        with("time-beyond-long", "update_time", json("9223372036854775808")),
        with("negative-time", "create_time", JsonValue.of(-1)),
        with("time-with-fraction", "create_time", json("1700000000.25")),
        with("huge-number-inside", "queryparam", json("{\"top_k\": 1e400}")),
        with("long-number-inside", "queryparam", json("{\"top_k\": " + "9".repeat(400) + "}")),
        with("exact-number-inside", "queryparam", json("{\"top_k\": 0.1000000000000000000001}")));
  }

  private static List<CacheRecord> names() {
    return List.of(
        with("name-with-dollar", "$set", JsonValue.of("x")),
        with("name-with-dot", "a.b", JsonValue.of("x")),
        with("empty-name", "", JsonValue.of("x")),
        with("name-with-lone-surrogate", "a\ud800", JsonValue.of("x")),
        with("name-with-nul", "a\0", JsonValue.of("x")),
        with("name-of-1000-characters", "n".repeat(1000), JsonValue.of("x")),
        with("dollar-inside", "queryparam", json("{\"$where\": 1}")),
        with("dot-inside", "queryparam", json("{\"a.b\": 1}")),
        with("empty-name-inside", "queryparam", json("{\"\": 1}")),
        with("name-twice-inside", "queryparam", json("{\"mode\": \"mix\", \"mode\": \"local\"}")),
        with("nested-deeply", "queryparam", json("{\"a\":".repeat(150) + "1" + "}".repeat(150))),
        with(
            "nested-too-deeply",
            "queryparam",
            json("{\"a\":".repeat(900) + "1" + "}".repeat(900))));
  }

  private static List<CacheRecord> types() {
    return List.of(
        with("return-number", "return", JsonValue.of(5)),
        with("return-null", "return", JsonValue.NULL),
        with("return-object", "return", json("{\"a\": 1}")),
        without("no-return", "return"),
        without("no-prompt", "original_prompt"),
        CacheRecord.of(KEY + "no-fields", Map.of()),
        with("prompt-object", "original_prompt", json("{\"a\": 1}")),
        with("cache-type-array", "cache_type", json("[\"extract\"]")),
        with("chunk-id-number", "chunk_id", JsonValue.of(5)),
        with("queryparam-text", "queryparam", JsonValue.of("{\"mode\": \"mix\"}")),
        with("queryparam-array", "queryparam", json("[1, 2]")),
        with("queryparam-empty", "queryparam", json("{}")),
        with("time-text", "create_time", JsonValue.of("yesterday")),
        with("time-true", "update_time", JsonValue.TRUE));
  }

  private static CacheRecord usual(String key) {
    return CacheRecord.of(key, SampleRecords.usual("extract", "poison").fields());
  }

  private static CacheRecord with(String name, String field, JsonValue value) {
    return SampleRecords.with(usual(KEY + name), field, value);
  }

  private static CacheRecord without(String name, String field) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(usual(KEY + name).fields());
    fields.remove(field);
    return CacheRecord.of(KEY + name, fields);
  }

  private static JsonValue json(String text) {
    return JsonValue.ofJson(text);
  }
}
