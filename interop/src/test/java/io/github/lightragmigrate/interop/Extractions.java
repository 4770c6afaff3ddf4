package io.github.lightragmigrate.interop;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Text chunks with three extraction results each, created in another order than that of their keys
 * and in turn, not chunk by chunk.
 */
final class Extractions {

  static final List<String> CHUNKS = List.of("chunk-a", "chunk-b", "chunk-c", "chunk-d", "chunk-e");

  private static final int RESULTS = 3;

  private Extractions() {}

  /** Records of the cache. */
  static List<CacheRecord> records() {
    List<CacheRecord> records = new ArrayList<>();
    for (int chunk = 0; chunk < CHUNKS.size(); chunk++) {
      for (int result = 0; result < RESULTS; result++) {
        Map<String, JsonValue> fields =
            new LinkedHashMap<>(SampleRecords.usual("extract", seed(chunk, result)).fields());
        fields.put("chunk_id", JsonValue.of(CHUNKS.get(chunk)));
        fields.put("create_time", JsonValue.of(created(chunk, result)));
        records.add(CacheRecord.of(SampleRecords.key("extract", seed(chunk, result)), fields));
      }
    }
    return records;
  }

  /** Records of LightRAG's {@code text_chunks}, which refer to those of the cache. */
  static List<CacheRecord> chunks() {
    List<CacheRecord> chunks = new ArrayList<>();
    for (int chunk = 0; chunk < CHUNKS.size(); chunk++) {
      List<JsonValue> keys = new ArrayList<>();
      for (int result = 0; result < RESULTS; result++) {
        keys.add(JsonValue.of(SampleRecords.key("extract", seed(chunk, result))));
      }
      Map<String, JsonValue> fields = new LinkedHashMap<>();
      fields.put("tokens", JsonValue.of(3));
      fields.put("chunk_order_index", JsonValue.of(chunk));
      fields.put("full_doc_id", JsonValue.of("doc-1"));
      fields.put("content", JsonValue.of("text " + chunk));
      fields.put("file_path", JsonValue.of("a.txt"));
      fields.put("llm_cache_list", JsonValue.array(keys));
      chunks.add(CacheRecord.of(CHUNKS.get(chunk), fields));
    }
    return chunks;
  }

  /** What LightRAG reads for its rebuild: by the first result of a chunk, then by result. */
  static JsonValue inOrder() {
    List<JsonValue> chunks = new ArrayList<>();
    for (int chunk : List.of(3, 0, 4, 2, 1)) {
      List<JsonValue> results = new ArrayList<>();
      for (int result : List.of(1, 2, 0)) {
        results.add(
            JsonValue.array(
                List.of(
                    JsonValue.of("answer to " + seed(chunk, result)),
                    JsonValue.of(created(chunk, result)))));
      }
      chunks.add(
          JsonValue.array(List.of(JsonValue.of(CHUNKS.get(chunk)), JsonValue.array(results))));
    }
    return JsonValue.array(chunks);
  }

  private static String seed(int chunk, int result) {
    return "extraction " + chunk + " " + result;
  }

  private static long created(int chunk, int result) {
    return 1_700_000_000L + 10 * List.of(2, 0, 1).get(result) + List.of(1, 4, 3, 0, 2).get(chunk);
  }
}
