package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Keeps the fields text that LightRAG uses as text. A field gets its type from its first value, and
 * an answer that is nothing but a date would make a date field of {@code return}, which refuses all
 * other answers from then on, LightRAG's too. Such a field is mapped beforehand, just as any other
 * text would have mapped it.
 */
final class TextFields {

  private static final List<String> NAMES =
      List.of("return", "original_prompt", "chunk_id", "cache_type");

  /** Longest text in bytes that is looked at: no date is longer. */
  private static final int LONGEST_DATE = 80;

  /** More than OpenSearch's {@code dynamic_date_formats} take: mapping in vain does no harm. */
  private static final Pattern DATE = Pattern.compile("[+-]?\\d{4,9}[-/T].*");

  private static final JsonValue TEXT =
      JsonValue.ofJson(
          "{\"type\": \"text\", \"fields\": {\"keyword\": {\"type\": \"keyword\","
              + " \"ignore_above\": 256}}}");

  private final Rest rest;
  private final CacheIndex index;
  private final Map<String, JsonValue> mapped = new ConcurrentHashMap<>();

  TextFields(Rest rest, CacheIndex index) {
    this.rest = rest;
    this.index = index;
  }

  void keep(List<CacheRecord> records) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    for (String name : NAMES) {
      if (!mapped.containsKey(name) && records.stream().anyMatch(r -> isDate(r, name))) {
        fields.put(name, TEXT);
      }
    }
    if (!fields.isEmpty()) {
      map(fields);
      mapped.putAll(fields);
    }
  }

  private static boolean isDate(CacheRecord record, String name) {
    return record
        .field(name)
        .filter(value -> value.size() <= LONGEST_DATE)
        .flatMap(JsonValue::asString)
        .filter(text -> DATE.matcher(text).matches())
        .isPresent();
  }

  /** Where a field has another type already, or the user may not map, documents tell by failing. */
  private void map(Map<String, JsonValue> fields) {
    JsonValue mapping = JsonValue.object(Map.of("properties", JsonValue.object(fields)));
    Reply reply = rest.send(Request.json("PUT", index.path("_mapping"), mapping.toString()));
    if (reply.status() != 400 && reply.status() != 403) {
      rest.successful(reply);
    }
  }
}
