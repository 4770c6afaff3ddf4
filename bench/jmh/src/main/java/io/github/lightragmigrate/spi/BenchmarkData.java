package io.github.lightragmigrate.spi;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Records such as {@code bench/lib/data.py} makes: of 15 KB or 0.5 KB, in several scripts. */
public final class BenchmarkData {

  private static final String[] WORDS = {
    "entity ",
    "relation ",
    "graph\n",
    "Größe ",
    "für ",
    "实体",
    "关系 ",
    "οντότητα ",
    "\"quoted\" ",
    "<|#|>"
  };

  private BenchmarkData() {}

  public static String key(int number) {
    return "default:extract:" + String.format("%032x", number * 0x9E3779B97F4A7C15L);
  }

  /** The JSON text of a record's fields. */
  public static byte[] json(int number, boolean small) {
    Random random = new Random(number);
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("return", JsonValue.of(text(random, small ? 120 : 2500)));
    fields.put("cache_type", JsonValue.of("extract"));
    fields.put("chunk_id", JsonValue.of("chunk-" + String.format("%032x", number)));
    fields.put("original_prompt", JsonValue.of(text(random, small ? 150 : 12_000)));
    fields.put("queryparam", JsonValue.NULL);
    fields.put("create_time", JsonValue.of(1_700_000_000L + number));
    fields.put("update_time", JsonValue.of(1_700_000_100L + number));
    return CacheRecord.of(key(number), fields).toJsonWithId();
  }

  private static String text(Random random, int bytes) {
    StringBuilder text = new StringBuilder();
    for (int size = 0; size < bytes; ) {
      String word = WORDS[random.nextInt(WORDS.length)];
      text.append(word);
      size += word.getBytes(StandardCharsets.UTF_8).length;
    }
    return text.toString();
  }
}
