package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Records that the table cannot hold, each for one reason. */
final class Unstorable {

  private static final String SMILE = "\ud83d\ude00";

  private final List<CacheRecord> records = new ArrayList<>();

  private Unstorable() {}

  static List<CacheRecord> records() {
    Unstorable unstorable = new Unstorable();
    unstorable.keys();
    unstorable.texts();
    unstorable.times();
    unstorable.queryparams();
    return unstorable.records;
  }

  private void keys() {
    key("k".repeat(240));
    key(SMILE.repeat(240));
    key("\0nul");
    key("surrogate\udc00");
  }

  private void texts() {
    for (String field : List.of("return", "original_prompt", "chunk_id", "cache_type")) {
      add(field, JsonValue.of("a\0"));
      add(field, JsonValue.ofJson("\"\\u0000a\""));
      add(field, JsonValue.of("a\ud800"));
      add(field, JsonValue.ofJson("\"\\udc00\\ud800\""));
      add(field, "5", "true", "[\"a\"]", "{\"a\": 1}");
    }
    add("chunk_id", JsonValue.of("c".repeat(256)));
    add("chunk_id", JsonValue.of(SMILE.repeat(256)));
    add("cache_type", JsonValue.of("t".repeat(33)));
    add("cache_type", JsonValue.of(SMILE.repeat(33)));
  }

  private void times() {
    for (String field : List.of("create_time", "update_time")) {
      add(field, "\"2023-11-14\"", "\"1700000000\"", "true", "[1]", "{}");
      add(field, "NaN", "Infinity", "-Infinity", "1e400", "1e999999999", "1e99999999999");
      add(field, "9224318016000", "-210866803201", "9".repeat(400));
    }
  }

  private void queryparams() {
    String field = "queryparam";
    add(field, "[\"\\u0000\"]", "{\"a\": {\"\\u0000\": 1}}", "\"\\ud800\"");
    add(field, "NaN", "[Infinity]", "[-Infinity]", "1e131072", "[1e200000]", "[1e99999999999]");
    add(field, "[1e-16384]", "[" + "9".repeat(131_073) + "]", "[0." + "1".repeat(16_384) + "]");
    add(field, JsonValue.object(Map.of("a\udc00", JsonValue.TRUE)));
    JsonValue deep = JsonValue.TRUE;
    for (int level = 0; level < 10_000; level++) {
      deep = JsonValue.array(List.of(deep));
    }
    add(field, deep);
  }

  private void key(String end) {
    records.add(
        CacheRecord.of("default:extract:" + end, SampleRecords.usual("extract", end).fields()));
  }

  private void add(String field, String... json) {
    for (String text : json) {
      add(field, JsonValue.ofJson(text));
    }
  }

  private void add(String field, JsonValue value) {
    CacheRecord usual = SampleRecords.usual("extract", "unstorable " + records.size());
    records.add(SampleRecords.with(usual, field, value));
  }
}
