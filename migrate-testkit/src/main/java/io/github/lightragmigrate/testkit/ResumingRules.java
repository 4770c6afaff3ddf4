package io.github.lightragmigrate.testkit;

import static io.github.lightragmigrate.testkit.Scans.DEFAULT;
import static io.github.lightragmigrate.testkit.Scans.LARGE;
import static io.github.lightragmigrate.testkit.Scans.pagesOf;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.StoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A scan goes on where another process left off, or is refused. */
interface ResumingRules extends Rules {

  @Test
  default void aScanGoesOnFromItsCursorAfterReopening() {
    List<CacheRecord> records = SampleRecords.usual(30);
    place().write(records);
    Map<String, CacheRecord> read = new HashMap<>();
    Optional<Cursor> cursor = Optional.of(Cursor.START);
    int pages = 0;
    while (cursor.isPresent()) {
      Scans.assertEnds(++pages);
      try (CacheStore store = place().openSource()) {
        Page page = store.scan(DEFAULT, cursor.get(), new PageLimit(4, 1 << 20));
        page.records().forEach(record -> read.put(record.key(), record));
        cursor = page.next().map(next -> new Cursor(next.text()));
      } catch (StoreException e) {
        Scans.assertRefused(e, cursor.get());
        return;
      }
    }
    try (CacheStore store = place().openSource()) {
      place().assertScanned(store, read.values(), records);
    }
  }

  @Test
  default void aCursorOfSomethingElseIsRefused() {
    place().write(SampleRecords.usual(3));
    String rule =
        "scan() must refuse a cursor that it did not make ('no cursor of mine') by a StoreException"
            + " of kind INVALID_CURSOR: taken for a place, it leaves records out without a word";
    try (CacheStore store = place().openSource()) {
      Expect.refused(
          rule,
          StoreException.Kind.INVALID_CURSOR,
          () -> store.scan(DEFAULT, new Cursor("no cursor of mine"), LARGE));
    }
  }

  @Test
  default void everyCursorGoesOnAfterReopening() {
    List<CacheRecord> records = SampleRecords.usual(24);
    place().write(records);
    for (int size : List.of(1, 5, 23)) {
      List<Resumption> resumptions = Resumption.everyOne(place(), pagesOf(size));
      for (Resumption resumption : resumptions) {
        resumption.assertMissesNothing(place(), records, pagesOf(7));
      }
    }
  }

  @Test
  default void aCursorGoesOnWhileRecordsComeAndGo() {
    List<CacheRecord> records = SampleRecords.usual(40);
    List<CacheRecord> stay = records.subList(0, 24);
    List<CacheRecord> go = records.subList(24, 32);
    List<CacheRecord> come = records.subList(32, 40);
    place().write(records.subList(0, 32));
    List<Resumption> resumptions = Resumption.everyOne(place(), pagesOf(3));
    place().write(come);
    place().write(stay.subList(0, 12));
    place().remove(go.stream().map(CacheRecord::key).toList());
    for (Resumption resumption : resumptions) {
      resumption.assertMissesNothing(place(), stay, pagesOf(7));
    }
  }
}
