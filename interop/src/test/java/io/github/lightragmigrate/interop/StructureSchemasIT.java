package io.github.lightragmigrate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.PostgresTestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two schemas of one PostgreSQL database, each with a {@code lightrag_llm_cache}: LightRAG opens
 * the one along the search_path, but asks the catalogue for columns and indexes of both.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StructureSchemasIT {

  private final StructureOfPostgres view = new StructureOfPostgres();
  private Judge judge;

  @BeforeAll
  void startLightRag(@TempDir Path directory) throws Exception {
    Optional<String> python = Judge.python(StructureSchemasIT.class);
    assumeThat(python).isPresent();
    judge = Judge.start(python.get(), directory);
  }

  @AfterAll
  void stop() {
    if (judge != null) {
      judge.close();
    }
  }

  /** LightRAG makes no indexes where those of another schema have their names; we make them. */
  @Test
  void besideACurrentTableOursIsComplete() throws Exception {
    Map<String, String> first = view.emptyPlace();
    judge.start("postgres", first);
    Map<String, String> ours = schema(first, "ours");
    Map<String, String> theirs = schema(first, "theirs");

    fill(ours);
    judge.start("postgres", theirs);
    Map<String, ?> versions = view.versions(ours);
    judge.start("postgres", ours);

    assertThat(view.versions(ours)).isEqualTo(versions);
    assertThat((List<?>) view.container(ours).get("indexes")).hasSize(3);
    assertThat((List<?>) view.container(theirs).get("indexes")).hasSize(1);
    assertThat(view.container(ours).get("columns"))
        .isEqualTo(view.container(theirs).get("columns"));
  }

  /** Its start drops the primary key of a table that it made itself, too. */
  @Test
  void besideAnOldTableLightRagBreaksEitherSoItIsTold() throws Exception {
    Map<String, String> old = view.emptyPlace();
    Map<String, String> ours = schema(old, "ours");
    Map<String, String> theirs = schema(old, "theirs");
    execute(
        old,
        "CREATE TABLE lightrag_llm_cache (workspace varchar(255), mode varchar(32), id varchar(255),"
            + " original_prompt text, return_value text, create_time timestamp, update_time"
            + " timestamp, CONSTRAINT lightrag_llm_cache_pk PRIMARY KEY (workspace, mode, id))");

    assertThat(fill(ours)).anyMatch(notice -> notice.startsWith("The schema public "));
    judge.start("postgres", ours);
    judge.start("postgres", theirs);

    for (Map<String, String> place : List.of(ours, theirs)) {
      assertThat(view.container(place).get("constraints").toString()).doesNotContain("PRIMARY");
      assertThatThrownBy(() -> judge.write("postgres", place, SampleRecords.usual(1)))
          .hasMessageContaining("ON CONFLICT");
    }
  }

  /** The notices of the filled target. */
  private static List<String> fill(Map<String, String> place) {
    try (Endpoint target = Stores.open("postgres", place, Access.TARGET)) {
      assertThat(target.store().upsert(SampleRecords.usual(4)).failures()).isEmpty();
      return target.store().notices();
    }
  }

  private static Map<String, String> schema(Map<String, String> place, String name)
      throws SQLException {
    execute(place, "CREATE SCHEMA " + name);
    Map<String, String> settings = new HashMap<>(place);
    settings.put("POSTGRES_SERVER_SETTINGS", "search_path=" + name);
    return settings;
  }

  private static void execute(Map<String, String> place, String sql) throws SQLException {
    try (Connection connection =
            PostgresTestServer.shared().connect(place.get("POSTGRES_DATABASE"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
