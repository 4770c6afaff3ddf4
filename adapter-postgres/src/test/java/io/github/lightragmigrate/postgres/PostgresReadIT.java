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
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PostgresReadIT {

  private static final Selection DEFAULT = Selection.ofTypes(Selection.DEFAULT_TYPES);
  private static final PageLimit LARGE = new PageLimit(1000, 8 << 20);

  /** Under such a collation the keys of a prefix are not neighbours. */
  @Test
  void everyKeyIsReadUnderACollationThatPassesOverCaseAndColons() {
    Database database = Database.createSortedByPeople();
    assertThat(database.query("SELECT 'default:extract:b' > 'defaultextractA'"))
        .as("the collation does what this test is about")
        .containsExactly("t");
    List<String> selected = new ArrayList<>();
    List<CacheRecord> all = new ArrayList<>();
    for (String tail : List.of("a", "A", "b", "B", "a:b", "ab", "A%", "_", "a-b", "é", "e", "\\")) {
      for (String prefix : List.of("default:extract:", "default:summary:")) {
        selected.add(prefix + tail);
        all.add(record(prefix + tail));
      }
      for (String prefix :
          List.of("DEFAULT:extract:", "defaultextract", "default-extract:", "default:extract")) {
        all.add(record(prefix + tail));
      }
    }
    try (CacheStore store = database.open(Access.TARGET)) {
      store.upsert(all.stream().distinct().toList());
      Selection selection = Selection.ofTypes(List.of("extract", "summary"));
      for (int size : List.of(1, 3, 100)) {
        assertThat(keys(store, selection, size)).containsExactlyInAnyOrderElementsOf(selected);
      }
      assertThat(store.count(selection, n -> {}).byPrefix())
          .containsExactly(Map.entry("default:extract:", 12L), Map.entry("default:summary:", 12L));
      Selection escaped = Selection.ofPrefixes(List.of("default:extract:A%", "default:extract:_"));
      assertThat(keys(store, escaped, 10))
          .containsExactlyInAnyOrder("default:extract:A%", "default:extract:_");
    }
  }

  @Test
  void aScanFollowsThePrimaryKey() {
    Database database = Database.create();
    try (CacheStore store = database.open(Access.TARGET)) {
      store.upsert(SampleRecords.usual(2000));
    }
    CacheTable table =
        new CacheTable("public", Map.of("id", "", "queryparam", ""), true, false, true);
    ScanPosition position =
        new ScanPosition(List.of("default:extract:5"), List.of("default:extract:b"));
    String scan =
        new RowQuery(table)
            .scan(
                "default",
                Selection.ofTypes(List.of("extract")),
                position,
                text -> "'" + text + "'");
    // never analyzed, and then
    for (String before : List.of("SELECT 1", "ANALYZE lightrag_llm_cache")) {
      database.execute(before);
      assertThat(database.plan(scan)).contains("Index Scan").doesNotContain("Sort");
    }
  }

  /** LightRAG cannot read such a row, nor any that it asks for with it. */
  @Test
  void aTextThatIsNoUtf8MakesItsRecordAloneUnreadable() {
    Database database = Database.createOfAnyBytes();
    database.open(Access.TARGET).close();
    List<String> columns =
        List.of("original_prompt", "return_value", "chunk_id", "cache_type", "queryparam");
    for (String column : columns) {
      String value =
          column.equals("queryparam") ? "'\"caf' || chr(233) || '\"'" : "'caf' || chr(233)";
      database.execute(
          "INSERT INTO lightrag_llm_cache (workspace, id) VALUES ('default', 'default:extract:"
              + column
              + "')",
          "UPDATE lightrag_llm_cache SET "
              + column
              + " = ("
              + value
              + (column.equals("queryparam") ? ")::jsonb" : ")")
              + " WHERE id = 'default:extract:"
              + column
              + "'");
    }
    try (CacheStore store = database.open(Access.TARGET)) {
      CacheRecord usual = SampleRecords.usual("extract", "usual");
      store.upsert(List.of(usual));
      Page page = store.scan(DEFAULT, Cursor.START, LARGE);
      assertThat(page.records()).containsExactly(usual);
      assertThat(page.unreadable())
          .hasSize(5)
          .allSatisfy(record -> assertThat(record.reason()).contains("UTF-8"));
    }
  }

  @Test
  void nullsAndOddValuesAreReadAsTheyAre() {
    Database database = Database.create();
    database.open(Access.TARGET).close();
    database.execute(
        "INSERT INTO lightrag_llm_cache VALUES ('default', 'default:extract:null', NULL, NULL,"
            + " NULL, NULL, NULL, NULL, NULL)",
        "INSERT INTO lightrag_llm_cache VALUES ('default', 'default:extract:string', 'p', 'r', 'c',"
            + " 't', '\"{\\\"a\\\": 1}\"', '2023-11-14 22:13:20.25', '1960-01-01')",
        "INSERT INTO lightrag_llm_cache VALUES ('default', 'default:extract:endless', 'p', 'r', 'c',"
            + " 't', NULL, 'infinity', '2023-11-14')");
    try (CacheStore store = database.open(Access.SOURCE)) {
      Page page = store.scan(DEFAULT, Cursor.START, LARGE);
      Map<String, JsonValue> nulls = new LinkedHashMap<>();
      for (String name :
          List.of("return", "cache_type", "chunk_id", "original_prompt", "queryparam")) {
        nulls.put(name, JsonValue.NULL);
      }
      assertThat(page.records())
          .containsExactlyInAnyOrder(
              CacheRecord.of("default:extract:null", nulls),
              CacheRecord.of(
                  "default:extract:string",
                  Map.of(
                      "return", JsonValue.of("r"),
                      "cache_type", JsonValue.of("t"),
                      "chunk_id", JsonValue.of("c"),
                      "original_prompt", JsonValue.of("p"),
                      "queryparam", JsonValue.of("{\"a\": 1}"),
                      "create_time", JsonValue.ofJson("1700000000.25"),
                      "update_time", JsonValue.of(-315_619_200))));
      assertThat(page.unreadable())
          .singleElement()
          .satisfies(
              endless -> {
                assertThat(endless.key()).isEqualTo("default:extract:endless");
                assertThat(endless.reason()).isEqualTo("create_time is Infinity");
                assertThat(JsonValue.ofJson(endless.text()).fields())
                    .containsEntry("id", JsonValue.of("default:extract:endless"))
                    .containsEntry("create_time", JsonValue.of("Infinity"))
                    .containsKeys("return_value", "original_prompt", "chunk_id", "queryparam");
              });
      AtomicLong told = new AtomicLong();
      assertThat(store.count(DEFAULT, told::set).total()).isEqualTo(3).isEqualTo(told.get());
    }
  }

  @Test
  void aPageIsFullAfterTheRecordThatReachesTheBytes() {
    Database database = Database.create();
    try (CacheStore store = database.open(Access.TARGET)) {
      List<CacheRecord> records = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        records.add(
            SampleRecords.with(
                SampleRecords.usual("extract", "seed" + i),
                "return",
                JsonValue.of("x".repeat(10_000))));
      }
      store.upsert(records);
      Page page = store.scan(DEFAULT, Cursor.START, new PageLimit(1000, 45_000));
      assertThat(page.records()).hasSize(5);
      assertThat(page.next()).isPresent();
      assertThat(store.scan(DEFAULT, Cursor.START, new PageLimit(1000, 1)).records()).hasSize(1);
    }
  }

  @Test
  void keysThatCannotBeThereAreNotFound() {
    Database database = Database.create();
    try (CacheStore store = database.open(Access.TARGET)) {
      CacheRecord record = SampleRecords.usual("extract", "seed");
      store.upsert(List.of(record));
      assertThat(
              store
                  .find(List.of("a\0", "\ud800", record.key(), record.key(), "q\"u\\o{},"))
                  .records())
          .containsExactly(record);
    }
  }

  /** A selection is no part of a cursor: two scans can be at the same place. */
  @Test
  void aScanGoesOnWithItsOwnSelection() {
    Database database = Database.create();
    try (CacheStore store = database.open(Access.TARGET)) {
      store.upsert(
          List.of(
              record("default:extract:a"),
              record("default:extract:b"),
              record("default:summary:a")));
      Page both = store.scan(DEFAULT, Cursor.START, new PageLimit(1, 1 << 20));
      Selection extracts = Selection.ofTypes(List.of("extract"));
      assertThat(store.scan(extracts, both.next().orElseThrow(), LARGE).records())
          .extracting(CacheRecord::key)
          .containsExactly("default:extract:b");
    }
  }

  /** A server's limit for a statement is a limit for the whole scan, which lasts as the target. */
  @Test
  void aScanOutlastsTheServersTimeForAStatement() {
    Database database = Database.create();
    try (CacheStore store = database.open(Access.TARGET)) {
      List<CacheRecord> records = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        records.add(
            SampleRecords.with(
                SampleRecords.usual("extract", "seed" + i),
                "return",
                JsonValue.of("x".repeat(1 << 20))));
      }
      store.upsert(records);
    }
    database.execute("ALTER DATABASE " + database.name() + " SET statement_timeout = '300ms'");
    try (CacheStore store = database.open(Access.SOURCE)) {
      Page first = store.scan(DEFAULT, Cursor.START, new PageLimit(1, 1 << 20));
      await()
          .until(
              () ->
                  database
                      .query(
                          "SELECT now() - query_start > interval '600 ms' FROM pg_stat_activity"
                              + " WHERE datname = current_database()"
                              + " AND application_name = 'lightrag-migrate'")
                      .contains("t"));
      Page rest = store.scan(DEFAULT, first.next().orElseThrow(), new PageLimit(100, 200 << 20));
      assertThat(rest.records()).hasSize(59);
    }
  }

  @Test
  void aScanThatIsKeptAfterTheEndIsClosed() throws Exception {
    Database database = Database.create();
    PostgresSettings settings = PostgresSettings.parse(database.settings());
    try (ConnectionPool connections = new ConnectionPool(settings, true)) {
      OpenScans scans = new OpenScans(connections);
      RowStream rows =
          connections.lending(
              connection -> RowStream.open(connection, "SELECT 'a' AS id", List.of("id")));
      scans.closeAll();
      scans.keep(DEFAULT, new Cursor("a"), rows);
      assertThat(rows.connection().isClosed()).isTrue();
    }
  }

  static List<String> keys(CacheStore store, Selection selection, int pageSize) {
    List<String> keys = new ArrayList<>();
    Optional<Cursor> cursor = Optional.of(Cursor.START);
    while (cursor.isPresent()) {
      Page page = store.scan(selection, cursor.get(), new PageLimit(pageSize, 1 << 20));
      page.records().forEach(record -> keys.add(record.key()));
      cursor = page.next();
    }
    return keys;
  }

  private static CacheRecord record(String key) {
    return CacheRecord.of(key, SampleRecords.usual("extract", key).fields());
  }
}
