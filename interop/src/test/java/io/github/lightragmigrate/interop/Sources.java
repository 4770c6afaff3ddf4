package io.github.lightragmigrate.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.Jedis;

/** Fills stores with all data sets that they can hold, and with neighbours. */
final class Sources {

  private Sources() {}

  /**
   * Fills a store.
   *
   * @param judge LightRAG, if it can be asked about this store
   * @return what is in the store, by data set
   */
  static Map<DataSet, List<CacheRecord>> fill(
      String store, Map<String, String> settings, Optional<Judge> judge) throws IOException {
    Map<DataSet, List<CacheRecord>> sets = new EnumMap<>(DataSet.class);
    // first, for LightRAG would rewrite the nests of old versions
    judge.ifPresent(lightRag -> sets.put(DataSet.LIGHTRAG, byLightRag(store, settings, lightRag)));
    List<CacheRecord> ours = new ArrayList<>(SampleRecords.neighbours());
    for (DataSet set :
        List.of(DataSet.USUAL, DataSet.ODD, DataSet.FIELDS, DataSet.TIMES, DataSet.LEGACY)) {
      if (set.heldBy(store)) {
        sets.put(set, set.records());
        if (set != DataSet.LEGACY) {
          ours.addAll(set.records());
        }
      }
    }
    try (Endpoint endpoint = Stores.open(store, settings, Access.TARGET)) {
      assertThat(endpoint.store().upsert(ours).failures()).isEmpty();
      endpoint.store().flush();
    }
    if (store.equals("json")) {
      nestInFile(settings);
    } else if (store.equals("redis")) {
      nestInRedis(settings);
    }
    return sets;
  }

  /** With the times that the store has set; LightRAG shows them as it should. */
  private static List<CacheRecord> byLightRag(
      String store, Map<String, String> settings, Judge judge) {
    List<CacheRecord> given = DataSet.LIGHTRAG.records();
    judge.write(store, settings, given);
    Map<String, CacheRecord> read;
    try (Endpoint endpoint = Stores.open(store, settings, Access.SOURCE)) {
      read = Stores.readAll(endpoint);
    }
    Map<String, CacheRecord> written = new LinkedHashMap<>();
    Map<String, CacheRecord> expected = new LinkedHashMap<>();
    for (CacheRecord record : given) {
      CacheRecord timed = record;
      for (String time : List.of("create_time", "update_time")) {
        timed = SampleRecords.with(timed, time, read.get(record.key()).field(time).orElseThrow());
      }
      written.put(record.key(), timed);
      expected.put(record.key(), Stores.shown(store, timed));
    }
    Map<String, CacheRecord> shown = judge.read(store, settings, written.keySet());
    assertThat(Stores.differences(expected, shown)).as("LightRAG's records on " + store).isEmpty();
    return List.copyOf(written.values());
  }

  private static void nestInFile(Map<String, String> settings) throws IOException {
    Path file =
        Path.of(settings.get("WORKING_DIR"), settings.get("WORKSPACE"))
            .resolve("kv_store_llm_response_cache.json");
    Map<String, JsonValue> all =
        new LinkedHashMap<>(JsonValue.ofJson(Files.readAllBytes(file)).fields());
    all.put("default", nest());
    Files.write(file, JsonValue.object(all).toJson());
  }

  private static void nestInRedis(Map<String, String> settings) {
    try (Jedis redis = new Jedis(URI.create(settings.get("REDIS_URI")))) {
      redis.set(
          (settings.get("WORKSPACE") + "_llm_response_cache:default").getBytes(UTF_8),
          nest().toJson());
    }
  }

  private static JsonValue nest() {
    Map<String, JsonValue> nest = new LinkedHashMap<>();
    for (CacheRecord record : DataSet.LEGACY.records()) {
      nest.put(record.key().split(":")[2], JsonValue.ofJson(record.toJson()));
    }
    return JsonValue.object(nest);
  }
}
