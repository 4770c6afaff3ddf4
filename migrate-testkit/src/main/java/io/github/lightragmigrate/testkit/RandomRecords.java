package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Records of any shape, the same for the same seed: fields that are absent, null or of the wrong
 * type, numbers of any size, nesting, and text with all that stores stumble over.
 */
public final class RandomRecords {

  private static final List<String> FIELDS =
      List.of(
          "return",
          "cache_type",
          "chunk_id",
          "original_prompt",
          "queryparam",
          "create_time",
          "update_time",
          "embedding_shape",
          "m\u00f6de");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0.0",
          "1",
          "1.0",
          "-17",
          "1e3",
          "0.1",
          "123456789012345678901234567890",
          "1e400",
          "1E-400",
          "3.141592653589793238462643383279",
          "9223372036854775807",
          "9007199254740993",
          "1700000000.1234567",
          "NaN",
          "-Infinity");

  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "\"quoted\" \\ / \n\t\r",
          "\u65e5\u672c\u8a9e",
          "\uD83D\uDE00",
          "e\u0301",
          "\u0000",
          "x\uD800y",
          "\uFFFE\uFFFF",
          "\u2028\u00a0",
          "'; --",
          "$a.b",
          "%s {} [1]");

  private final Random random;

  private RandomRecords(long seed) {
    this.random = new Random(seed);
  }

  /** So many, all with keys of their own; about half have nothing odd. */
  public static List<CacheRecord> of(long seed, int count) {
    RandomRecords made = new RandomRecords(seed);
    List<CacheRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(made.record(SampleRecords.key("extract", seed + " " + i), i % 2 == 0));
    }
    return records;
  }

  private CacheRecord record(String key, boolean plain) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("return", JsonValue.of("answer " + random.nextInt()));
    if (plain) {
      fields.put("create_time", JsonValue.of(random.nextInt(2_000_000_000)));
      fields.put("original_prompt", JsonValue.of(TEXTS.get(random.nextInt(6))));
      return CacheRecord.of(key, fields);
    }
    for (String field : FIELDS) {
      if (random.nextInt(3) > 0) {
        fields.put(field, usual(field));
      }
    }
    if (random.nextInt(3) == 0) {
      fields.put(FIELDS.get(random.nextInt(FIELDS.size())), value(3));
    }
    return CacheRecord.of(key, fields);
  }

  private JsonValue usual(String field) {
    if (random.nextInt(6) == 0) {
      return JsonValue.NULL;
    }
    return switch (field) {
      case "create_time", "update_time" ->
          JsonValue.ofJson(random.nextInt() + "." + random.nextInt(9));
      case "queryparam", "embedding_shape" -> value(4);
      default -> JsonValue.of(text());
    };
  }

  private JsonValue value(int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 4)) {
      case 0 -> JsonValue.NULL;
      case 1 -> JsonValue.of(random.nextBoolean());
      case 2 -> JsonValue.ofJson(NUMBERS.get(random.nextInt(NUMBERS.size())));
      case 3 -> JsonValue.of(text());
      case 4 -> {
        List<JsonValue> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          elements.add(value(depth - 1));
        }
        yield JsonValue.array(elements);
      }
      default -> {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          fields.put(name(), value(depth - 1));
        }
        yield JsonValue.object(fields);
      }
    };
  }

  /** Without lone surrogates, which Jackson does not read in names: no source gives them. */
  private String name() {
    return random.nextInt(3) > 0 ? "n" + random.nextInt(5) : text().replace("\uD800", "");
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      // the odd ones seldom, or hardly a record would be storable
      text.append(TEXTS.get(random.nextInt(random.nextInt(4) == 0 ? TEXTS.size() : 6)));
    }
    return text.toString();
  }
}
