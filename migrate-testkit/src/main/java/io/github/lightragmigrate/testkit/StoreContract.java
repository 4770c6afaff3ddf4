package io.github.lightragmigrate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every storage adapter must do. Extend it in the adapter's tests, say how to reach a store,
 * and all tests run against it. Each message says what the rule is for.
 */
public abstract class StoreContract {

  protected static final Selection DEFAULT = Selection.ofTypes(Selection.DEFAULT_TYPES);
  private static final PageLimit LARGE = new PageLimit(1000, 64L << 20);

  /** The adapter under test. */
  protected abstract StorageAdapter adapter();

  /**
   * Settings of a place that is empty, was never opened, and is another one for every test method;
   * the same for every call within a test but for the workspace.
   *
   * @param workspace empty for none
   */
  protected abstract Settings settings(String workspace);

  /**
   * Whether anything (file, table, index, collection, key) exists at the place of these settings.
   */
  protected abstract boolean exists(Settings settings);

  /** What the store gives back for a record that it was given: itself, where it can hold it all. */
  protected CacheRecord expected(CacheRecord written) {
    return written;
  }

  @Test
  void anEmptyPlaceHoldsNothing() {
    try (CacheStore store = openTarget()) {
      assertThat(count(store)).isZero();
      assertThat(scanAll(store, LARGE)).isEmpty();
      assertThat(store.find(List.of(SampleRecords.key("extract", "none"))).records()).isEmpty();
      store.flush();
    }
  }

  @Test
  void openingAsSourceCreatesNothing() {
    try (CacheStore store = adapter().open(settings(""), Access.SOURCE)) {
      assertThat(count(store)).as("count of a place that does not exist").isZero();
      assertThat(scanAll(store, LARGE)).isEmpty();
      assertThat(store.find(List.of(SampleRecords.key("extract", "none"))).records()).isEmpty();
    }
    assertThat(exists(settings(""))).as("a source is read only: nothing may be created").isFalse();
  }

  @Test
  void aSourceRefusesWrites() {
    try (CacheStore store = adapter().open(settings(""), Access.SOURCE)) {
      assertThatThrownBy(() -> store.upsert(SampleRecords.usual(1)))
          .as("a source is read only")
          .isInstanceOfAny(StoreException.class, IllegalStateException.class);
    }
    assertThat(exists(settings(""))).isFalse();
  }

  @Test
  void givesBackEveryRecordAsItWasWritten() {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(50));
    records.addAll(SampleRecords.odd());
    records.addAll(SampleRecords.withExtraFields());
    records.addAll(SampleRecords.withAbsentFields());
    write(records);
    try (CacheStore store = openSource()) {
      assertSame(scanAll(store, LARGE), records);
      assertThat(count(store)).isEqualTo(records.size());
      Page found = store.find(records.stream().map(CacheRecord::key).toList());
      assertSame(found.records(), records);
      assertThat(found.next()).isEmpty();
    }
  }

  @Test
  void arraysOfSeveralTypesAreGivenBackOrRefusedWithAReason() {
    Map<String, CacheRecord> stored = new LinkedHashMap<>();
    SampleRecords.withMixedArrays().forEach(record -> stored.put(record.key(), record));
    try (CacheStore store = openTarget()) {
      WriteResult result = store.upsert(List.copyOf(stored.values()));
      assertThat(result.written() + result.failures().size()).isEqualTo(stored.size());
      for (WriteFailure failure : result.failures()) {
        assertThat(failure.reason()).isNotBlank();
        assertThat(failure.retryable()).isFalse();
        stored.remove(failure.key());
      }
      store.flush();
      assertSame(scanAll(store, LARGE), stored.values());
    }
  }

  @Test
  void pagesOfAnySizeGiveEveryKey() {
    List<CacheRecord> records = SampleRecords.usual(43);
    write(records);
    try (CacheStore store = openSource()) {
      for (int size : List.of(1, 2, 7, 42, 43, 44)) {
        List<CacheRecord> read = scanAll(store, new PageLimit(size, 64L << 20));
        assertSame(read, records);
      }
    }
  }

  @Test
  void aPageEndsNearItsByteLimit() {
    List<CacheRecord> records = new ArrayList<>();
    for (CacheRecord record : SampleRecords.usual(60)) {
      records.add(SampleRecords.with(record, "return", JsonValue.of("x".repeat(100_000))));
    }
    write(records);
    try (CacheStore store = openSource()) {
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
      assertSame(read.values(), records);
      assertThat(largest)
          .as("bytes of the largest page: without a bound, long records exhaust the memory")
          .isLessThan(4_000_000);
    }
  }

  @Test
  void onlySelectedKeysAreReadAndCounted() {
    List<CacheRecord> records = SampleRecords.usual(20);
    List<CacheRecord> all = new ArrayList<>(records);
    all.addAll(SampleRecords.neighbours());
    write(all);
    try (CacheStore store = openSource()) {
      assertSame(scanAll(store, new PageLimit(6, 1 << 20)), records);
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
  void aScanGoesOnFromItsCursorAfterReopening() {
    List<CacheRecord> records = SampleRecords.usual(30);
    write(records);
    Map<String, CacheRecord> read = new HashMap<>();
    Optional<Cursor> cursor = Optional.of(Cursor.START);
    int pages = 0;
    while (cursor.isPresent()) {
      assertThat(++pages).as("pages: a scan must end").isLessThan(1000);
      try (CacheStore store = openSource()) {
        Page page = store.scan(DEFAULT, cursor.get(), new PageLimit(4, 1 << 20));
        page.records().forEach(record -> read.put(record.key(), record));
        cursor = page.next().map(next -> new Cursor(next.text()));
      } catch (StoreException e) {
        assertThat(e.kind()).isEqualTo(StoreException.Kind.INVALID_CURSOR);
        assertThat(cursor.get().isStart()).as("the start is always a valid cursor").isFalse();
        return;
      }
    }
    assertSame(read.values(), records);
  }

  @Test
  void aCursorOfSomethingElseIsRefused() {
    write(SampleRecords.usual(3));
    try (CacheStore store = openSource()) {
      assertThatThrownBy(() -> store.scan(DEFAULT, new Cursor("no cursor of mine"), LARGE))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.INVALID_CURSOR));
    }
  }

  @Test
  void upsertReplacesTheWholeRecordAndNothingElse() {
    List<CacheRecord> records = SampleRecords.usual(10);
    write(records);
    CacheRecord changed =
        CacheRecord.of(
            records.get(3).key(),
            new LinkedHashMap<>(SampleRecords.withAbsentFields().get(0).fields()));
    write(List.of(changed));
    List<CacheRecord> now = new ArrayList<>(records);
    now.set(3, changed);
    try (CacheStore store = openSource()) {
      assertSame(scanAll(store, LARGE), now);
      assertThat(count(store)).isEqualTo(10);
    }
  }

  @Test
  void upsertLeavesNeighboursAlone() {
    List<CacheRecord> neighbours = SampleRecords.neighbours();
    write(neighbours);
    write(SampleRecords.usual(5));
    try (CacheStore store = openSource()) {
      assertSame(
          store.find(neighbours.stream().map(CacheRecord::key).toList()).records(), neighbours);
    }
  }

  @Test
  void anEmptyBatchIsNoFault() {
    try (CacheStore store = openTarget()) {
      assertThat(store.upsert(List.of()).written()).isZero();
      assertThat(store.find(List.of()).records()).isEmpty();
      store.flush();
    }
  }

  @Test
  void largeBatchesAreWrittenWhole() {
    List<CacheRecord> records = SampleRecords.usual(2500);
    write(records);
    try (CacheStore store = openSource()) {
      assertSame(scanAll(store, LARGE), records);
      assertSame(store.find(records.stream().map(CacheRecord::key).toList()).records(), records);
    }
  }

  @Test
  void workspacesAreApart() {
    List<CacheRecord> mine = SampleRecords.usual(4);
    write(mine);
    try (CacheStore other = adapter().open(settings("other"), Access.TARGET)) {
      assertThat(other.workspace()).isEqualTo("other");
      assertThat(count(other)).isZero();
      assertAllWritten(other.upsert(List.of(SampleRecords.usual("extract", "elsewhere"))), 1);
      other.flush();
      assertThat(count(other)).isEqualTo(1);
    }
    try (CacheStore store = openSource()) {
      assertSame(scanAll(store, LARGE), mine);
    }
  }

  @Test
  void locationTellsPlacesApartAndHoldsNoSecret() {
    try (CacheStore one = openTarget();
        CacheStore again = openSource();
        CacheStore other = adapter().open(settings("other"), Access.TARGET)) {
      assertThat(one.location()).isEqualTo(again.location()).isNotEqualTo(other.location());
      for (Setting setting : adapter().settings()) {
        String secret = settings("").text(setting);
        if (setting.secret() && secret.length() > 3) {
          assertThat(one.location()).doesNotContain(secret);
        }
      }
    }
  }

  @Test
  void aWorkspaceThatIsAPathIsRefused() {
    for (String workspace : List.of("a/b", "a\\b", "..", ".")) {
      assertThatThrownBy(() -> adapter().open(settings(workspace), Access.SOURCE).close())
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
          .hasMessageContaining(workspace);
    }
  }

  @Test
  void severalThreadsMayWriteAndReadAtOnce() throws Exception {
    List<CacheRecord> records = SampleRecords.usual(400);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (CacheStore store = openTarget()) {
      List<Future<WriteResult>> results = new ArrayList<>();
      for (int i = 0; i < 400; i += 50) {
        List<CacheRecord> part = records.subList(i, i + 50);
        results.add(threads.submit(() -> store.upsert(part)));
      }
      for (Future<WriteResult> result : results) {
        assertAllWritten(result.get(), 50);
      }
      store.flush();
    } finally {
      threads.shutdownNow();
    }
    try (CacheStore store = openSource()) {
      assertSame(scanAll(store, LARGE), records);
    }
  }

  @Test
  void aRejectedRecordIsRejectedByUpsertToo() {
    List<CacheRecord> records = SampleRecords.odd();
    try (CacheStore store = openTarget()) {
      assertThat(store.rejected(records))
          .as("odd records are within LightRAG's contract: every store holds them")
          .isEmpty();
      assertAllWritten(store.upsert(records), records.size());
    }
  }

  @Test
  void settingsAreDescribed() {
    Set<String> names = new HashSet<>();
    for (Setting setting : adapter().settings()) {
      assertThat(setting.name()).matches("[A-Z][A-Z0-9_]*");
      assertThat(names.add(setting.name())).as(setting.name() + " is there once").isTrue();
      assertThat(setting.description()).as("description of " + setting.name()).isNotBlank();
      assertThat(setting.section().isEmpty())
          .as("section and option of " + setting.name() + " go together")
          .isEqualTo(setting.option().isEmpty());
    }
    assertThat(adapter().settings()).contains(Setting.WORKSPACE);
    assertThat(adapter().id()).matches("[a-z][a-z0-9-]*");
  }

  protected final CacheStore openTarget() {
    return adapter().open(settings(""), Access.TARGET);
  }

  protected final CacheStore openSource() {
    return adapter().open(settings(""), Access.SOURCE);
  }

  /** Writes, flushes and closes. */
  protected final void write(List<CacheRecord> records) {
    try (CacheStore store = openTarget()) {
      assertAllWritten(store.upsert(records), records.size());
      store.flush();
    }
  }

  protected static void assertAllWritten(WriteResult result, int count) {
    assertThat(result.failures()).isEmpty();
    assertThat(result.written()).isEqualTo(count);
  }

  /** Every key of the default types; fails when a store that must not repeat does. */
  protected static List<CacheRecord> scanAll(CacheStore store, PageLimit limit) {
    return scanAll(store, DEFAULT, limit);
  }

  protected static List<CacheRecord> scanAll(
      CacheStore store, Selection selection, PageLimit limit) {
    Map<String, CacheRecord> read = new LinkedHashMap<>();
    Optional<Cursor> cursor = Optional.of(Cursor.START);
    int pages = 0;
    while (cursor.isPresent()) {
      assertThat(++pages).as("pages: a scan must end").isLessThan(10_000);
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

  private static long count(CacheStore store) {
    return store.count(DEFAULT, n -> {}).total();
  }

  /** The same keys with the same fields, in any order. */
  protected final void assertSame(Collection<CacheRecord> actual, Collection<CacheRecord> written) {
    Map<String, CacheRecord> byKey = new HashMap<>();
    actual.forEach(record -> byKey.put(record.key(), record));
    assertThat(byKey.keySet())
        .as("keys in the store")
        .containsExactlyInAnyOrderElementsOf(written.stream().map(CacheRecord::key).toList());
    for (CacheRecord record : written) {
      CacheRecord expected = expected(record);
      CacheRecord found = Objects.requireNonNull(byKey.get(record.key()));
      assertThat(found.fields().keySet())
          .as("field names of " + record.key())
          .containsExactlyInAnyOrderElementsOf(expected.fields().keySet());
      expected
          .fields()
          .forEach(
              (name, value) ->
                  assertThat(found.fields().get(name))
                      .as("field '" + name + "' of " + record.key())
                      .isEqualTo(value));
    }
  }
}
