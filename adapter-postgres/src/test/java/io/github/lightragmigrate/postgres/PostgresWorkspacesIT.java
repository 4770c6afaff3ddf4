package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresWorkspacesIT {

  private static final Selection DEFAULT = Selection.ofTypes(Selection.DEFAULT_TYPES);

  private static final List<String> NAMES =
      List.of(
          "default",
          "TeamA",
          "teama",
          "team-a",
          "team_a",
          "-",
          "_",
          " two words ",
          "ünï\ud83d\ude00",
          "wiki_llm_response_cache",
          "w".repeat(255));

  private final Database database = Database.create();

  @Test
  void eachWorkspaceIsFoundOnceAndOpensUnderItsName() {
    for (int i = 0; i < NAMES.size(); i++) {
      try (CacheStore store = open(database, NAMES.get(i), Access.TARGET)) {
        store.upsert(SampleRecords.usual(i + 1));
      }
    }
    List<String> found;
    try (CacheStore store = open(database, "of nobody", Access.SOURCE)) {
      found = store.workspaces();
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(NAMES);
    for (String name : found) {
      try (CacheStore store = open(database, name, Access.SOURCE)) {
        assertThat(store.workspace()).isEqualTo(name);
        assertThat(store.count(DEFAULT, n -> {}).total()).isEqualTo(NAMES.indexOf(name) + 1L);
      }
    }
  }

  @Test
  void noneIsPassedOverWhereNamesAreSortedAsPeopleDo() {
    Database sorted = Database.createSortedByPeople();
    List<String> names = List.of("a", "A", "a-b", "ab", "a_b", "aB", "-ab");
    for (String name : names) {
      try (CacheStore store = open(sorted, name, Access.TARGET)) {
        store.upsert(SampleRecords.usual(2));
      }
    }
    try (CacheStore store = sorted.open(Access.SOURCE)) {
      assertThat(store.workspaces()).containsExactlyInAnyOrderElementsOf(names);
    }
  }

  @Test
  void namesThatLeadNowhereAreLeftOut() {
    database.open(Access.TARGET).close();
    database.execute(
        "INSERT INTO lightrag_llm_cache (workspace, id) VALUES ('', 'default:extract:1'), ('a/b',"
            + " 'default:extract:1'), ('z', 'default:extract:1')");
    try (CacheStore store = database.open(Access.SOURCE)) {
      assertThat(store.workspaces()).containsExactly("z");
    }
  }

  @Test
  void aDatabaseWithoutTheTableHasNoneAndStaysWithoutIt() {
    try (CacheStore store = database.open(Access.SOURCE)) {
      assertThat(store.workspaces()).isEmpty();
      assertThat(store.countLegacy(DEFAULT)).isZero();
      assertThat(store.notices()).isEmpty();
    }
    assertThat(database.hasTable()).isFalse();
  }

  @Test
  void aLargeTableIsNotReadWhole() {
    database.open(Access.TARGET).close();
    database.execute(
        "INSERT INTO lightrag_llm_cache (workspace, id, return_value) SELECT 'w' || n % 3,"
            + " 'default:extract:' || n, repeat('x', 200) FROM generate_series(1, 10000) n",
        "VACUUM ANALYZE lightrag_llm_cache");
    assertThat(database.query("EXPLAIN " + TableFacts.WORKSPACES))
        .noneMatch(line -> line.contains("Seq Scan"))
        .anyMatch(line -> line.contains("Index Only Scan"));
    try (CacheStore store = database.open(Access.SOURCE)) {
      assertThat(store.workspaces()).containsExactly("w0", "w1", "w2");
    }
  }

  private static CacheStore open(Database database, String workspace, Access access) {
    return new PostgresAdapter()
        .open(database.settings(Map.of("POSTGRES_WORKSPACE", workspace)), access);
  }
}
