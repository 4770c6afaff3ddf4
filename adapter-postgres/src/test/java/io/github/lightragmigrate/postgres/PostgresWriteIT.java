package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class PostgresWriteIT {

  private static final CacheRecord USUAL = SampleRecords.usual("extract", "seed");

  private final Database database = Database.create();

  @Test
  void poisonIsRefusedAndItsNeighboursAreWritten() {
    List<CacheRecord> poison =
        List.of(
            CacheRecord.of("default:extract:nul\0", USUAL.fields()),
            CacheRecord.of("default:extract:" + "k".repeat(240), USUAL.fields()),
            CacheRecord.of("default:extract:surrogate\ud800", USUAL.fields()),
            with("1", "return", "\"a\\u0000b\""),
            with("2", "original_prompt", "\"a\\udc00b\""),
            with("3", "chunk_id", "\"" + "c".repeat(256) + "\""),
            with("4", "cache_type", "\"" + "t".repeat(33) + "\""),
            with("5", "queryparam", "{\"a\": \"\\u0000\"}"),
            with("6", "queryparam", "{\"a\": NaN}"),
            with("7", "queryparam", "{\"a\": 1e131073}"),
            with("8", "create_time", "\"yesterday\""),
            with("9", "update_time", "1e17"),
            CacheRecord.of("default:extract:none", Map.of()));
    List<CacheRecord> neighbours = SampleRecords.usual(10);
    List<CacheRecord> batch = new ArrayList<>(neighbours.subList(0, 5));
    batch.addAll(poison);
    batch.addAll(neighbours.subList(5, 10));
    try (CacheStore store = database.open(Access.TARGET)) {
      List<WriteFailure> beforehand = store.rejected(batch);
      WriteResult result = store.upsert(batch);
      assertThat(result.failures()).isEqualTo(beforehand);
      assertThat(result.written()).isEqualTo(10);
      assertThat(result.failures().stream().map(WriteFailure::key))
          .containsExactlyElementsOf(poison.stream().map(CacheRecord::key).toList());
      assertThat(result.failures())
          .allSatisfy(failure -> assertThat(failure.reason()).isNotBlank())
          .noneMatch(WriteFailure::retryable);
      assertThat(store.find(neighbours.stream().map(CacheRecord::key).toList()).records())
          .containsExactlyInAnyOrderElementsOf(neighbours);
    }
  }

  @Test
  void copyAndInsertStoreTheSameRows() {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(8));
    records.addAll(SampleRecords.odd());
    records.addAll(SampleRecords.withAbsentFields());
    records.add(with("fraction", "create_time", "1700000000.123456"));
    records.add(with("early", "create_time", "-62135596800.5"));
    records.add(with("escapes", "return", "\"\\u00e4 \\ud83d\\ude00 \\t\\\\n \\u0001\""));
    database.upsert("one", records);
    database.upsert("both", List.of(records.get(0)));
    // one of them is there, so that COPY is refused
    database.upsert("both", records);

    String row =
        "SELECT id, original_prompt, return_value, chunk_id, cache_type, queryparam, create_time,"
            + " update_time FROM lightrag_llm_cache WHERE workspace = '%s' ORDER BY id";
    assertThat(database.query(row.formatted("both")))
        .hasSize(records.size())
        .isEqualTo(database.query(row.formatted("one")));
  }

  @Test
  void aTableWithOtherTypesIsWrittenToo() {
    database.open(Access.TARGET).close();
    database.execute("ALTER TABLE lightrag_llm_cache ALTER queryparam TYPE json");
    List<CacheRecord> records = SampleRecords.usual(5);
    try (CacheStore store = database.open(Access.TARGET)) {
      assertThat(store.upsert(records).failures()).isEmpty();
      assertThat(store.find(records.stream().map(CacheRecord::key).toList()).records())
          .containsExactlyInAnyOrderElementsOf(records);
    }
  }

  /** LightRAG itself drops the key of a table in some cases: see TargetTable. */
  @Test
  void aTableWithoutItsKeyIsNotWritten() {
    database.upsert("default", List.of(USUAL));
    database.execute("ALTER TABLE lightrag_llm_cache DROP CONSTRAINT lightrag_llm_cache_pk");
    try (CacheStore store = database.open(Access.TARGET);
        CacheStore source = database.open(Access.SOURCE)) {
      assertThat(store.notices()).anyMatch(notice -> notice.contains("no primary key"));
      assertThat(source.noticesAsTarget()).anyMatch(notice -> notice.contains("no primary key"));
      assertThatThrownBy(() -> store.upsert(List.of(USUAL)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("primary key");
    }
    assertThat(database.query("SELECT count(*) FROM lightrag_llm_cache")).containsExactly("1");
  }

  @Test
  void aTriggerThatDropsRowsIsNoticed() {
    database.open(Access.TARGET).close();
    database.execute(
        "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN IF length(NEW.return_value) > 20 THEN RETURN NULL; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER swallow BEFORE INSERT ON lightrag_llm_cache FOR EACH ROW EXECUTE FUNCTION"
            + " swallow()");
    CacheRecord longer = with("long", "return", "\"an answer of more than 20 characters\"");
    try (CacheStore store = database.open(Access.TARGET)) {
      assertThat(store.notices()).anyMatch(notice -> notice.contains("Triggers of"));
      assertThatThrownBy(() -> store.upsert(List.of(USUAL, longer)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("trigger");
    }
    assertThat(database.query("SELECT count(*) FROM lightrag_llm_cache")).containsExactly("0");
  }

  @Test
  void aTableWithRulesIsNotWrittenPastThem() {
    database.open(Access.TARGET).close();
    database.execute("CREATE RULE nothing AS ON INSERT TO lightrag_llm_cache DO INSTEAD NOTHING");
    assertThatThrownBy(() -> database.open(Access.TARGET).close())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has rules");
    try (CacheStore source = database.open(Access.SOURCE)) {
      assertThat(source.noticesAsTarget()).anyMatch(notice -> notice.contains("has rules"));
    }
  }

  @Test
  void whatWillHinderIsKnownToASourceToo() {
    try (CacheStore source = database.open(Access.SOURCE)) {
      assertThat(source.noticesAsTarget())
          .noneMatch(notice -> notice.contains("read only") || notice.contains("encoded in"));
      assertThat(source.notices()).isEmpty();
    }
  }

  /** The limits of numeric that {@link StorableJson} states are the server's. */
  @Test
  void whatIsNotRefusedIsTaken() {
    List<CacheRecord> extreme =
        List.of(
            with(
                "1", "queryparam", "{\"a\": 9e131071, \"b\": 1e-16383, \"c\": -0.0, \"d\": 1e400}"),
            with("2", "queryparam", "{\"a\": 12345678901234567890.123456789012345678901234567890}"),
            with(
                "3",
                "queryparam",
                "{\"b\": 1, \"a\": {\"x\": \"\\u0001\\ud83d\\ude00\"}, \"b\": 2}"),
            with("4", "create_time", "-210000000000"),
            with("5", "create_time", "9224318015999"),
            with("6", "update_time", "1700000000.123456"),
            with("7", "queryparam", "[".repeat(900) + "1" + "]".repeat(900)));
    try (CacheStore store = database.open(Access.TARGET)) {
      assertThat(store.upsert(extreme).failures()).isEmpty();
      assertThat(store.find(extreme.stream().map(CacheRecord::key).toList()).records())
          .containsExactlyInAnyOrderElementsOf(extreme);
    }
  }

  @Test
  void aBatchThatTheServerRefusesIsRejectedWhole() {
    database.execute(
        "CREATE DATABASE latin_"
            + database.name()
            + " TEMPLATE template0 ENCODING"
            + " 'LATIN1' LOCALE 'C'");
    Database latin = new Database(database.server(), "latin_" + database.name());
    try (CacheStore store = latin.open(Access.TARGET)) {
      List<CacheRecord> batch = new ArrayList<>(SampleRecords.usual(300));
      batch.add(with("japanese", "return", "\"日本語\""));
      assertThatThrownBy(() -> store.upsert(batch))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.REJECTED))
          .hasMessageContaining("has no equivalent in encoding");
      assertThat(latin.query("SELECT count(*) FROM lightrag_llm_cache")).containsExactly("0");
      assertThat(store.upsert(batch.subList(0, 300)).written()).isEqualTo(300);
    }
  }

  @Test
  void timesAreUtcWhateverTheZones() {
    TimeZone before = TimeZone.getDefault();
    database.execute("ALTER DATABASE " + database.name() + " SET timezone TO 'America/New_York'");
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
      CacheRecord record =
          SampleRecords.with(
              with("zone", "create_time", "1700000000"),
              "update_time",
              JsonValue.ofJson("1711846800.5"));
      try (CacheStore store = database.open(Access.TARGET)) {
        store.upsert(List.of(record));
        assertThat(store.find(List.of(record.key())).records()).containsExactly(record);
      }
      assertThat(
              database.query(
                  "SELECT create_time, update_time, EXTRACT(EPOCH FROM create_time)::bigint FROM"
                      + " lightrag_llm_cache"))
          .containsExactly("2023-11-14 22:13:20 | 2024-03-31 01:00:00.5 | 1700000000");
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void columnsWithAZoneHoldTheSameInstant() {
    database.open(Access.TARGET).close();
    database.execute(
        "ALTER TABLE lightrag_llm_cache ALTER create_time TYPE timestamptz, ALTER update_time TYPE"
            + " timestamptz");
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
      try (CacheStore store = database.open(Access.TARGET)) {
        store.upsert(List.of(USUAL));
        assertThat(store.find(List.of(USUAL.key())).records()).containsExactly(USUAL);
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void aTargetTellsThatOtherFieldsAreNotKept() {
    try (CacheStore store = database.open(Access.TARGET)) {
      assertThat(store.notices())
          .singleElement()
          .asString()
          .contains("other fields are not kept", "absent ones become null (times: 0)")
          .contains("to the microsecond", "whole seconds");
    }
  }

  @Test
  void longRecordsComeAFewAtATime() {
    String text = "0123456789äöü ".repeat(230_000);
    List<CacheRecord> records = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      records.add(with("long " + i, "return", "\"" + i + text + "\""));
    }
    try (CacheStore store = database.open(Access.TARGET)) {
      for (CacheRecord record : records) {
        assertThat(store.upsert(List.of(record)).written()).isEqualTo(1);
      }
      List<CacheRecord> read = new ArrayList<>();
      Optional<Cursor> cursor = Optional.of(Cursor.START);
      while (cursor.isPresent()) {
        Page page =
            store.scan(
                Selection.ofTypes(List.of("extract")),
                cursor.get(),
                new PageLimit(1000, 8_000_000));
        assertThat(page.records()).hasSizeLessThanOrEqualTo(3);
        read.addAll(page.records());
        cursor = page.next();
      }
      assertThat(read).containsExactlyInAnyOrderElementsOf(records);
    }
  }

  private static CacheRecord with(String seed, String field, String json) {
    return SampleRecords.with(SampleRecords.usual("extract", seed), field, JsonValue.ofJson(json));
  }
}
