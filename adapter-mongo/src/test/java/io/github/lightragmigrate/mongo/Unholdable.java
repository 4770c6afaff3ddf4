package io.github.lightragmigrate.mongo;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Records that MongoDB cannot hold, each for one reason. */
final class Unholdable {

  private final List<CacheRecord> records = new ArrayList<>();

  private Unholdable() {}

  static List<CacheRecord> records() {
    Unholdable unholdable = new Unholdable();
    unholdable.names();
    unholdable.texts();
    unholdable.numbers();
    unholdable.sizes();
    return unholdable.records;
  }

  private void names() {
    for (String name : List.of("$", "$set", "a.b", ".", ".a", "a.", "a\0", "\0", "\0.$")) {
      JsonValue object = JsonValue.object(Map.of(name, JsonValue.of(1)));
      add(name, JsonValue.of("x"));
      add("queryparam", object);
      add("more", JsonValue.array(List.of(JsonValue.array(List.of(object)))));
    }
    add("a\ud800", JsonValue.TRUE);
    add("queryparam", JsonValue.object(Map.of("a\ud800", JsonValue.TRUE)));
  }

  private void texts() {
    for (String text : List.of("\ud800", "a\udc00b", "\udc00\ud800")) {
      add("return", JsonValue.of(text));
      add("queryparam", JsonValue.array(List.of(JsonValue.of(text))));
    }
    add("return", JsonValue.ofJson("\"\\ud83d\""));
    records.add(
        CacheRecord.of(
            "default:extract:\ud83d", SampleRecords.usual("extract", "surrogate").fields()));
  }

  private void numbers() {
    for (String number :
        List.of(
            "1e99999",
            "-1e99999999999",
            "1e-99999",
            "7".repeat(35),
            "7".repeat(5000),
            "0." + "7".repeat(35),
            "1" + "0".repeat(6200))) {
      add("create_time", JsonValue.ofJson(number));
      add("queryparam", JsonValue.ofJson("{\"n\": [" + number + "]}"));
    }
  }

  private void sizes() {
    add("return", JsonValue.of("x".repeat(DocumentEncoder.MAX_BYTES)));
    add("queryparam", JsonValue.ofJson("[".repeat(100) + "]".repeat(100)));
    add("queryparam", JsonValue.ofJson("{\"a\":".repeat(100) + "1" + "}".repeat(100)));
    JsonValue deep = JsonValue.TRUE;
    for (int level = 0; level < 10_000; level++) {
      deep = JsonValue.array(List.of(deep));
    }
    add("queryparam", deep);
  }

  private void add(String field, JsonValue value) {
    CacheRecord usual = SampleRecords.usual("extract", "unholdable " + records.size());
    records.add(SampleRecords.with(usual, field, value));
  }
}
