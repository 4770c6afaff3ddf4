package io.github.lightragmigrate.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A scan in windows, as of a large index, reads what a scan without them reads. */
abstract class WindowsBehaviour {

  private static final String INDEX = "windows_llm_response_cache";
  private static final Selection DEFAULT = Selection.ofTypes(Selection.DEFAULT_TYPES);

  /** As many keys as there are documents: windows are about as long as pages, and end anywhere. */
  private static final int ALL = 10_000;

  /** Windows are longer than most pages. */
  private static final int FEW = 12;

  abstract Server server();

  @BeforeEach
  void fill() {
    server().deleteIndex(INDEX);
    server()
        .put(
            "/" + INDEX,
            "{\"settings\": {\"number_of_shards\": 2, \"number_of_replicas\": 0}, \"mappings\":"
                + " {\"properties\": {\"__mirrored_id\": {\"type\": \"keyword\"}}}}");
  }

  @Test
  void eachDocumentIsReadOnceInPagesOfAnySize() {
    List<String> keys = documents();
    for (int sample : List.of(ALL, FEW, 1)) {
      try (CacheStore store = open(1, sample)) {
        for (int size : List.of(3, 20, 1000)) {
          assertThat(read(store, Cursor.START, size))
              .as("%s sampled, pages of %s", sample, size)
              .containsExactlyInAnyOrderElementsOf(keys);
        }
      }
    }
  }

  @Test
  void partsAreDividedIntoWindows() {
    List<String> keys = documents();
    try (CacheStore store = open(1, ALL)) {
      for (int most : List.of(2, 5, 50)) {
        List<String> read = new ArrayList<>();
        for (Cursor start : store.split(DEFAULT, most)) {
          read.addAll(read(store, start, 9));
        }
        assertThat(read).as("%s parts", most).containsExactlyInAnyOrderElementsOf(keys);
      }
    }
  }

  /** LightRAG has each document once, under its {@code _id}, whatever its copies of the key are. */
  @Test
  void aDocumentWithSeveralCopiesCountsOnce() {
    List<String> keys = documents();
    try (CacheStore store = open(1, ALL)) {
      Map<String, Long> expected = new HashMap<>();
      for (String key : keys) {
        expected.merge(DEFAULT.prefixOf(key).orElseThrow(), 1L, Long::sum);
      }
      DEFAULT.prefixes().forEach(prefix -> expected.putIfAbsent(prefix, 0L));
      Counts counts = store.count(DEFAULT, found -> {});
      assertThat(counts.byPrefix()).isEqualTo(expected);
    }
  }

  /** A process that goes on has other windows, or none, as one of an earlier release. */
  @Test
  void aCursorIsOfNoWindow() {
    List<String> keys = documents();
    List<String> read = new ArrayList<>();
    Optional<Cursor> cursor = Optional.of(Cursor.START);
    for (int number = 0; cursor.isPresent(); number++) {
      int fewest = number % 3 == 0 ? Integer.MAX_VALUE : 1;
      try (CacheStore store = open(fewest, number % 3 == 1 ? ALL : FEW)) {
        cursor = page(store, cursor.get(), 11, read).next();
      }
    }
    assertThat(read).containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  void windowsWhoseDocumentsAreGoneAreEmptyPages() {
    List<String> keys = new ArrayList<>();
    for (int i = 100; i < 400; i++) {
      keys.add("default:extract:" + i);
    }
    keys.add("default:summary:last");
    keys.forEach(key -> put(key, JsonValue.of(key)));
    send();
    try (CacheStore store = open(1, ALL)) {
      List<String> read = new ArrayList<>();
      Page page = page(store, Cursor.START, 10, read);
      assertThat(read).isEqualTo(keys.subList(0, 10));
      server()
          .post(
              "/" + INDEX + "/_delete_by_query?refresh=true",
              "{\"query\": {\"range\": {\"__mirrored_id\": {\"gte\": \"default:extract:150\","
                  + " \"lt\": \"default:extract:390\"}}}}");
      int empty = 0;
      while (page.next().isPresent()) {
        server().status("DELETE", "/_search/point_in_time/_all");
        page = page(store, page.next().get(), 10, read);
        empty += page.records().isEmpty() ? 1 : 0;
      }
      List<String> left = new ArrayList<>(keys.subList(0, 50));
      left.addAll(keys.subList(290, 301));
      assertThat(read).isEqualTo(left);
      assertThat(empty).as("pages that were empty").isGreaterThan(5);
    }
  }

  @Test
  void whatIsWrittenBetweenAndBehindTheSampledKeysIsReadToo() {
    for (int i = 100; i < 200; i++) {
      put("default:extract:" + i, JsonValue.of("default:extract:" + i));
    }
    send();
    try (CacheStore store = open(1, ALL)) {
      List<String> read = new ArrayList<>();
      Page page = page(store, Cursor.START, 10, read);
      List<String> later = new ArrayList<>();
      for (int i = 120; i < 190; i++) {
        later.add("default:extract:" + i + "-");
      }
      for (String hash : List.of("0", "\uff5e", "\ud83d\ude00", "\u0436")) {
        later.add("default:smartheading:" + hash);
        later.add("default:summary:" + hash);
      }
      later.forEach(key -> put(key, JsonValue.of(key)));
      send();
      server().status("DELETE", "/_search/point_in_time/_all");
      read.addAll(read(store, page.next().orElseThrow(), 10));
      assertThat(read).doesNotHaveDuplicates().hasSize(100 + later.size()).containsAll(later);
    }
  }

  /** With copies that are equal, that are several, and of any alphabet; gives the keys selected. */
  private List<String> documents() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      keys.add(SampleRecords.key(i % 4 == 0 ? "summary" : "extract", "usual " + i));
    }
    // a character beyond the first 65,536 is behind U+FF5E in the index, and before it in Java
    for (String hash : List.of("", "zz", "\u0436", "\uff5e", "\uff5f", "\ud83d\ude00", " \n\"")) {
      keys.add("default:extract:" + hash);
      keys.add("default:analysis:" + hash);
    }
    keys.forEach(key -> put(key, JsonValue.of(key)));
    for (int i = 0; i < 60; i++) {
      String key = "default:summary:copied " + i;
      keys.add(key);
      put(
          key,
          List.of(
                  JsonValue.of("default:extract:7"),
                  JsonValue.of("default:extract:\ud83d\ude00"),
                  JsonValue.of("default:r5"),
                  JsonValue.ofJson("[\"default:summary:5\", \"default:extract:5\"]"),
                  JsonValue.ofJson("[\"default:summary:5\", \"a\"]"),
                  JsonValue.ofJson("[\"default:summary:5\", \"default:other:1\"]"))
              .get(i % 6));
    }
    for (int i = 0; i < 9; i++) {
      // what is between the prefixes is in a window and not selected
      put("default:query:" + i, JsonValue.of("default:query:" + i));
      put("default:r" + i, JsonValue.of("default:r" + i));
    }
    send();
    return keys;
  }

  private final StringBuilder lines = new StringBuilder();

  private void put(String key, JsonValue copy) {
    CacheRecord record = CacheRecord.of(key, Map.of("return", JsonValue.of("x")));
    lines
        .append("{\"index\": {\"_id\": ")
        .append(JsonValue.of(key))
        .append("}}\n")
        .append(JsonValue.object(SampleRecords.with(record, "__mirrored_id", copy).fields()))
        .append('\n');
  }

  private void send() {
    assertThat(server().post("/" + INDEX + "/_bulk?refresh=true", lines.toString()))
        .contains("\"errors\":false");
    lines.setLength(0);
  }

  private static List<String> read(CacheStore store, Cursor start, int size) {
    List<String> read = new ArrayList<>();
    Optional<Cursor> cursor = Optional.of(start);
    while (cursor.isPresent()) {
      cursor = page(store, cursor.get(), size, read).next();
    }
    return read;
  }

  private static Page page(CacheStore store, Cursor cursor, int size, List<String> read) {
    Page page = store.scan(DEFAULT, cursor, new PageLimit(size, 1 << 20));
    assertThat(page.unreadable()).isEmpty();
    assertThat(page.vanished()).isZero();
    page.records().forEach(record -> read.add(record.key()));
    return page;
  }

  private CacheStore open(int fewest, int sample) {
    Rest rest = Rest.connect(OpenSearchSettings.of(server().settings("windows")));
    CacheIndex index = new CacheIndex(rest, "windows");
    return new OpenSearchStore(rest, index, Access.SOURCE, new Windows(index, fewest, sample));
  }
}
