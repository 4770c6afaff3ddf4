package io.github.lightragmigrate.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.model.Collation;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Filters;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.MongoTestServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MongoPartsIT {

  private static final Selection DEFAULT = Selection.ofTypes(Selection.DEFAULT_TYPES);
  private static final PageLimit SHORT = new PageLimit(3, 1 << 20);
  private static final PageLimit LONG = new PageLimit(100, 1 << 20);

  private final TestPlace place = new TestPlace();

  @AfterEach
  void drop() {
    place.close();
  }

  @Test
  void partsAreEquallyLongHoweverLargeThePrefixesAre() {
    List<String> keys = new ArrayList<>();
    keys.addAll(write("analysis", 1));
    keys.addAll(write("extract", 93));
    keys.addAll(write("summary", 6));
    keys.sort(null);
    write("extractor", 50);
    try (CacheStore store = place.open(Access.SOURCE)) {
      for (int parts : List.of(2, 4, 5, 20, 50, 100)) {
        List<List<String>> read = keysOfParts(store, store.split(DEFAULT, parts));
        assertThat(read).hasSize(parts).allSatisfy(part -> assertThat(part).hasSize(100 / parts));
        assertThat(read.stream().flatMap(List::stream)).isEqualTo(keys);
      }
      assertThat(store.split(DEFAULT, 1000)).hasSize(100);
      assertThat(store.split(DEFAULT, 1)).containsExactly(Cursor.START);
      assertThat(store.split(Selection.ofTypes(List.of("smartheading")), 5))
          .containsExactly(Cursor.START);
    }
  }

  @Test
  void anyKeyMayBeTheEndOfAPart() {
    List<String> ends =
        List.of(
            "\"", "\\", "\n", "\0", "'{$gt: 1}", "<>", "ä", "\ud7ff", "\uff5e", "\ud83d\ude00", "");
    List<CacheRecord> records = new ArrayList<>();
    for (String end : ends) {
      for (String type : List.of("extract", "summary")) {
        records.add(
            CacheRecord.of("default:" + type + ":" + end, Map.of("return", JsonValue.of(end))));
      }
    }
    try (CacheStore store = place.open(Access.TARGET)) {
      assertThat(store.upsert(records).failures()).isEmpty();
      List<List<String>> parts = keysOfParts(store, store.split(DEFAULT, records.size()));
      assertThat(parts).hasSize(records.size()).allSatisfy(part -> assertThat(part).hasSize(1));
      assertThat(parts.stream().flatMap(List::stream))
          .containsExactlyInAnyOrderElementsOf(records.stream().map(CacheRecord::key).toList());
    }
  }

  @Test
  void whatIsWrittenAfterTheSplitIsInOnePart() {
    List<String> keys = new ArrayList<>(write("extract", 40));
    keys.addAll(write("summary", 4));
    try (CacheStore store = place.open(Access.SOURCE)) {
      List<Cursor> starts = store.split(DEFAULT, 4);
      assertThat(starts).hasSize(4);
      String end = ScanPosition.of(starts.get(1)).until().orElseThrow();
      place.documents().deleteOne(Filters.eq("_id", end));
      keys.remove(end);
      keys.addAll(write("analysis", 3));
      keys.addAll(write("smartheading", 3));
      place.write(List.of(record(end + "!")));
      keys.add(end + "!");
      assertThat(keysOfParts(store, starts).stream().flatMap(List::stream))
          .containsExactlyInAnyOrderElementsOf(keys);
    }
  }

  @Test
  void aPartIsOverWithItsLastRecord() {
    write("extract", 6);
    try (CacheStore store = place.open(Access.SOURCE)) {
      Page page = store.scan(DEFAULT, store.split(DEFAULT, 2).get(0), SHORT);
      assertThat(page.records()).hasSize(3);
      assertThat(page.next()).isEmpty();
    }
  }

  @Test
  void oneConnectionIsEnoughForAllParts() throws Exception {
    List<String> keys = write("extract", 60);
    Map<String, String> values = new HashMap<>(MongoTestServer.shared().settings(place.name()));
    values.merge("MONGO_URI", "maxPoolSize=1", MongoPartsIT::withOption);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (CacheStore store = new MongoAdapter().open(Settings.of(values), Access.SOURCE)) {
      List<Future<List<String>>> parts = new ArrayList<>();
      for (Cursor start : store.split(DEFAULT, 4)) {
        parts.add(threads.submit(() -> keysFrom(store, start, SHORT)));
      }
      List<String> read = new ArrayList<>();
      for (Future<List<String>> part : parts) {
        read.addAll(part.get());
      }
      assertThat(read).containsExactlyInAnyOrderElementsOf(keys);
    } finally {
      threads.shutdownNow();
    }
  }

  private static String withOption(String uri, String option) {
    return uri + (uri.contains("?") ? "&" : "?") + option;
  }

  @Test
  void aCollectionWithACollationIsOnePart() {
    assumeTrue(!MongoTestServer.shared().isFake(), "mongo-java-server knows no collation");
    place
        .database()
        .createCollection(
            "llm_response_cache",
            new CreateCollectionOptions().collation(Collation.builder().locale("en").build()));
    write("extract", 6);
    try (CacheStore store = place.open(Access.SOURCE)) {
      assertThat(store.split(DEFAULT, 3)).containsExactly(Cursor.START);
    }
  }

  @Test
  void aViewIsOnePart() {
    assumeTrue(!MongoTestServer.shared().isFake(), "mongo-java-server knows no views");
    List<String> keys = write("extract", 6);
    place.database().createView("v_llm_response_cache", "llm_response_cache", List.of());
    try (CacheStore store = new MongoAdapter().open(place.settings("v"), Access.SOURCE)) {
      List<Cursor> starts = store.split(DEFAULT, 3);
      assertThat(starts).containsExactly(Cursor.START);
      assertThat(keysFrom(store, starts.get(0), LONG)).containsExactlyInAnyOrderElementsOf(keys);
    }
  }

  private List<String> write(String type, int count) {
    List<CacheRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(SampleRecords.usual(type, "seed " + i));
    }
    place.write(records);
    return records.stream().map(CacheRecord::key).toList();
  }

  private static CacheRecord record(String key) {
    return CacheRecord.of(key, Map.of("return", JsonValue.of("r")));
  }

  /** Of each part; read in short pages and in one, which give the same. */
  private static List<List<String>> keysOfParts(CacheStore store, List<Cursor> starts) {
    List<List<String>> parts = new ArrayList<>();
    for (Cursor start : starts) {
      List<String> keys = keysFrom(store, start, LONG);
      assertThat(keysFrom(store, start, SHORT)).isEqualTo(keys);
      parts.add(keys);
    }
    return parts;
  }

  private static List<String> keysFrom(CacheStore store, Cursor start, PageLimit limit) {
    List<String> keys = new ArrayList<>();
    Optional<Cursor> cursor = Optional.of(start);
    while (cursor.isPresent()) {
      Page page = store.scan(DEFAULT, cursor.get(), limit);
      page.records().forEach(record -> keys.add(record.key()));
      cursor = page.next();
    }
    return keys;
  }
}
