package io.github.lightragmigrate.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.RedisTestServer;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** LightRAG reads what was written here, and the other way round. */
class LightRagRedisIT {

  private static final String VARIABLE = "MIGRATE_LIGHTRAG_PYTHON";
  private static final Selection ALL = Selection.ofTypes(Selection.DEFAULT_TYPES);
  private static final PageLimit LARGE = new PageLimit(1000, 64 << 20);
  private static final String WORKSPACE = "lightrag-it";

  @TempDir Path directory;

  @BeforeAll
  static void needsLightRag() {
    if (System.getenv(VARIABLE) == null) {
      System.out.println("LightRagRedisIT is skipped: " + VARIABLE + " names no Python");
    }
    Assumptions.assumeTrue(System.getenv(VARIABLE) != null, VARIABLE + " is not set");
  }

  @BeforeEach
  @AfterEach
  void deleteCaches() {
    TestRedis.deleteCaches("lightrag-it*");
  }

  @Test
  void lightRagReadsWhatWasWritten() throws Exception {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(40));
    records.addAll(SampleRecords.odd());
    records.addAll(SampleRecords.withExtraFields());
    records.addAll(SampleRecords.withAbsentFields());
    records.add(
        SampleRecords.with(
            SampleRecords.usual("extract", "lone"), "return", JsonValue.of("lone \ud83d.")));
    RedisScanIT.write(WORKSPACE, records);
    String keys =
        JsonValue.array(records.stream().map(record -> JsonValue.of(record.key())).toList())
            .toString();
    List<JsonValue> read = lightRag("read", keys).elements();
    assertThat(read).hasSameSizeAs(records);
    for (int i = 0; i < records.size(); i++) {
      Map<String, JsonValue> expected = new LinkedHashMap<>(records.get(i).fields());
      expected.put("_id", JsonValue.of(records.get(i).key()));
      // LightRAG's answer for times that are absent
      expected.putIfAbsent("create_time", JsonValue.of(0));
      expected.putIfAbsent("update_time", JsonValue.of(0));
      assertThat(read.get(i).fields()).isEqualTo(expected);
    }
    // the peer's tool knows three of the four types
    long known = records.stream().filter(r -> !r.key().startsWith("default:smartheading:")).count();
    assertThat(lightRag("count", "{}").asLong()).contains(known);
  }

  @Test
  void whatLightRagWroteIsRead() throws Exception {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(40));
    records.addAll(SampleRecords.odd());
    Map<String, JsonValue> byKey = new LinkedHashMap<>();
    records.forEach(record -> byKey.put(record.key(), JsonValue.object(record.fields())));
    lightRag("write", JsonValue.object(byKey).toString());
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      Map<String, CacheRecord> read = new LinkedHashMap<>();
      RedisScanIT.scan(store, LARGE).records.forEach(record -> read.put(record.key(), record));
      assertThat(read).hasSameSizeAs(records);
      for (CacheRecord record : records) {
        Map<String, JsonValue> expected = new LinkedHashMap<>(record.fields());
        Map<String, JsonValue> found =
            new LinkedHashMap<>(Objects.requireNonNull(read.get(record.key())).fields());
        // LightRAG's storage stamps its own times
        for (String time : List.of("create_time", "update_time")) {
          assertThat(found.remove(time)).isNotNull();
          expected.remove(time);
        }
        assertThat(found).isEqualTo(expected);
      }
    }
  }

  @Test
  void aNestedCacheIsReadAsLightRagConvertsIt() throws Exception {
    try (RedisClient client = TestRedis.client()) {
      client.set(
          RedisScanIT.prefix(WORKSPACE) + "default",
          """
          {"0a": {"return": "one"}, "0b": {"return": "two", "cache_type": "summary"},
           "0c": {"return": "three", "cache_type": "extract", "create_time": 5}}
          """);
    }
    List<CacheRecord> nested;
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      nested = RedisScanIT.scan(store, LARGE).records;
    }
    lightRag("open", "{}");
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE);
        RedisClient client = TestRedis.client()) {
      assertThat(client.exists(RedisScanIT.prefix(WORKSPACE) + "default")).isFalse();
      assertThat(RedisScanIT.scan(store, LARGE).records)
          .hasSize(3)
          .containsExactlyInAnyOrderElementsOf(nested);
      assertThat(store.count(ALL, n -> {}).total()).isEqualTo(3);
    }
  }

  private JsonValue lightRag(String action, String input)
      throws IOException, InterruptedException, URISyntaxException {
    Path given = Files.writeString(directory.resolve("input.json"), input);
    Path output = directory.resolve("output.json");
    Path log = directory.resolve("log.txt");
    File script =
        new File(
            Objects.requireNonNull(LightRagRedisIT.class.getResource("/lightrag_redis.py"))
                .toURI());
    ProcessBuilder python =
        new ProcessBuilder(
                Objects.requireNonNull(System.getenv(VARIABLE)),
                script.getPath(),
                action,
                WORKSPACE,
                output.toString())
            .directory(directory.toFile())
            .redirectInput(given.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    python.environment().putAll(RedisTestServer.shared().settings());
    assertThat(python.start().waitFor()).as(() -> readable(log)).isZero();
    return JsonValue.ofJson(Files.readAllBytes(output));
  }

  private static String readable(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "no log: " + e.getMessage();
    }
  }
}
