package io.github.lightragmigrate.testkit;

import static org.assertj.core.api.Assertions.fail;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.WriteResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The usual calls of a store, with what must hold of each. */
final class Scans {

  static final Selection DEFAULT = Selection.ofTypes(Selection.DEFAULT_TYPES);
  static final PageLimit LARGE = new PageLimit(1000, 64L << 20);
  private static final int TOO_MANY_PAGES = 10_000;

  private Scans() {}

  static PageLimit pagesOf(int records) {
    return new PageLimit(records, 64L << 20);
  }

  static void assertAllWritten(WriteResult result, int count) {
    Expect.none(
        "upsert() must take usual records, whatever else is in the batch or in the store",
        result.failures().stream()
            .map(failure -> Expect.shown(failure.key()) + ": " + failure.reason())
            .toList());
    Expect.equal(
        "upsert() must tell as written all records of the batch that it did not fail",
        result.written(),
        count);
  }

  static long count(CacheStore store) {
    return store.count(DEFAULT, n -> {}).total();
  }

  /** A scan that goes round in a circle is no scan. */
  static void assertEnds(int pages) {
    Expect.that(
        pages < TOO_MANY_PAGES,
        "scan() must come to an end: the last page has an empty next (Optional.empty()), and a"
            + " cursor moves on with every page; this one gave %s pages",
        pages);
  }

  /** Whether a record may be given now. */
  static void assertMayCome(CacheStore store, CacheRecord record, boolean isNew) {
    if (!isNew && !store.mayRepeat()) {
      fail(
          "scan() must give a key once, unless mayRepeat() says otherwise: look at where the next"
              + " page begins (behind the last record, not at it), and at where a scan ends (the last"
              + " page has an empty next)\n  twice: "
              + Expect.shown(record.key()));
    }
  }

  /** Every key of the default types; fails when a store that must not repeat does. */
  static List<CacheRecord> scanAll(CacheStore store, PageLimit limit) {
    return scanAll(store, DEFAULT, limit);
  }

  static List<CacheRecord> scanAll(CacheStore store, Selection selection, PageLimit limit) {
    return scanFrom(store, selection, Cursor.START, limit);
  }

  /** From the cursor to the end; empty where the store refuses to go on from there. */
  static Optional<List<CacheRecord>> scanRest(CacheStore store, Cursor cursor, PageLimit limit) {
    try {
      return Optional.of(scanFrom(store, DEFAULT, cursor, limit));
    } catch (StoreException e) {
      assertRefused(e, cursor);
      return Optional.empty();
    }
  }

  static void assertRefused(StoreException e, Cursor cursor) {
    Expect.kind(
        "scan() that cannot go on from a cursor must say so by INVALID_CURSOR: the engine then"
            + " begins anew",
        e,
        StoreException.Kind.INVALID_CURSOR);
    Expect.that(
        !cursor.isStart(),
        "scan() must take Cursor.START always: there is nowhere else to begin anew");
  }

  static List<CacheRecord> scanFrom(
      CacheStore store, Selection selection, Cursor from, PageLimit limit) {
    return scanFrom(store, selection, from, limit, page -> {});
  }

  /** As {@link #scanFrom(CacheStore, Selection, Cursor, PageLimit)}, telling each page. */
  static List<CacheRecord> scanFrom(
      CacheStore store, Selection selection, Cursor from, PageLimit limit, Consumer<Page> told) {
    Map<String, CacheRecord> read = new LinkedHashMap<>();
    Optional<Cursor> cursor = Optional.of(from);
    int pages = 0;
    while (cursor.isPresent()) {
      assertEnds(++pages);
      Page page = store.scan(selection, cursor.get(), limit);
      Expect.none(
          "scan() must be able to read what upsert() took: write it so that it can be read again, or"
              + " refuse it in rejected() and upsert()",
          page.unreadable().stream()
              .map(record -> Expect.shown(record.key()) + ": " + record.reason())
              .toList());
      Expect.that(
          page.records().size() <= limit.records(),
          "scan() must end a page at its limit of records (PageLimit.records), %s, and gave %s",
          limit.records(),
          page.records().size());
      told.accept(page);
      for (CacheRecord record : page.records()) {
        assertMayCome(store, record, read.put(record.key(), record) == null);
      }
      cursor = page.next();
    }
    return List.copyOf(read.values());
  }
}
