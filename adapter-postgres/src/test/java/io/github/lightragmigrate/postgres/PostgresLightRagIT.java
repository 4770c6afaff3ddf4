package io.github.lightragmigrate.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LightRAG's own storage class as the judge; needs a Python that has lightrag-hku and asyncpg. */
class PostgresLightRagIT {

  private static final String PYTHON = "MIGRATE_LIGHTRAG_PYTHON";
  private static final String COLUMNS =
      "SELECT ordinal_position, column_name, data_type, character_maximum_length, is_nullable,"
          + " column_default, datetime_precision FROM information_schema.columns WHERE table_name ="
          + " 'lightrag_llm_cache' ORDER BY 1";
  private static final String CONSTRAINTS =
      "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid ="
          + " 'lightrag_llm_cache'::regclass ORDER BY 1";

  @TempDir private Path directory;

  private final Database database = Database.create();

  @BeforeAll
  static void skipWithoutLightRag() {
    boolean set = System.getenv(PYTHON) != null;
    if (!set) {
      System.out.println("PostgresLightRagIT skipped: " + PYTHON + " names no Python");
    }
    assumeTrue(set, PYTHON + " is not set");
  }

  @Test
  void lightRagReadsWhatWeWrote() throws Exception {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(20));
    records.addAll(SampleRecords.odd());
    records.addAll(SampleRecords.withExtraFields());
    records.addAll(SampleRecords.withAbsentFields());
    try (CacheStore store = database.open(Access.TARGET)) {
      assertThat(store.upsert(records).failures()).isEmpty();
    }
    JsonValue keys =
        JsonValue.array(records.stream().map(record -> JsonValue.of(record.key())).toList());
    Map<String, JsonValue> read = JsonValue.ofJson(lightRag("read", keys.toJson())).fields();
    for (CacheRecord record : records) {
      Map<String, JsonValue> found =
          new LinkedHashMap<>(Objects.requireNonNull(read.get(record.key())).fields());
      assertThat(found.remove("id")).isEqualTo(JsonValue.of(record.key()));
      assertThat(found.remove("return_value")).isEqualTo(found.get("return"));
      assertThat(CacheRecord.of(record.key(), found)).isEqualTo(StoredForm.of(record));
    }
  }

  @Test
  void weReadWhatLightRagWrote() throws Exception {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(20));
    records.addAll(SampleRecords.odd());
    Map<String, JsonValue> written = new LinkedHashMap<>();
    records.forEach(record -> written.put(record.key(), JsonValue.object(record.fields())));
    long before = System.currentTimeMillis() / 1000;
    lightRag("write", JsonValue.object(written).toJson());
    try (CacheStore store = database.open(Access.SOURCE)) {
      List<CacheRecord> read =
          store
              .scan(
                  Selection.ofTypes(Selection.DEFAULT_TYPES),
                  Cursor.START,
                  new PageLimit(1000, 1 << 30))
              .records();
      assertThat(read).hasSameSizeAs(records);
      assertThat(store.workspaces()).containsExactly("default");
      assertThat(store.countLegacy(Selection.ofTypes(Selection.DEFAULT_TYPES))).isZero();
      for (CacheRecord record : read) {
        CacheRecord given =
            records.stream().filter(r -> r.key().equals(record.key())).findFirst().orElseThrow();
        for (String name :
            List.of("return", "cache_type", "chunk_id", "original_prompt", "queryparam")) {
          assertThat(record.field(name)).as(name).isEqualTo(given.field(name));
        }
        // LightRAG stores the time of writing, here in the server's zone, which is the machine's
        assertThat(record.field("create_time").flatMap(JsonValue::asDecimal).orElseThrow())
            .isGreaterThanOrEqualTo(BigDecimal.valueOf(before - 86_400));
      }
    }
  }

  @Test
  void lightRagLosesTheKeysOfALegacyTableAsThePersonIsToldBefore() throws Exception {
    database.execute(
        "CREATE TABLE lightrag_llm_cache (workspace varchar(255) NOT NULL, id varchar(255) NOT"
            + " NULL, mode varchar(32) NOT NULL, original_prompt TEXT, return_value TEXT,"
            + " create_time TIMESTAMP, update_time TIMESTAMP, CONSTRAINT lightrag_llm_cache_pk"
            + " PRIMARY KEY (workspace, mode, id))",
        "INSERT INTO lightrag_llm_cache VALUES ('default', 'h', 'default', 'p1', 'first')");
    Selection selection = Selection.ofTypes(Selection.DEFAULT_TYPES);
    String key;
    try (CacheStore store = database.open(Access.SOURCE)) {
      assertThat(store.countLegacy(selection)).isEqualTo(1);
      assertThat(store.notices()).singleElement().asString().contains("migrate before");
      key = store.scan(selection, Cursor.START, new PageLimit(10, 1 << 20)).records().get(0).key();
    }
    JsonValue read =
        JsonValue.ofJson(lightRag("read", JsonValue.array(List.of(JsonValue.of(key))).toJson()));
    assertThat(read.fields()).containsEntry(key, JsonValue.NULL);
    try (CacheStore store = database.open(Access.SOURCE)) {
      assertThat(store.count(selection, n -> {}).total()).isZero();
      assertThat(store.countLegacy(selection)).isZero();
      assertThat(store.notices()).singleElement().asString().contains("lost their modes");
    }
  }

  @Test
  void ourTableIsLightRags() throws Exception {
    Database theirs = database;
    lightRag("open", new byte[0]);
    Database ours = Database.create();
    ours.open(Access.TARGET).close();
    for (String question : List.of(COLUMNS, CONSTRAINTS, PostgresTableIT.INDEXES)) {
      assertThat(ours.query(question)).isNotEmpty().isEqualTo(theirs.query(question));
    }
    List<String> before = ours.query(PostgresTableIT.INDEXES);
    lightRag(ours, "open", new byte[0]);
    assertThat(ours.query(COLUMNS)).isEqualTo(theirs.query(COLUMNS));
    assertThat(ours.query(PostgresTableIT.INDEXES)).isEqualTo(before);
  }

  private byte[] lightRag(String command, byte[] input) throws Exception {
    return lightRag(database, command, input);
  }

  private byte[] lightRag(Database place, String command, byte[] input)
      throws IOException, InterruptedException {
    Path in = Files.write(directory.resolve("in.json"), input);
    Path out = directory.resolve("out.json");
    Path err = directory.resolve("err.txt");
    ProcessBuilder python =
        new ProcessBuilder(
                System.getenv(PYTHON),
                Path.of("src/test/python/lightrag_store.py").toAbsolutePath().toString(),
                command)
            .directory(directory.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    python.environment().putAll(place.server().settings(place.name()));
    int exit = python.start().waitFor();
    assertThat(exit).as(Files.readString(err, UTF_8)).isZero();
    return Files.readAllBytes(out);
  }
}
