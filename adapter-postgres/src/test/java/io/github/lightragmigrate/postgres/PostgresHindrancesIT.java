package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person is told before the first write fails. */
class PostgresHindrancesIT {

  private final Database database = Database.create();
  private final String user = "hindered_" + database.name();
  private final Map<String, String> login =
      Map.of("POSTGRES_USER", user, "POSTGRES_PASSWORD", "hindered");

  @BeforeEach
  void createTableAndUser() {
    database.open(Access.TARGET).close();
    database.execute("CREATE ROLE " + user + " LOGIN PASSWORD 'hindered'");
  }

  @AfterEach
  void dropUser() {
    database.execute("DROP OWNED BY " + user, "DROP ROLE " + user);
  }

  @Test
  void rightsThatAreMissingAreNamed() {
    database.execute("GRANT SELECT ON lightrag_llm_cache TO " + user);
    assertThat(notices(login, Access.TARGET))
        .hasSize(2)
        .last()
        .asString()
        .contains("lacks INSERT, UPDATE on the table lightrag_llm_cache", "POSTGRES_USER");
    assertThat(notices(login, Access.SOURCE)).isEmpty();
  }

  @Test
  void rightsOnTheColumnsAreEnough() {
    database.execute("GRANT SELECT, INSERT (id), UPDATE ON lightrag_llm_cache TO " + user);
    assertThat(notices(login, Access.TARGET)).last().asString().contains("lacks INSERT on");
    String columns = " (" + String.join(", ", CacheTable.COLUMNS) + ")";
    database.execute(
        "GRANT SELECT, INSERT"
            + columns
            + ", UPDATE"
            + columns
            + " ON lightrag_llm_cache TO "
            + user);
    assertThat(notices(login, Access.TARGET)).hasSize(1);
    try (CacheStore store = open(login, Access.TARGET)) {
      assertThat(store.upsert(SampleRecords.usual(2)).written()).isEqualTo(2);
      assertThat(store.upsert(SampleRecords.usual(2)).written()).isEqualTo(2);
    }
  }

  @Test
  void aSessionThatIsReadOnlyIsTold() {
    Map<String, String> readOnly =
        Map.of("POSTGRES_SERVER_SETTINGS", "default_transaction_read_only=on");
    assertThat(notices(readOnly, Access.TARGET))
        .hasSize(2)
        .last()
        .asString()
        .contains("read only", "default_transaction_read_only");
    assertThat(notices(readOnly, Access.SOURCE)).isEmpty();
  }

  @Test
  void policiesThatMayHideRecordsAreTold() {
    try (CacheStore store = database.open(Access.TARGET)) {
      store.upsert(SampleRecords.usual(2));
    }
    database.execute(
        "GRANT SELECT, INSERT, UPDATE ON lightrag_llm_cache TO " + user,
        "ALTER TABLE lightrag_llm_cache ENABLE ROW LEVEL SECURITY");
    for (Access access : Access.values()) {
      assertThat(notices(login, access)).last().asString().contains("Row-level security");
    }
    assertThat(notices(Map.of(), Access.SOURCE)).as("the owner sees all").isEmpty();
  }

  private List<String> notices(Map<String, String> settings, Access access) {
    try (CacheStore store = open(settings, access)) {
      return store.notices();
    }
  }

  private CacheStore open(Map<String, String> settings, Access access) {
    return new PostgresAdapter().open(database.settings(settings), access);
  }
}
