package io.github.lightragmigrate.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.UnreadableRecord;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.EmbeddedRedis;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** What is peculiar to Redis: SCAN, other types, strangers' keys. */
class RedisScanIT {

  private static final Selection ALL = Selection.ofTypes(Selection.DEFAULT_TYPES);
  private static final PageLimit LARGE = new PageLimit(1000, 64 << 20);
  private static final String WORKSPACE = "scan-it";

  private final RedisClient client = TestRedis.client();

  @BeforeEach
  @AfterEach
  void deleteCaches() {
    TestRedis.deleteCaches("scan-it*");
  }

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"scan-it*", "scan-it?", "scan-it[ab]", "scan-it-ключ", "scan-it[", "scan-it^a"})
  void globCharactersOfAWorkspaceMeanThemselves(String workspace) {
    write("scan-it1", SampleRecords.usual(4));
    write("scan-ita", SampleRecords.usual(8));
    write(workspace, SampleRecords.usual(6));
    try (CacheStore store = TestRedis.open(workspace, Access.SOURCE)) {
      assertThat(store.count(ALL, n -> {}).total()).isEqualTo(6);
      assertThat(scan(store, LARGE).records).hasSize(6);
    }
  }

  @Test
  void aScanGivesEachKeyOnceWhileTheTableGrowsAndShrinks() {
    List<CacheRecord> records = SampleRecords.usual(3000);
    write(WORKSPACE, records);
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      Result result =
          scan(
              store,
              new PageLimit(200, 1 << 20),
              page -> {
                // enough strangers to make Redis rehash its table again and again
                strangers(page % 2 == 1 ? 20_000 : 0);
              });
      assertThat(result.records).hasSize(3000).doesNotHaveDuplicates();
    } finally {
      strangers(0);
    }
  }

  @Test
  void fewSelectedKeysAmongManyStrangersAreFoundInOnePage() {
    strangers(20_000);
    write(WORKSPACE, SampleRecords.usual(3));
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      Result result = scan(store, LARGE);
      assertThat(result.records).hasSize(3);
      assertThat(result.pages).as("pages: each costs a batch of the migration").isEqualTo(1);
    } finally {
      strangers(0);
    }
  }

  @Test
  void progressOfTheCountGrowsToTheTotal() {
    write(WORKSPACE, SampleRecords.usual(2500));
    List<Long> progress = new ArrayList<>();
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      assertThat(store.count(ALL, progress::add).total()).isEqualTo(2500);
    }
    assertThat(progress).isSorted().hasSizeGreaterThan(1).endsWith(2500L);
  }

  @Test
  void whatIsNoRecordIsToldAndTakesNobodyAlong() {
    write(WORKSPACE, SampleRecords.usual(5));
    String prefix = prefix(WORKSPACE) + "default:extract:";
    client.lpush(prefix + "list", "x");
    client.set(prefix + "text", "no JSON");
    client.set(prefix + "array", "[1]");
    client.set(prefix + "empty", "");
    client.set(
        (prefix + "latin1").getBytes(StandardCharsets.UTF_8), new byte[] {'"', (byte) 0xE4, '"'});
    byte[] badKey = (prefix + "key_").getBytes(StandardCharsets.UTF_8);
    badKey[badKey.length - 1] = (byte) 0xFF;
    client.set(badKey, "{}".getBytes(StandardCharsets.UTF_8));
    badKey[badKey.length - 1] = (byte) 0xFE;
    client.set(badKey, new byte[] {'{', (byte) 0x80, '}'});
    client.set(prefix + "key\ufffd", "{}");
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      assertThat(store.count(ALL, n -> {}).total()).isEqualTo(13);
      Result result = scan(store, LARGE);
      assertThat(result.records)
          .hasSize(6)
          .extracting(CacheRecord::key)
          .contains("default:extract:key\ufffd");
      Map<String, UnreadableRecord> unreadable = new HashMap<>();
      result.unreadable.forEach(each -> unreadable.put(each.key().substring(16), each));
      assertThat(unreadable)
          .containsOnlyKeys("list", "text", "array", "empty", "latin1", "key\udcff", "key\udcfe");
      assertThat(unreadable.get("list")).extracting("reason").asString().contains("type", "list");
      assertThat(unreadable.get("text")).extracting("text").isEqualTo("no JSON");
      assertThat(unreadable.get("latin1")).extracting("reason").asString().contains("UTF-8");
      assertThat(unreadable.get("latin1").base64()).contains("IuQi");
      assertThat(unreadable.get("key\udcff").text()).isEqualTo("{}");
      assertThat(unreadable.get("key\udcfe").base64()).contains("e4B9");
      assertThat(unreadable.get("key\udcff")).extracting("reason").asString().contains("UTF-8");
    }
  }

  @Test
  void aRecordThatGoesBetweenListingAndReadingIsVanished() {
    List<CacheRecord> records = SampleRecords.usual(10);
    write(WORKSPACE, records);
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      Page first = store.scan(ALL, Cursor.START, new PageLimit(4, 1 << 20));
      records.forEach(record -> client.del(prefix(WORKSPACE) + record.key()));
      Page second = store.scan(ALL, first.next().orElseThrow(), LARGE);
      assertThat(first.records()).hasSize(4);
      assertThat(second.vanished()).isEqualTo(6);
      assertThat(second.next()).isEmpty();
    }
  }

  @Test
  void recordsOfThreeMegabytesComeOneAPage() {
    List<CacheRecord> records = new ArrayList<>();
    for (CacheRecord record : SampleRecords.usual(6)) {
      records.add(SampleRecords.with(record, "return", JsonValue.of("é\"x".repeat(1_000_000))));
    }
    write(WORKSPACE, records);
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      Result result = scan(store, new PageLimit(1000, 1 << 20));
      assertThat(result.records).containsExactlyInAnyOrderElementsOf(records);
      assertThat(result.pages).isEqualTo(6);
    }
  }

  @Test
  void aCursorOfAnotherPlaceOrSelectionIsRefused() {
    write(WORKSPACE, SampleRecords.usual(8));
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE);
        CacheStore other = TestRedis.open("scan-it-other", Access.SOURCE)) {
      Cursor cursor = store.scan(ALL, Cursor.START, new PageLimit(2, 1 << 20)).next().orElseThrow();
      assertInvalid(() -> other.scan(ALL, cursor, LARGE));
      try (CacheStore again = TestRedis.open(WORKSPACE, Access.SOURCE)) {
        assertInvalid(() -> again.scan(Selection.ofTypes(List.of("summary")), cursor, LARGE));
        assertThat(scan(again, cursor, LARGE, page -> {}).records).hasSizeGreaterThanOrEqualTo(6);
      }
    }
  }

  @Test
  void aReplyThatChangedIsReadWholeByAnotherProcess() {
    // a server of its own: in a table that has just held many keys, few keys take several replies
    try (EmbeddedRedis server = EmbeddedRedis.options().start();
        RedisClient own = RedisClient.create(server.uri())) {
      Map<String, String> settings = Map.of("REDIS_URI", server.uri());
      Cursor cursor;
      List<String> first;
      List<String> rest;
      try (CacheStore store = TestRedis.open(settings, WORKSPACE, Access.TARGET)) {
        store.upsert(SampleRecords.usual(8));
        Page page = store.scan(ALL, Cursor.START, new PageLimit(3, 1 << 20));
        first = page.records().stream().map(CacheRecord::key).toList();
        cursor = page.next().orElseThrow();
        rest = scan(store, cursor, LARGE, n -> {}).records.stream().map(CacheRecord::key).toList();
      }
      // in the place of a key of the same reply
      own.rename(prefix(WORKSPACE) + first.get(0), prefix(WORKSPACE) + "default:extract:new");
      first = first.subList(1, first.size());
      try (CacheStore store = TestRedis.open(settings, WORKSPACE, Access.SOURCE)) {
        assertThat(scan(store, cursor, LARGE, page -> {}).records.stream().map(CacheRecord::key))
            .as("nothing may be taken for read")
            .containsAll(first)
            .containsAll(rest);
      }
    }
  }

  @Test
  void anEarlierCursorOfTheSameProcessStillWorks() {
    List<CacheRecord> records = SampleRecords.usual(12);
    write(WORKSPACE, records);
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.SOURCE)) {
      Page first = store.scan(ALL, Cursor.START, new PageLimit(5, 1 << 20));
      Cursor cursor = first.next().orElseThrow();
      for (int time = 0; time < 2; time++) {
        List<CacheRecord> read = new ArrayList<>(first.records());
        read.addAll(scan(store, cursor, LARGE, page -> {}).records);
        assertThat(read).containsAll(records);
      }
    }
  }

  @Test
  void anInterruptedThreadStops() {
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.TARGET)) {
      for (Runnable call :
          List.<Runnable>of(
              () -> store.scan(ALL, Cursor.START, LARGE),
              () -> store.count(ALL, n -> {}),
              () -> store.find(List.of("default:extract:1")),
              () -> store.upsert(SampleRecords.usual(2)),
              store::flush)) {
        Thread.currentThread().interrupt();
        try {
          assertThatThrownBy(call::run)
              .isInstanceOfSatisfying(
                  StoreException.class,
                  e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.INTERRUPTED));
          assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
          Thread.interrupted();
        }
      }
    }
  }

  @Test
  void aKeyWithALoneSurrogateIsRejectedAlone() {
    CacheRecord poison =
        CacheRecord.of("default:extract:\ud800", SampleRecords.usual("extract", "x").fields());
    CacheRecord inValue =
        SampleRecords.with(
            SampleRecords.usual("extract", "y"), "return", JsonValue.of("lone \ud800 surrogate"));
    CacheRecord number =
        SampleRecords.with(
            SampleRecords.usual("extract", "z"), "score", JsonValue.ofJson("[NaN, 1e400, 5.0]"));
    try (CacheStore store = TestRedis.open(WORKSPACE, Access.TARGET)) {
      List<CacheRecord> batch = List.of(poison, inValue, number);
      assertThat(store.rejected(batch)).extracting("key").containsExactly(poison.key());
      client.set(prefix(WORKSPACE) + "default:extract:?", "{}");
      assertThat(store.find(List.of(poison.key())).records()).isEmpty();
      client.del(prefix(WORKSPACE) + "default:extract:?");
      assertThat(store.upsert(batch).written()).isEqualTo(2);
      assertThat(store.upsert(batch).failures())
          .hasSize(1)
          .first()
          .extracting("retryable")
          .isEqualTo(false);
      assertThat(scan(store, LARGE).records).containsExactlyInAnyOrder(inValue, number);
    }
  }

  @Test
  void keysHaveNoExpiryAndHoldTheirId() {
    CacheRecord record = SampleRecords.usual("extract", "id");
    String redisKey = prefix(WORKSPACE) + record.key();
    client.set(redisKey, "old", SetParams.setParams().ex(1000));
    write(WORKSPACE, List.of(record));
    assertThat(client.ttl(redisKey)).isEqualTo(-1);
    assertThat(JsonValue.ofJson(client.get(redisKey)).fields().get("_id"))
        .isEqualTo(JsonValue.of(record.key()));
  }

  private void strangers(int count) {
    try (Pipeline pipeline = client.pipelined()) {
      for (int i = 0; i < 20_000; i++) {
        String key = "scan-it-stranger:" + i;
        if (i < count) {
          pipeline.set(key, "x");
        } else {
          pipeline.del(key);
        }
      }
    }
  }

  static String prefix(String workspace) {
    return workspace + "_llm_response_cache:";
  }

  static void write(String workspace, List<CacheRecord> records) {
    try (CacheStore store = TestRedis.open(workspace, Access.TARGET)) {
      assertThat(store.upsert(records).written()).isEqualTo(records.size());
      store.flush();
    }
  }

  static Result scan(CacheStore store, PageLimit limit) {
    return scan(store, limit, page -> {});
  }

  private static Result scan(CacheStore store, PageLimit limit, Consumer<Integer> between) {
    return scan(store, Cursor.START, limit, between);
  }

  static Result scan(CacheStore store, Cursor from, PageLimit limit, Consumer<Integer> between) {
    Result result = new Result();
    Optional<Cursor> cursor = Optional.of(from);
    while (cursor.isPresent()) {
      Page page = store.scan(ALL, cursor.get(), limit);
      result.records.addAll(page.records());
      result.unreadable.addAll(page.unreadable());
      assertThat(++result.pages).isLessThan(10_000);
      between.accept(result.pages);
      cursor = page.next();
    }
    return result;
  }

  static void assertInvalid(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.INVALID_CURSOR));
  }

  static final class Result {
    final List<CacheRecord> records = new ArrayList<>();
    final List<UnreadableRecord> unreadable = new ArrayList<>();
    int pages;
  }
}
