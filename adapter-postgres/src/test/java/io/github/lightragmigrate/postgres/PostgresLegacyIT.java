package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tables of an older LightRAG: column mode, and ids that are hashes. */
class PostgresLegacyIT {

  private static final Selection DEFAULT = Selection.ofTypes(Selection.DEFAULT_TYPES);
  private static final PageLimit LARGE = new PageLimit(1000, 8 << 20);
  private static final String P1 = "default:extract:" + "ec6ef230f1828039ee794566b9c58adc";
  private static final String P2 = "default:extract:" + "1d665b9b1467944c128a5575119d1cfd";
  private static final String EVERYTHING = "SELECT t::text, xmin FROM lightrag_llm_cache t";

  private final Database database = Database.create();

  PostgresLegacyIT() {
    database.execute(
        "CREATE TABLE lightrag_llm_cache (workspace varchar(255) NOT NULL, id varchar(255) NOT"
            + " NULL, mode varchar(32) NOT NULL, original_prompt TEXT, return_value TEXT,"
            + " create_time TIMESTAMP, update_time TIMESTAMP, CONSTRAINT lightrag_llm_cache_pk"
            + " PRIMARY KEY (workspace, mode, id))");
    row("h1", "default", "p1", "first");
    row("h2", "default", "p2", "second");
    row("h1", "local", "p1", "of another mode");
    row("default:summary:s", "default", "p3", "flat");
    row("mix:query:s", "mix", "p4", "not selected");
  }

  @Test
  void rowsAreReadUnderTheKeyThatLightRagWouldGiveThem() {
    List<String> before = database.query(EVERYTHING);
    try (CacheStore store = database.open(Access.SOURCE)) {
      assertThat(store.scan(DEFAULT, Cursor.START, LARGE).records())
          .containsExactlyInAnyOrder(
              record(P1, "extract", "p1", "first"),
              record(P2, "extract", "p2", "second"),
              record("default:summary:s", "summary", "p3", "flat"));
      assertThat(store.count(DEFAULT, n -> {}).byPrefix())
          .containsEntry("default:extract:", 2L)
          .containsEntry("default:summary:", 1L);
      assertThat(store.find(List.of(P2, "default:summary:s", "h1")).records())
          .containsExactlyInAnyOrder(
              record(P2, "extract", "p2", "second"),
              record("default:summary:s", "summary", "p3", "flat"));
      assertThat(PostgresReadIT.keys(store, Selection.ofPrefixes(List.of("local:")), 5))
          .containsExactly("local:unknown:ec6ef230f1828039ee794566b9c58adc");
      assertThat(store.notices()).singleElement().asString().contains("column 'mode'");
    }
    assertThat(database.query(EVERYTHING)).isEqualTo(before);
  }

  @Test
  void ofRowsWithOneKeyOneIsRead() {
    row("h0", "default", "p1", "same prompt, earlier id");
    row(P2, "zzz", "p2", "has the key as its id");
    for (int size : List.of(1, 2, 100)) {
      try (CacheStore store = database.open(Access.SOURCE)) {
        assertThat(PostgresReadIT.keys(store, DEFAULT, size))
            .containsExactlyInAnyOrder(P1, P2, "default:summary:s");
        assertThat(store.find(List.of(P1, P2)).records())
            .extracting(record -> record.fields().get("return"))
            .containsExactlyInAnyOrder(
                JsonValue.of("same prompt, earlier id"), JsonValue.of("has the key as its id"));
        assertThat(store.count(DEFAULT, n -> {}).total()).isEqualTo(3);
      }
    }
  }

  @Test
  void recordsWithoutAFlatKeyAreLegacy() {
    row("h0", "default", "p1", "same prompt, earlier id");
    row(P2, "zzz", "p2", "flat, and it is this one that is read");
    row("hash", "default", "of another workspace", "");
    database.execute("UPDATE lightrag_llm_cache SET workspace = 'Else' WHERE id = 'hash'");
    try (CacheStore store = database.open(Access.SOURCE)) {
      assertThat(store.countLegacy(DEFAULT)).as("P1").isEqualTo(1);
      assertThat(store.countLegacy(Selection.ofPrefixes(List.of("local:", "mix:")))).isEqualTo(1);
      assertThat(store.countLegacy(Selection.ofPrefixes(List.of("default:summary:")))).isZero();
      assertThat(store.workspaces()).containsExactlyInAnyOrder("default", "Else");
    }
  }

  @Test
  void idsThatRepeatAcrossModesArePagedRightly() {
    for (String mode : List.of("default", "global", "naive")) {
      for (int i = 0; i < 20; i++) {
        row("x" + i, mode, "prompt " + i, mode + i);
      }
    }
    try (CacheStore store = database.open(Access.SOURCE)) {
      Selection all = Selection.ofPrefixes(List.of("default:", "global:", "naive:"));
      assertThat(PostgresReadIT.keys(store, all, 7)).hasSize(63).doesNotHaveDuplicates();
    }
  }

  @Test
  void newerColumnsAreReadWhereTheyAreAlreadyThere() {
    database.execute(
        "ALTER TABLE lightrag_llm_cache ADD COLUMN chunk_id varchar(255), ADD COLUMN cache_type"
            + " varchar(32), ADD COLUMN queryparam jsonb",
        "UPDATE lightrag_llm_cache SET chunk_id = 'c', cache_type = 'x', queryparam = '{\"a\": 1}'");
    try (CacheStore store = database.open(Access.SOURCE)) {
      assertThat(store.find(List.of(P1, "default:summary:s")).records())
          .extracting(record -> record.fields().get("cache_type"))
          .containsExactlyInAnyOrder(JsonValue.of("extract"), JsonValue.of("x"));
      assertThat(store.find(List.of(P1)).records().get(0).fields())
          .containsEntry("chunk_id", JsonValue.of("c"))
          .containsEntry("queryparam", JsonValue.ofJson("{\"a\":1}"));
    }
  }

  @Test
  void aRowWithoutAPromptIsUnreadable() {
    database.execute(
        "INSERT INTO lightrag_llm_cache VALUES ('default', 'h9', 'default', NULL, 'answer')");
    try (CacheStore store = database.open(Access.SOURCE)) {
      Page page = store.scan(DEFAULT, Cursor.START, LARGE);
      assertThat(page.records()).hasSize(3);
      assertThat(page.unreadable())
          .singleElement()
          .satisfies(
              unreadable -> {
                assertThat(unreadable.key()).isEqualTo("default:extract:h9");
                assertThat(unreadable.reason()).contains("without original_prompt");
                assertThat(JsonValue.ofJson(unreadable.text()).fields())
                    .containsEntry("mode", JsonValue.of("default"))
                    .containsEntry("id", JsonValue.of("h9"))
                    .containsEntry("original_prompt", JsonValue.NULL)
                    .containsEntry("return_value", JsonValue.of("answer"));
              });
      assertThat(store.count(DEFAULT, n -> {}).total()).isEqualTo(4);
    }
  }

  @Test
  void aGoodRowIsReadWhereABadOneHasItsKey() {
    database.execute(
        "INSERT INTO lightrag_llm_cache VALUES ('default', md5('shared'), 'default', NULL, 'bad'),"
            + " ('default', 'zzz', 'default', 'shared', 'good')");
    try (CacheStore store = database.open(Access.SOURCE)) {
      Page page = store.scan(DEFAULT, Cursor.START, LARGE);
      assertThat(page.unreadable()).isEmpty();
      assertThat(page.records())
          .extracting(record -> record.fields().get("return"))
          .contains(JsonValue.of("good"));
      assertThat(store.count(DEFAULT, n -> {}).total()).isEqualTo(4);
    }
  }

  @Test
  void aRowWithAnEndlessTimeHidesNoGoodOne() {
    row(P1, "zzz", "p1", "has the key as its id, and no time");
    database.execute("UPDATE lightrag_llm_cache SET update_time = '-infinity' WHERE mode = 'zzz'");
    for (int size : List.of(1, 100)) {
      try (CacheStore store = database.open(Access.SOURCE)) {
        assertThat(PostgresReadIT.keys(store, DEFAULT, size)).hasSize(3).contains(P1);
        Page found = store.find(List.of(P1));
        assertThat(found.unreadable()).isEmpty();
        assertThat(found.records()).containsExactly(record(P1, "extract", "p1", "first"));
      }
    }
  }

  @Test
  void rowsWhoseModeIsLostAreTold() {
    database.execute(
        "ALTER TABLE lightrag_llm_cache DROP CONSTRAINT lightrag_llm_cache_pk, DROP COLUMN mode");
    try (CacheStore store = database.open(Access.SOURCE)) {
      assertThat(store.count(DEFAULT, n -> {}).total()).isEqualTo(1);
      assertThat(store.notices()).singleElement().asString().startsWith("3 rows ");
      assertThat(store.countLegacy(DEFAULT)).as("no key leads to them").isZero();
      assertThat(store.workspaces()).containsExactly("default");
    }
    database.execute("DELETE FROM lightrag_llm_cache WHERE id LIKE 'h%'");
    try (CacheStore store = database.open(Access.SOURCE)) {
      assertThat(store.notices()).isEmpty();
    }
  }

  private void row(String id, String mode, String prompt, String answer) {
    database.execute(
        String.format(
            "INSERT INTO lightrag_llm_cache VALUES ('default', '%s', '%s', '%s', '%s',"
                + " '2023-11-14 22:13:20', '2023-11-14 22:13:21')",
            id, mode, prompt, answer));
  }

  private static CacheRecord record(String key, String type, String prompt, String answer) {
    return CacheRecord.of(
        key,
        Map.of(
            "return", JsonValue.of(answer),
            "cache_type", JsonValue.of(type),
            "original_prompt", JsonValue.of(prompt),
            "create_time", JsonValue.of(1_700_000_000),
            "update_time", JsonValue.of(1_700_000_001)));
  }
}
