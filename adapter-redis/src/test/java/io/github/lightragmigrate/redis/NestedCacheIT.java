package io.github.lightragmigrate.redis;

import static io.github.lightragmigrate.redis.RedisScanIT.prefix;
import static io.github.lightragmigrate.redis.RedisScanIT.scan;
import static io.github.lightragmigrate.redis.RedisScanIT.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.UnreadableRecord;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** The cache of old: one Redis key a mode, whose value nests the records. */
class NestedCacheIT {

  private static final Selection ALL = Selection.ofTypes(Selection.DEFAULT_TYPES);
  private static final PageLimit LARGE = new PageLimit(1000, 64 << 20);
  private static final PageLimit SMALL = new PageLimit(3, 1 << 20);
  private static final String WORKSPACE = "nested-it";

  private final RedisClient client = TestRedis.client();

  @BeforeEach
  @AfterEach
  void deleteCaches() {
    TestRedis.deleteCaches("nested-it*");
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void entriesAreReadAsFlatRecordsAndTheValueStays() {
    String value =
        """
        {"0a": {"return": "one", "original_prompt": "p", "score": NaN},
         "0b" : {"return": "two", "cache_type": "summary", "chunk_id": null},
         "0c": {"return": "three", "cache_type": null},
         "0d": {"return": "four", "cache_type": "query"},
         "\\u00e9": {"return": "ü {\\"not\\": [nested}"}}
        """;
    set("default", value);
    set("mix", "{\"0e\": {\"return\": \"not selected\"}}");
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      assertThat(scan(store, LARGE).records)
          .containsExactlyInAnyOrder(
              record(
                  "default:extract:0a",
                  "{\"return\": \"one\", \"original_prompt\": \"p\", \"score\": NaN}"),
              record(
                  "default:summary:0b",
                  "{\"return\": \"two\", \"cache_type\": \"summary\", \"chunk_id\": null}"),
              record("default:extract:0c", "{\"return\": \"three\", \"cache_type\": null}"),
              record("default:extract:é", "{\"return\": \"ü {\\\"not\\\": [nested}\"}"));
      assertThat(store.count(ALL, n -> {}).byPrefix())
          .containsEntry("default:extract:", 3L)
          .containsEntry("default:summary:", 1L);
      Selection mix = Selection.ofPrefixes(List.of("mix:"));
      assertThat(store.scan(mix, Cursor.START, LARGE).records())
          .extracting(CacheRecord::key)
          .containsExactly("mix:extract:0e");
      Selection everything = Selection.ofPrefixes(List.of(""));
      assertThat(store.count(everything, n -> {}).total()).isEqualTo(6);
      assertThat(store.scan(everything, Cursor.START, LARGE).records())
          .as("the literal NaN equals nothing, so keys")
          .extracting(CacheRecord::key)
          .contains("default:query:0d");
    }
    assertThat(client.get(prefix(WORKSPACE) + "default")).isEqualTo(value);
  }

  @Test
  void ofARepeatedHashTheLastEntryCounts() {
    set(
        "default",
        "{\"0a\": {\"return\": \"old\"}, \"0b\": {\"return\": \"x\"}, \"0a\": {\"return\": \"new\"}}");
    CacheRecord last = record("default:extract:0a", "{\"return\": \"new\"}");
    CacheRecord other = record("default:extract:0b", "{\"return\": \"x\"}");
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      for (int size : List.of(1, 2, 1000)) {
        assertThat(scan(store, new PageLimit(size, 1 << 20)).records)
            .containsExactlyInAnyOrder(last, other);
      }
      assertThat(store.count(ALL, n -> {}).total()).isEqualTo(2);
      assertThat(store.find(List.of(last.key())).records()).containsExactly(last);
    }
  }

  @Test
  void aFlatRecordWinsAndCountsOnce() {
    CacheRecord flat = SampleRecords.usual("extract", "flat");
    write(WORKSPACE, List.of(flat));
    nest(List.of(SampleRecords.with(flat, "return", JsonValue.of("stale"))));
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      assertThat(scan(store, LARGE).records).containsExactly(flat);
      assertThat(store.count(ALL, n -> {}).total()).isEqualTo(1);
      assertThat(store.find(List.of(flat.key())).records()).containsExactly(flat);
    }
  }

  @Test
  void flatAndNestedTogetherComeInPagesOfAnySizeAndAreResumed() {
    List<CacheRecord> all = SampleRecords.usual(40);
    nest(all.subList(0, 17));
    write(WORKSPACE, all.subList(17, 40));
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      assertThat(scan(store, SMALL).records).containsExactlyInAnyOrderElementsOf(all);
      List<String> keys = all.stream().map(CacheRecord::key).toList();
      assertThat(store.find(keys).records()).containsExactlyInAnyOrderElementsOf(all);
    }
    List<CacheRecord> read = new ArrayList<>();
    Cursor cursor = Cursor.START;
    for (boolean more = true; more; ) {
      try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
        Page page = store.scan(ALL, cursor, SMALL);
        read.addAll(page.records());
        more = page.next().isPresent();
        cursor = page.next().orElse(cursor);
      }
    }
    assertThat(read).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void aChangedNestedCacheRefusesTheCursor() {
    nest(SampleRecords.usual(8));
    Cursor cursor;
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      cursor = store.scan(ALL, Cursor.START, SMALL).next().orElseThrow();
    }
    nest(SampleRecords.usual(9));
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      RedisScanIT.assertInvalid(() -> store.scan(ALL, cursor, SMALL));
    }
  }

  @Test
  void aValueOfManyWindowsIsReadInPages() {
    List<CacheRecord> records = new ArrayList<>();
    for (CacheRecord record : SampleRecords.usual(20)) {
      records.add(SampleRecords.with(record, "return", JsonValue.of("äx\"".repeat(100_000))));
    }
    records.set(
        7,
        SampleRecords.with(records.get(7), "return", JsonValue.of("0123456789".repeat(300_000))));
    nest(records);
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      RedisScanIT.Result result = scan(store, new PageLimit(1000, 1 << 20));
      assertThat(result.records).containsExactlyInAnyOrderElementsOf(records);
      assertThat(result.pages).isGreaterThan(5);
    }
  }

  @Test
  void whatMakesNoSenseIsToldAndCounted() {
    set("default", "{\"0a\": {\"return\": \"one\"}, \"0b\": 5, \"0c\": {\"return\": \"thr");
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      RedisScanIT.Result result = scan(store, LARGE);
      assertThat(result.records).hasSize(1);
      assertThat(result.unreadable).hasSize(2);
      assertThat(result.unreadable.get(0).key()).isEqualTo("default:extract:0b");
      assertThat(result.unreadable.get(0).text()).isEqualTo("5");
      assertThat(result.unreadable.get(1).reason()).contains("no JSON");
      assertThat(result.unreadable.get(1).text()).isEqualTo(", \"0c\": {\"return\": \"thr");
      assertThat(store.count(ALL, n -> {}).total()).isEqualTo(3);
    }
    client.del(prefix(WORKSPACE) + "default");
    client.lpush(prefix(WORKSPACE) + "default", "x");
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      assertThat(scan(store, LARGE).unreadable)
          .singleElement()
          .satisfies(each -> assertThat(each.reason()).endsWith("string: list"));
      assertThat(store.count(ALL, n -> {}).total()).isEqualTo(1);
      assertThat(store.find(List.of("default:extract:0a")).records()).isEmpty();
    }
  }

  @Test
  void whatStandsBehindAFaultIsKeptAsFarAsMemoryAllows() {
    String good = "{\"0a\": {\"return\": \"one\"}";
    byte[] value = (good + ", \"0b\": {'" + "x".repeat(17 << 20)).getBytes(StandardCharsets.UTF_8);
    value[good.length() + 20] = (byte) 0xE4;
    client.set((prefix(WORKSPACE) + "default").getBytes(StandardCharsets.UTF_8), value);
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      RedisScanIT.Result result = scan(store, LARGE);
      assertThat(result.records).hasSize(1);
      assertThat(result.unreadable).hasSize(1);
      UnreadableRecord rest = result.unreadable.get(0);
      assertThat(rest.reason())
          .contains("of the " + (value.length - good.length()) + " bytes")
          .endsWith("the first " + (16 << 20));
      byte[] kept = Base64.getDecoder().decode(rest.base64().orElseThrow());
      assertThat(kept)
          .isEqualTo(Arrays.copyOfRange(value, good.length(), good.length() + (16 << 20)));
    }
  }

  @Test
  void whatNoFlatKeyShadowsIsLegacy() {
    set(
        "default",
        """
        {"0a": {"return": "one"}, "0b": {"return": "two", "cache_type": "summary"},
         "0a": {"return": "again"}, "0c": {"return": "shadowed"}, "0d": 5,
         "0e": {"return": "not selected", "cache_type": "query"}}
        """);
    set("mix", "{\"0f\": {\"return\": \"not selected\"}}");
    client.set(prefix(WORKSPACE) + "default:extract:0c", "{\"return\": \"flat\"}");
    client.set(prefix(WORKSPACE) + "default:extract:0z", "{\"return\": \"flat\"}");
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      assertThat(store.countLegacy(ALL)).isEqualTo(3);
      assertThat(store.count(ALL, n -> {}).total()).isEqualTo(3 + 2);
      assertThat(store.countLegacy(Selection.ofPrefixes(List.of("")))).isEqualTo(5);
    }
  }

  @Test
  void theLegacyOfMoreThanOneQuestionIsCounted() {
    List<CacheRecord> records = SampleRecords.usual(2500);
    nest(records);
    write(WORKSPACE, records.subList(900, 1100));
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      assertThat(store.countLegacy(ALL)).isEqualTo(2300);
    }
  }

  @Test
  void aTargetWithOneIsPointedOut() {
    nest(SampleRecords.usual(1));
    try (CacheStore target = TestRedis.open(WORKSPACE, Access.TARGET);
        CacheStore other = TestRedis.open("nested-it-other", Access.TARGET)) {
      assertThat(target.notices()).anyMatch(notice -> notice.contains("nested"));
      assertThat(other.notices()).noneMatch(notice -> notice.contains("nested"));
    }
  }

  private void nest(List<CacheRecord> records) {
    Map<String, JsonValue> nested = new LinkedHashMap<>();
    for (CacheRecord record : records) {
      String hash = record.key().substring(record.key().lastIndexOf(':') + 1);
      nested.put(hash, JsonValue.object(record.fields()));
    }
    set("default", JsonValue.object(nested).toString());
  }

  private void set(String mode, String value) {
    client.set(prefix(WORKSPACE) + mode, value);
  }

  private static CacheRecord record(String key, String json) {
    return CacheRecord.of(key, JsonValue.ofJson(json).fields());
  }
}
