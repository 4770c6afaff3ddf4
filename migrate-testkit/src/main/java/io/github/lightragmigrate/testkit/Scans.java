package io.github.lightragmigrate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(result.failures()).isEmpty();
    assertThat(result.written()).isEqualTo(count);
  }

  static long count(CacheStore store) {
    return store.count(DEFAULT, n -> {}).total();
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
    assertThat(e.kind())
        .as("a cursor that cannot be continued is an INVALID_CURSOR: " + e.getMessage())
        .isEqualTo(StoreException.Kind.INVALID_CURSOR);
    assertThat(cursor.isStart()).as("the start is always a valid cursor").isFalse();
  }

  static List<CacheRecord> scanFrom(
      CacheStore store, Selection selection, Cursor from, PageLimit limit) {
    Map<String, CacheRecord> read = new LinkedHashMap<>();
    Optional<Cursor> cursor = Optional.of(from);
    int pages = 0;
    while (cursor.isPresent()) {
      assertThat(++pages).as("pages: a scan must end").isLessThan(TOO_MANY_PAGES);
      Page page = store.scan(selection, cursor.get(), limit);
      assertThat(page.unreadable()).isEmpty();
      assertThat(page.records().size())
          .as("records in a page of at most " + limit.records())
          .isLessThanOrEqualTo(limit.records());
      for (CacheRecord record : page.records()) {
        boolean isNew = read.put(record.key(), record) == null;
        assertThat(isNew || store.mayRepeat()).as(record.key() + " is read once").isTrue();
      }
      cursor = page.next();
    }
    return List.copyOf(read.values());
  }
}
