package io.github.lightragmigrate.testkit;

import static io.github.lightragmigrate.testkit.Scans.DEFAULT;
import static io.github.lightragmigrate.testkit.Scans.LARGE;
import static io.github.lightragmigrate.testkit.Scans.scanAll;

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
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read is what is there. */
interface ReadingRules extends Rules {

  @Test
  default void anEmptyPlaceHoldsNothing() {
    try (CacheStore store = place().openTarget()) {
      assertHoldsNothing(store, "none in a place where nothing was written");
      store.flush();
    }
  }

  @Test
  default void openingAsSourceCreatesNothing() {
    try (CacheStore store = place().openSource()) {
      assertHoldsNothing(store, "none in a place that does not exist, which is no fault");
    }
    place().assertNothingCreated();
  }

  private static void assertHoldsNothing(CacheStore store, String when) {
    Expect.count(store, 0, when);
    Keys.assertSame(
        "scan() must find no record where there is none",
        Keys.of(scanAll(store, LARGE)),
        List.of());
    Keys.assertSame(
        "find() must find no record where there is none",
        Keys.of(store.find(List.of(SampleRecords.key("extract", "none"))).records()),
        List.of());
  }

  @Test
  default void aSourceRefusesWrites() {
    String problem = "it threw nothing";
    try (CacheStore store = place().openUncheckedSource()) {
      store.upsert(SampleRecords.usual(1));
    } catch (StoreException | IllegalStateException e) {
      problem = "";
    } catch (RuntimeException | Error e) {
      problem = "it threw " + e;
    }
    Expect.that(
        problem.isEmpty(),
        "upsert() must refuse a store that was opened as a source (Access.SOURCE), by a"
            + " StoreException or an IllegalStateException: %s",
        problem);
    place().assertNothingCreated();
  }

  @Test
  default void givesBackEveryRecordAsItWasWritten() {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(50));
    records.addAll(SampleRecords.odd());
    records.addAll(SampleRecords.withExtraFields());
    records.addAll(SampleRecords.withAbsentFields());
    place().write(records);
    try (CacheStore store = place().openSource()) {
      place().assertScanned(store, scanAll(store, LARGE), records);
      Expect.count(store, records.size(), "all that were written");
      Page found = store.find(records.stream().map(CacheRecord::key).toList());
      place().assertFound(store, found.records(), records);
      Expect.that(found.next().isEmpty(), "find() must answer in one page: Page.next is empty");
    }
  }

  @Test
  default void pagesOfAnySizeGiveEveryKey() {
    List<CacheRecord> records = SampleRecords.usual(43);
    place().write(records);
    try (CacheStore store = place().openSource()) {
      for (int size : List.of(1, 2, 7, 42, 43, 44)) {
        List<CacheRecord> read = scanAll(store, new PageLimit(size, 64L << 20));
        place().assertScanned(store, read, records);
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
      List<Long> sizes = new ArrayList<>();
      List<CacheRecord> read =
          Scans.scanFrom(
              store,
              DEFAULT,
              Cursor.START,
              new PageLimit(1000, 500_000),
              page -> sizes.add(page.records().stream().mapToLong(CacheRecord::size).sum()));
      place().assertScanned(store, read, records);
      long largest = Collections.max(sizes);
      Expect.that(
          largest < 4_000_000,
          "scan() must end a page near its limit of bytes (PageLimit.bytes, here 500,000 with"
              + " records of 100,000), and gave one of %s: without it, long records exhaust the"
              + " memory",
          largest);
    }
  }

  @Test
  default void onlySelectedKeysAreReadAndCounted() {
    List<CacheRecord> records = SampleRecords.usual(20);
    List<CacheRecord> all = new ArrayList<>(records);
    all.addAll(SampleRecords.neighbours());
    place().write(all);
    try (CacheStore store = place().openSource()) {
      place().assertScanned(store, scanAll(store, new PageLimit(6, 1 << 20)), records);
      Counts counts = store.count(DEFAULT, n -> {});
      Expect.equal(
          "count() must tell the keys of each prefix of the selection, in its order, and no others:"
              + " other modes, types that begin alike, other cases",
          List.copyOf(counts.byPrefix().entrySet()),
          List.of(
              Map.entry("default:extract:", 5L),
              Map.entry("default:summary:", 5L),
              Map.entry("default:analysis:", 5L),
              Map.entry("default:smartheading:", 5L)));
      Selection one = Selection.ofTypes(List.of("summary"));
      Expect.equal(
          "count() must count the prefixes of the selection that it is given",
          store.count(one, n -> {}).total(),
          5L);
      place()
          .assertScanned(
              store,
              scanAll(store, one, LARGE),
              records.stream().filter(record -> one.matches(record.key())).toList());
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
        Expect.equal("asStored() must keep the key", stored.key(), record.key());
        Expect.none(
            "asStored() must change nothing of what it gave back itself: verification compares both"
                + " sides by it",
            Place.differences(store.asStored(stored), stored));
      }
      for (CacheRecord read : scanAll(store, LARGE)) {
        Expect.none(
            "asStored() must change nothing of a record that was read from the store",
            Place.differences(store.asStored(read), read));
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
          "find() must give each key that was asked for once, also one that was asked for twice",
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
          "find() must take a key as it stands: it is no search by pattern, case or prefix",
          Keys.of(store.find(nearMisses).records()),
          List.of());
      List<String> mixed = new ArrayList<>(nearMisses);
      mixed.add(keys.get(7));
      Keys.assertSame(
          "find() must give the key that exists among others that do not",
          Keys.of(store.find(mixed).records()),
          List.of(keys.get(7)));
    }
  }
}
