package io.github.lightragmigrate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Stores that LightRAG has filled, with its caches of queries, its text chunks, documents and their
 * states beside the cache, in several workspaces: the built command line counts, moves and verifies
 * as LightRAG sees it, and touches nothing else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhatLightRagWroteIT {

  private static final List<String> STORES = Places.STORES;
  private static final String PREFIX = "wrote";
  private static final String SOURCE = "wrote_source";
  private static final String TARGET = "wrote_target";
  private static final CacheRecord ONLY_IN_THE_TARGET =
      SampleRecords.usual("analysis", "only in the target");

  private Places places;
  private Jar jar;
  private Judge judge;

  private static List<CacheRecord> cache() {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(20));
    records.addAll(DataSet.LIGHTRAG.records());
    records.addAll(SampleRecords.odd());
    return records;
  }

  private static List<CacheRecord> queries() {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.neighbours());
    for (String mode : List.of("mix", "hybrid", "local", "global", "naive")) {
      for (String type : List.of("query", "keywords")) {
        records.add(
            CacheRecord.of(
                mode + ":" + type + ":" + "a".repeat(32),
                SampleRecords.usual(type, "asked " + mode).fields()));
      }
    }
    // so that OpenSearch's mapping of the target knows all fields and has no reason to change
    for (CacheRecord record : cache()) {
      String asked = "mix:query:of " + record.key();
      JsonValue parameters = record.field("queryparam").orElseThrow();
      if (!parameters.isNull()) {
        records.add(
            SampleRecords.with(
                CacheRecord.of(asked, SampleRecords.usual("query", asked).fields()),
                "queryparam",
                parameters));
      }
    }
    return records;
  }

  @BeforeAll
  void letLightRagFillTheStores(@TempDir Path directory) throws Exception {
    Optional<String> python = Judge.python(WhatLightRagWroteIT.class);
    assumeThat(python).isPresent();
    judge = Judge.start(python.orElseThrow(), directory);
    places = new Places(directory);
    jar = new Jar(directory, places);
    for (String store : STORES) {
      if (Judge.refused(store).isEmpty()) {
        List<CacheRecord> all = new ArrayList<>(cache());
        all.addAll(queries());
        fill(store, SOURCE, all);
        all.removeAll(cache());
        all.add(ONLY_IN_THE_TARGET);
        all.add(
            SampleRecords.with(
                cache().get(0), "return", JsonValue.of("an older answer, replaced")));
        fill(store, TARGET, all);
        fill(store, "wrote_elsewhere", SampleRecords.usual(4));
      }
    }
  }

  private void fill(String store, String workspace, List<CacheRecord> cache) {
    Map<String, String> settings = places.settings(store, workspace);
    judge.write(store, settings, cache);
    judge.write(store, settings, "text_chunks", Extractions.chunks());
    judge.write(
        store,
        settings,
        "full_docs",
        List.of(record("doc-1", "{\"content\": \"ein Text\", \"file_path\": \"a.txt\"}")));
    judge.write(
        store,
        settings,
        "doc_status",
        List.of(
            record(
                "doc-1",
                "{\"content_summary\": \"ein\", \"content_length\": 8, \"status\": \"processed\","
                    + " \"file_path\": \"a.txt\", \"created_at\": \"2026-01-01T00:00:00+00:00\","
                    + " \"updated_at\": \"2026-01-01T00:00:01+00:00\", \"chunks_list\": [\"chunk-a\"],"
                    + " \"track_id\": \"t\", \"metadata\": {}}")));
  }

  private static CacheRecord record(String key, String json) {
    return CacheRecord.of(key, JsonValue.ofJson(json).fields());
  }

  @AfterAll
  void stopLightRag() {
    if (judge != null) {
      judge.close();
    }
  }

  @ParameterizedTest
  @FieldSource("STORES")
  void isCountedMovedAndVerifiedAndNothingElseIsTouched(String from) throws Exception {
    String to = STORES.get((STORES.indexOf(from) + 1) % STORES.size());
    Optional<String> refused = Judge.refused(from).or(() -> Judge.refused(to));
    refused.ifPresent(
        why -> System.out.println("WhatLightRagWroteIT skips " + from + ", " + to + ": " + why));
    assumeThat(refused).isEmpty();
    Map<String, String> source = places.settings(from, SOURCE);
    Map<String, String> target = places.settings(to, TARGET);
    Map<String, CacheRecord> records = readByBoth(from, source);
    assertThat(countByUs(from, SOURCE)).isEqualTo(countByType(records.keySet()));
    assertThat(judge.count(from, source)).isEqualTo(knownToItsTool(records.keySet()));
    JsonValue queries = judge.queries(to, target);
    JsonValue queriesOfTheSource = judge.queries(from, source);
    Map<String, String> before = judge.snapshot(to, target, PREFIX);
    Map<String, String> sourceBefore = judge.snapshot(from, source, PREFIX);

    Map<String, JsonValue> report = jar.migrate(from, SOURCE, to, TARGET);

    assertThat(report.get("counts").fields().get("written"))
        .isEqualTo(JsonValue.of(records.size()));
    Map<String, String> after = judge.snapshot(to, target, PREFIX);
    Set<String> written =
        records.keySet().stream().map(key -> container(to) + key).collect(Collectors.toSet());
    assertThat(after).containsKeys(written.toArray(String[]::new));
    assertThat(written).containsAll(changed(before, after));
    assertThat(changed(sourceBefore, judge.snapshot(from, source, PREFIX))).isEmpty();

    assertThat(judge.queries(to, target)).isEqualTo(queries);
    assertThat(judge.queries(from, source)).isEqualTo(queriesOfTheSource);
    Jar.Result verified =
        jar.run(
            jar.workspaces(from, SOURCE, to, TARGET),
            List.of("verify", "--from", from, "--to", to));
    assertThat(verified.exit()).as(verified.output()).isZero();
    Map<String, CacheRecord> moved = new TreeMap<>(readByBoth(to, target));
    assertThat(judge.count(to, target)).isEqualTo(knownToItsTool(moved.keySet()));
    assertThat(moved.remove(ONLY_IN_THE_TARGET.key())).isNotNull();
    Map<String, CacheRecord> expected = new TreeMap<>(records);
    if (from.equals("postgres") || to.equals("postgres")) {
      expected.replaceAll((key, record) -> Stores.throughPostgres(record));
    }
    assertThat(Stores.differences(expected, moved)).isEmpty();
  }

  /** Places that have something else than before. */
  private static Set<String> changed(Map<String, String> before, Map<String, String> after) {
    Set<String> places = new TreeSet<>(before.keySet());
    places.addAll(after.keySet());
    places.removeIf(place -> Objects.equals(before.get(place), after.get(place)));
    return places;
  }

  /** Our reading, of which LightRAG says the same. */
  private Map<String, CacheRecord> readByBoth(String store, Map<String, String> settings) {
    Map<String, CacheRecord> ours;
    try (Endpoint endpoint = Stores.open(store, settings, Access.SOURCE)) {
      ours = Stores.readAll(endpoint);
    }
    assertThat(ours).containsKeys(cache().get(0).key());
    Map<String, CacheRecord> shown = new TreeMap<>();
    ours.forEach((key, record) -> shown.put(key, Stores.shown(store, record)));
    Map<String, CacheRecord> read = judge.read(store, settings, ours.keySet());
    assertThat(Stores.differences(shown, read)).as("read by LightRAG from " + store).isEmpty();
    return ours;
  }

  private JsonValue countByUs(String store, String workspace) throws Exception {
    Jar.Result count =
        jar.run(places.settings(store, workspace), List.of("count", "--store", store, "--json"));
    assertThat(count.exit()).as(count.output()).isZero();
    return JsonValue.ofJson(count.output()).fields().get("counts");
  }

  private static JsonValue countByType(Collection<String> keys) {
    Map<String, JsonValue> counts = new TreeMap<>();
    for (String type : List.of("extract", "summary", "analysis", "smartheading")) {
      counts.put(
          type,
          JsonValue.of(
              keys.stream().filter(key -> key.startsWith("default:" + type + ":")).count()));
    }
    return JsonValue.object(counts);
  }

  private static long knownToItsTool(Collection<String> keys) {
    return keys.stream().filter(key -> !key.startsWith("default:smartheading:")).count();
  }

  /** Where {@code snapshots.py} finds the records of the target's cache. */
  private static String container(String store) {
    return switch (store) {
      case "json" -> TARGET + "/kv_store_llm_response_cache.json ";
      case "redis" -> TARGET + "_llm_response_cache:";
      case "postgres" -> "lightrag_llm_cache " + TARGET + " ";
      default -> TARGET + "_llm_response_cache ";
    };
  }
}
