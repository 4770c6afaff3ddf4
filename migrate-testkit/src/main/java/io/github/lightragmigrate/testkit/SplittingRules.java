package io.github.lightragmigrate.testkit;

import static io.github.lightragmigrate.testkit.Scans.DEFAULT;
import static io.github.lightragmigrate.testkit.Scans.pagesOf;
import static io.github.lightragmigrate.testkit.Scans.scanFrom;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The parts of a source are the source, each record once. */
interface SplittingRules extends Rules {

  @Test
  default void thePartsTogetherAreTheWhole() {
    List<CacheRecord> records = SampleRecords.usual(61);
    List<CacheRecord> all = new ArrayList<>(records);
    all.addAll(SampleRecords.neighbours());
    place().write(all);
    try (CacheStore store = place().openSource()) {
      for (int parts : List.of(1, 2, 3, 7, 100)) {
        List<Cursor> starts = store.split(DEFAULT, parts);
        assertNumber(starts, parts);
        assertParts(store, DEFAULT, starts, pagesOf(5), records);
      }
      Selection two = Selection.ofTypes(List.of("summary", "extract"));
      List<CacheRecord> ofTwo =
          records.stream().filter(record -> two.matches(record.key())).toList();
      assertParts(store, two, store.split(two, 3), pagesOf(4), ofTwo);
    }
  }

  @Test
  default void anEmptyPlaceHasAPart() {
    try (CacheStore store = place().openSource()) {
      List<Cursor> starts = store.split(DEFAULT, 4);
      assertNumber(starts, 4);
      assertParts(store, DEFAULT, starts, pagesOf(5), List.of());
    }
    place().assertNothingCreated();
  }

  @Test
  default void partsMayBeReadAtTheSameTime() throws Exception {
    List<CacheRecord> records = SampleRecords.usual(400);
    place().write(records);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (CacheStore store = place().openSource()) {
      List<Future<List<CacheRecord>>> parts = new ArrayList<>();
      for (Cursor start : store.split(DEFAULT, 4)) {
        parts.add(threads.submit(() -> scanFrom(store, DEFAULT, start, pagesOf(9))));
      }
      List<CacheRecord> read = new ArrayList<>();
      for (Future<List<CacheRecord>> part : parts) {
        read.addAll(
            Expect.resultOf(
                "scan() must be safe for several threads at once, each with a cursor of its own"
                    + " (--readers): lock, or use a connection for each call. Where other tests fail"
                    + " too, mend those first",
                part));
      }
      assertParts(parts.size(), store, read, records);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  default void partsGoOnAfterReopening() {
    place().write(SampleRecords.usual(40));
    Map<Cursor, List<CacheRecord>> parts = new LinkedHashMap<>();
    try (CacheStore store = place().openSource()) {
      for (Cursor start : store.split(DEFAULT, 3)) {
        parts.put(start, scanFrom(store, DEFAULT, start, pagesOf(100)));
      }
    }
    parts.forEach(
        (start, part) -> {
          for (Resumption resumption : Resumption.everyOne(place(), start, pagesOf(4))) {
            resumption.assertMissesNothing(place(), part, pagesOf(7));
            resumption.assertStaysIn(place(), part, pagesOf(7));
          }
        });
  }

  private void assertParts(
      CacheStore store,
      Selection selection,
      List<Cursor> starts,
      PageLimit limit,
      List<CacheRecord> records) {
    List<CacheRecord> read = new ArrayList<>();
    starts.forEach(start -> read.addAll(scanFrom(store, selection, start, limit)));
    assertParts(starts.size(), store, read, records);
  }

  private void assertParts(
      int parts, CacheStore store, List<CacheRecord> read, List<CacheRecord> records) {
    Keys.assertSame(
        ("scan() from the %s starts of split(), each to its end, must give each selected record of"
                + " the whole, once: a part ends where the next begins, on every page of it")
            .formatted(parts),
        Keys.of(read),
        Keys.of(records));
    place().assertFields("scan()", store, read, records);
  }

  private static void assertNumber(List<Cursor> starts, int parts) {
    Expect.that(
        !starts.isEmpty() && starts.size() <= parts,
        "split() must give one start at least, also of nothing (Cursor.START), and %s at the most,"
            + " and gave %s",
        parts,
        starts.size());
  }
}
