package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scans hold a connection between their pages. */
@Timeout(60)
class PostgresScanIT {

  private static final Selection DEFAULT = Selection.ofTypes(Selection.DEFAULT_TYPES);
  private static final PageLimit TEN = new PageLimit(10, 1 << 20);

  private final Database database = Database.create();

  private CacheStore source(Map<String, String> settings) {
    return new PostgresAdapter().open(database.settings(settings), Access.SOURCE);
  }

  private static List<String> keys(List<CacheRecord> records) {
    return records.stream().map(CacheRecord::key).toList();
  }

  @Test
  void oneConnectionIsEnoughForAllThatIsGoingOn() throws Exception {
    List<CacheRecord> records = SampleRecords.usual(120);
    database.upsert("default", records);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (CacheStore store = source(Map.of("POSTGRES_MAX_CONNECTIONS", "1"))) {
      List<Future<List<String>>> parts = new ArrayList<>();
      for (Cursor start : store.split(DEFAULT, 3)) {
        parts.add(threads.submit(() -> readAndFind(store, start)));
      }
      List<String> read = new ArrayList<>();
      for (Future<List<String>> part : parts) {
        read.addAll(part.get());
      }
      assertThat(read).containsExactlyInAnyOrderElementsOf(keys(records));
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<String> readAndFind(CacheStore store, Cursor start) {
    List<String> read = new ArrayList<>();
    Optional<Cursor> cursor = Optional.of(start);
    while (cursor.isPresent()) {
      Page page = store.scan(DEFAULT, cursor.get(), TEN);
      read.addAll(keys(page.records()));
      assertThat(store.find(keys(page.records())).records()).hasSameSizeAs(page.records());
      cursor = page.next();
    }
    return read;
  }

  @Test
  void aScanWhoseConnectionWasEndedGoesOnBehindItsLastRow() {
    List<CacheRecord> records = new ArrayList<>();
    for (CacheRecord record : SampleRecords.usual(2000)) {
      records.add(SampleRecords.with(record, "return", JsonValue.of("x".repeat(20_000))));
    }
    database.upsert("default", records);
    List<String> read = new ArrayList<>();
    List<StoreException.Kind> faults = new ArrayList<>();
    try (CacheStore store = source(Map.of())) {
      Optional<Cursor> cursor = Optional.of(Cursor.START);
      while (cursor.isPresent()) {
        try {
          Page page = store.scan(DEFAULT, cursor.get(), TEN);
          read.addAll(keys(page.records()));
          cursor = page.next();
        } catch (StoreException e) {
          faults.add(e.kind());
        }
        if (read.size() == 50 && faults.isEmpty()) {
          database.query(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
                  + " current_database() AND application_name = 'lightrag-migrate'");
        }
      }
    }
    assertThat(faults).containsExactly(StoreException.Kind.UNAVAILABLE);
    assertThat(read).containsExactlyInAnyOrderElementsOf(keys(records));
  }

  @Test
  void namesAreTakenAsTheyStand() {
    for (String conforming : List.of("on", "off")) {
      Map<String, String> settings =
          Map.of(
              "POSTGRES_WORKSPACE",
              "default",
              "POSTGRES_SERVER_SETTINGS",
              "standard_conforming_strings=" + conforming);
      List<CacheRecord> odd = new ArrayList<>();
      for (String name : List.of("o'b", "o\\'b", "a\\", "$1", "?", "é\\n", "' OR true --")) {
        odd.add(
            SampleRecords.with(SampleRecords.usual("extract", name), "return", JsonValue.of(name)));
        odd.add(CacheRecord.of("default:extract:" + name, odd.get(0).fields()));
      }
      database.upsert("default", odd);
      try (CacheStore store = source(settings)) {
        List<String> expected = keys(odd);
        assertThat(readAll(store, DEFAULT, Cursor.START))
            .containsExactlyInAnyOrderElementsOf(expected);
        Selection one = Selection.ofPrefixes(List.of("default:extract:o'b", "default:extract:a\\"));
        assertThat(readAll(store, one, Cursor.START))
            .containsExactlyInAnyOrder("default:extract:o'b", "default:extract:a\\");
        List<String> parts = new ArrayList<>();
        store.split(DEFAULT, 20).forEach(start -> parts.addAll(readAll(store, DEFAULT, start)));
        assertThat(parts).containsExactlyInAnyOrderElementsOf(expected);
      }
    }
  }

  /** Each page by a scan of its own, so that every cursor becomes a part of a query. */
  private static List<String> readAll(CacheStore store, Selection selection, Cursor start) {
    List<String> read = new ArrayList<>();
    Optional<Cursor> cursor = Optional.of(start);
    while (cursor.isPresent()) {
      Cursor from = cursor.get();
      store.scan(selection, from, new PageLimit(1, 1));
      Page page = store.scan(selection, from, new PageLimit(1, 1));
      read.addAll(keys(page.records()));
      cursor = page.next();
    }
    return read;
  }

  @Test
  void nothingIsLeftConnected() {
    database.upsert("default", SampleRecords.usual(100));
    try (CacheStore store = source(Map.of())) {
      for (int scan = 0; scan < 30; scan++) {
        store.scan(DEFAULT, Cursor.START, new PageLimit(1 + scan, 1 << 20));
      }
      assertThat(connections()).isLessThan(20);
    }
    await().until(() -> connections() == 0);
  }

  private int connections() {
    return Integer.parseInt(
        database
            .query(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND"
                    + " application_name = 'lightrag-migrate'")
            .get(0));
  }
}
