package io.github.lightragmigrate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A cache that a migration has filled, as LightRAG and we read it.
 *
 * @param settings LightRAG's variables of the store
 * @param judge LightRAG, if it can be asked about this store
 */
record JudgedCache(String store, Map<String, String> settings, Optional<Judge> judge) {

  private static final CacheRecord ADDED = SampleRecords.usual("analysis", "added by LightRAG");
  private static final CacheRecord CHANGED =
      SampleRecords.with(SampleRecords.usual("extract", "seed 0"), "return", JsonValue.of("new"));
  private static final String DELETED = SampleRecords.key("summary", "seed 1");

  Map<String, CacheRecord> readByUs() {
    try (Endpoint endpoint = Stores.open(store, settings, Access.SOURCE)) {
      return Stores.readAll(endpoint);
    }
  }

  Optional<Judge.Review> review(Collection<String> keys) {
    return judge.map(lightRag -> lightRag.review(store, settings, keys));
  }

  /** These records, field for field, to both; to LightRAG they are hits. */
  void hasExactly(
      Map<String, CacheRecord> expected,
      Map<String, CacheRecord> ours,
      Optional<Judge.Review> review) {
    assertThat(Stores.differences(expected, part(ours, expected))).as("read by us").isEmpty();
    review.ifPresent(
        lightRag -> {
          Map<String, CacheRecord> shown = shown(expected);
          assertThat(Stores.differences(shown, part(lightRag.records(), expected)))
              .as("read by LightRAG")
              .isEmpty();
          assertThat(part(lightRag.hits(), expected)).as("hits").isEqualTo(hits(shown));
        });
  }

  /** LightRAG upserts a new record and an old one and deletes one; all others stay as they are. */
  void goesOnWorking(Map<String, CacheRecord> before) {
    judge.orElseThrow().edit(store, settings, List.of(ADDED, CHANGED), List.of(DELETED));
    Map<String, CacheRecord> others = new LinkedHashMap<>(before);
    others.keySet().removeAll(List.of(ADDED.key(), CHANGED.key(), DELETED));
    List<String> all = new ArrayList<>(before.keySet());
    all.add(ADDED.key());
    Judge.Review review = review(all).orElseThrow();
    Map<String, CacheRecord> ours = readByUs();
    hasExactly(others, ours, Optional.of(review));
    assertThat(ours).hasSize(before.size()).doesNotContainKey(DELETED);
    assertThat(review.records()).hasSize(before.size()).doesNotContainKey(DELETED);
    assertThat(review.hits().get(DELETED)).isEqualTo(JsonValue.NULL);
    for (CacheRecord upserted : List.of(ADDED, CHANGED)) {
      CacheRecord record = ours.get(upserted.key());
      assertThat(record.field("return")).isEqualTo(upserted.field("return"));
      assertThat(
              Stores.differences(
                  shown(Map.of(record.key(), record)),
                  part(review.records(), Map.of(record.key(), record))))
          .as("LightRAG's own record, read by both")
          .isEmpty();
    }
  }

  private Map<String, CacheRecord> shown(Map<String, CacheRecord> records) {
    Map<String, CacheRecord> shown = new TreeMap<>();
    records.forEach((key, record) -> shown.put(key, Stores.shown(store, record)));
    return shown;
  }

  private static <V> Map<String, V> part(Map<String, V> all, Map<String, CacheRecord> keys) {
    Map<String, V> part = new TreeMap<>(all);
    part.keySet().retainAll(keys.keySet());
    return part;
  }

  /** What {@code handle_cache} answers where LightRAG reads these records. */
  private static Map<String, JsonValue> hits(Map<String, CacheRecord> records) {
    Map<String, JsonValue> hits = new TreeMap<>();
    records.forEach(
        (key, record) ->
            hits.put(
                key,
                JsonValue.array(
                    List.of(
                        record.field("return").orElseThrow(),
                        record.field("create_time").orElseThrow()))));
    return hits;
  }
}
