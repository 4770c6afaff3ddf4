package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PostgresTableIT {

  static final String INDEXES =
      "SELECT indexdef FROM pg_indexes WHERE tablename = 'lightrag_llm_cache' ORDER BY 1";

  private static final String WITHOUT_INDEXES =
      "CREATE TABLE lightrag_llm_cache (workspace varchar(255) NOT NULL, id varchar(255) NOT NULL,"
          + " original_prompt text, return_value text, chunk_id varchar(255), cache_type"
          + " varchar(32), queryparam jsonb, create_time timestamp, update_time timestamp,"
          + " PRIMARY KEY (workspace, id))";

  private final Database database = Database.create();

  @Test
  void theTableIsMadeOnceByManyProcesses() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<?>> opened = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        opened.add(threads.submit(() -> database.open(Access.TARGET).close()));
      }
      for (Future<?> one : opened) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(database.query(INDEXES))
        .containsExactly(
            "CREATE INDEX idx_lightrag_llm_cache_id ON public.lightrag_llm_cache USING btree (id)",
            "CREATE INDEX idx_lightrag_llm_cache_workspace_id ON public.lightrag_llm_cache USING"
                + " btree (workspace, id)",
            "CREATE UNIQUE INDEX lightrag_llm_cache_pk ON public.lightrag_llm_cache USING btree"
                + " (workspace, id)");
  }

  @Test
  void aTableThatIsThereStaysAsItIs() {
    database.execute(WITHOUT_INDEXES);
    List<String> before = database.query(INDEXES);
    try (CacheStore store = database.open(Access.TARGET)) {
      assertThat(store.upsert(SampleRecords.usual(3)).written()).isEqualTo(3);
    }
    assertThat(database.query(INDEXES)).isEqualTo(before).hasSize(1);
  }

  @Test
  void anOldTableIsNoTarget() {
    database.execute(WITHOUT_INDEXES, "ALTER TABLE lightrag_llm_cache DROP COLUMN chunk_id");
    assertNoTarget("lacks chunk_id");
    database.execute("ALTER TABLE lightrag_llm_cache ADD COLUMN mode varchar(32)");
    assertNoTarget("a column 'mode'");
  }

  private void assertNoTarget(String problem) {
    assertThatThrownBy(() -> database.open(Access.TARGET))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FAULT))
        .hasMessageContaining("public.lightrag_llm_cache")
        .hasMessageContaining(problem)
        .hasMessageContaining("start LightRAG");
  }

  @Test
  void aTableOfSomethingElseIsNoSource() {
    database.execute("CREATE TABLE lightrag_llm_cache (id int)");
    assertThatThrownBy(() -> database.open(Access.SOURCE))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("lacks workspace, original_prompt");
  }

  @Test
  void aSourceIsReadInReadOnlyTransactions() {
    database.open(Access.TARGET).close();
    PostgresSettings settings = PostgresSettings.parse(database.settings());
    try (ConnectionPool source = new ConnectionPool(settings, true)) {
      assertThatThrownBy(
              () ->
                  source.inTransaction(
                      connection ->
                          connection
                              .createStatement()
                              .executeUpdate("DELETE FROM lightrag_llm_cache")))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("read-only transaction");
    }
  }

  @Test
  void theSearchPathChoosesTheTable() {
    database.execute("CREATE SCHEMA one", "CREATE SCHEMA \"two words\"");
    Map<String, String> one = Map.of("POSTGRES_SERVER_SETTINGS", "search_path=one");
    Map<String, String> two = Map.of("POSTGRES_SERVER_SETTINGS", "search_path=\"two words\"");
    try (CacheStore first = open(one);
        CacheStore second = open(two)) {
      first.upsert(SampleRecords.usual(2));
      assertThat(first.location())
          .isNotEqualTo(second.location())
          .endsWith("/" + database.name() + " one.lightrag_llm_cache workspace 'default'");
    }
    assertThat(database.query("SELECT count(*) FROM one.lightrag_llm_cache")).containsExactly("2");
    assertThat(database.query("SELECT count(*) FROM \"two words\".lightrag_llm_cache"))
        .containsExactly("0");
    assertThat(database.hasTable()).isFalse();
  }

  @Test
  void anOldTableOfAnotherSchemaIsTold() {
    database.execute("CREATE SCHEMA fresh");
    Map<String, String> fresh = Map.of("POSTGRES_SERVER_SETTINGS", "search_path=fresh");
    try (CacheStore store = open(fresh)) {
      assertThat(store.notices()).noneMatch(notice -> notice.contains("older LightRAG"));
      database.execute(
          WITHOUT_INDEXES, "ALTER TABLE lightrag_llm_cache ADD COLUMN mode varchar(32)");
      assertThat(store.notices())
          .anyMatch(
              notice -> notice.startsWith("The schema public ") && notice.contains("primary key"));
    }
  }

  private CacheStore open(Map<String, String> settings) {
    return new PostgresAdapter().open(database.settings(settings), Access.TARGET);
  }
}
