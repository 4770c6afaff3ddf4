package io.github.lightragmigrate.testkit;

import static io.github.lightragmigrate.testkit.Scans.DEFAULT;
import static io.github.lightragmigrate.testkit.Scans.LARGE;
import static io.github.lightragmigrate.testkit.Scans.count;
import static io.github.lightragmigrate.testkit.Scans.scanAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read is what is there. */
interface ReadingRules extends Rules {

  @Test
  default void anEmptyPlaceHoldsNothing() {
    try (CacheStore store = place().openTarget()) {
      assertThat(count(store)).isZero();
      assertThat(scanAll(store, LARGE)).isEmpty();
      assertThat(store.find(List.of(SampleRecords.key("extract", "none"))).records()).isEmpty();
      store.flush();
    }
  }

  @Test
  default void openingAsSourceCreatesNothing() {
    try (CacheStore store = place().openSource()) {
      assertThat(count(store)).as("count of a place that does not exist").isZero();
      assertThat(scanAll(store, LARGE)).isEmpty();
      assertThat(store.find(List.of(SampleRecords.key("extract", "none"))).records()).isEmpty();
    }
    assertThat(place().exists()).as("a source is read only: nothing may be created").isFalse();
  }

  @Test
  default void aSourceRefusesWrites() {
    try (CacheStore store = place().openSource()) {
      assertThatThrownBy(() -> store.upsert(SampleRecords.usual(1)))
          .as("a source is read only")
          .isInstanceOfAny(StoreException.class, IllegalStateException.class);
    }
    assertThat(place().exists()).isFalse();
  }

  @Test
  default void givesBackEveryRecordAsItWasWritten() {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(50));
    records.addAll(SampleRecords.odd());
    records.addAll(SampleRecords.withExtraFields());
    records.addAll(SampleRecords.withAbsentFields());
    place().write(records);
    try (CacheStore store = place().openSource()) {
      place().assertSame(store, scanAll(store, LARGE), records);
      assertThat(count(store)).isEqualTo(records.size());
      Page found = store.find(records.stream().map(CacheRecord::key).toList());
      place().assertSame(store, found.records(), records);
      assertThat(found.next()).isEmpty();
    }
  }

  @Test
  default void pagesOfAnySizeGiveEveryKey() {
    List<CacheRecord> records = SampleRecords.usual(43);
    place().write(records);
    try (CacheStore store = place().openSource()) {
      for (int size : List.of(1, 2, 7, 42, 43, 44)) {
        List<CacheRecord> read = scanAll(store, new PageLimit(size, 64L << 20));
        place().assertSame(store, read, records);
      }
    }
  }

  @Test
  default void aPageEndsNearItsByteLimit() {
    List<CacheRecord> records = new ArrayList<>();
    for (CacheRecord record : SampleRecords.usual(60)) {
      records.add(SampleRecords.with(record, "return", JsonValue.of("x".repeat(100_000))));
    }
    place().write(records);
    try (CacheStore store = place().openSource()) {
      Cursor cursor = Cursor.START;
      Map<String, CacheRecord> read = new LinkedHashMap<>();
      long largest = 0;
      while (true) {
        Page page = store.scan(DEFAULT, cursor, new PageLimit(1000, 500_000));
        largest = Math.max(largest, page.records().stream().mapToLong(CacheRecord::size).sum());
        page.records().forEach(record -> read.put(record.key(), record));
        if (page.next().isEmpty()) {
          break;
        }
        cursor = page.next().get();
      }
      place().assertSame(store, read.values(), records);
      assertThat(largest)
          .as("bytes of the largest page: without a bound, long records exhaust the memory")
          .isLessThan(4_000_000);
    }
  }

  @Test
  default void onlySelectedKeysAreReadAndCounted() {
    List<CacheRecord> records = SampleRecords.usual(20);
    List<CacheRecord> all = new ArrayList<>(records);
    all.addAll(SampleRecords.neighbours());
    place().write(all);
    try (CacheStore store = place().openSource()) {
      place().assertSame(store, scanAll(store, new PageLimit(6, 1 << 20)), records);
      Counts counts = store.count(DEFAULT, n -> {});
      assertThat(counts.byPrefix())
          .containsExactly(
              Map.entry("default:extract:", 5L),
              Map.entry("default:summary:", 5L),
              Map.entry("default:analysis:", 5L),
              Map.entry("default:smartheading:", 5L));
      Selection one = Selection.ofTypes(List.of("summary"));
      assertThat(store.count(one, n -> {}).total()).isEqualTo(5);
      assertThat(scanAll(store, one, LARGE).stream().map(CacheRecord::key))
          .allMatch(key -> key.startsWith("default:summary:"))
          .hasSize(5);
    }
  }

  @Test
  default void asStoredIsSettled() {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(4));
    records.addAll(SampleRecords.odd());
    records.addAll(SampleRecords.withExtraFields());
    records.addAll(SampleRecords.withAbsentFields());
    place().write(records);
    try (CacheStore store = place().openSource()) {
      for (CacheRecord record : records) {
        CacheRecord stored = store.asStored(record);
        assertThat(stored.key()).as("asStored keeps the key").isEqualTo(record.key());
        assertThat(store.asStored(stored).fields())
            .as("asStored of what is stored changes nothing more: " + record)
            .isEqualTo(stored.fields());
      }
      for (CacheRecord read : scanAll(store, LARGE)) {
        assertThat(store.asStored(read).fields())
            .as("asStored changes nothing of a record that was read from the store: " + read)
            .isEqualTo(read.fields());
      }
    }
  }

  @Test
  default void findGivesEachKeyThatWasAskedForAndNoOther() {
    List<CacheRecord> records = SampleRecords.usual(1200);
    place().write(records);
    List<String> keys = Keys.of(records);
    try (CacheStore store = place().openSource()) {
      List<String> twice = new ArrayList<>(keys);
      twice.addAll(keys);
      Keys.assertSame(
          "a key that is asked for twice is given once: a page has no key twice",
          Keys.of(store.find(twice).records()),
          keys);
      String key = keys.get(0);
      List<String> nearMisses =
          List.of(
              key.toUpperCase(Locale.ROOT),
              key + " ",
              " " + key,
              key.substring(0, key.length() - 1),
              key + "0",
              key.replace("default", "mix"),
              key.substring("default:extract:".length()),
              "default:extract:*",
              "default:extract:%",
              "default:extract:________________________________",
              "default",
              "*",
              "");
      Keys.assertSame(
          "a key is meant as it stands: find is no search by pattern, case or prefix",
          Keys.of(store.find(nearMisses).records()),
          List.of());
      List<String> mixed = new ArrayList<>(nearMisses);
      mixed.add(keys.get(7));
      assertThat(store.find(mixed).records().stream().map(CacheRecord::key))
          .containsExactly(keys.get(7));
    }
  }
}
