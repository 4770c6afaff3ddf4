package org.example.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What the contract cannot know: how this store fails. */
class SqliteFaultsTest {

  private static final Selection ALL = Selection.ofTypes(Selection.DEFAULT_TYPES);

  @TempDir Path directory;

  private CacheStore open(Access access) {
    return new SqliteAdapter().open(Settings.of(Map.of("SQLITE_PATH", file().toString())), access);
  }

  private Path file() {
    return directory.resolve("cache.db");
  }

  private void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aRowThatIsNoJsonIsToldOfAndHidesNoOther() throws SQLException {
    try (CacheStore store = open(Access.TARGET);
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file())) {
      store.upsert(SampleRecords.usual(2));
      execute(
          other,
          "INSERT INTO llm_response_cache VALUES ('', 'default:extract:0', '{\"return\": 5'),"
              + " ('', 'default:extract:1', '')");

      Page page = store.scan(ALL, Cursor.START, new PageLimit(10, 1 << 20));

      assertThat(page.records()).hasSize(2);
      assertThat(page.unreadable())
          .extracting(row -> row.key() + " " + row.text())
          .containsExactly("default:extract:0 {\"return\": 5", "default:extract:1 ");
    }
  }

  @Test
  void aFileThatIsLockedIsWorthARetry() throws SQLException {
    try (CacheStore store = open(Access.TARGET);
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file())) {
      execute(other, "BEGIN IMMEDIATE");
      assertFails(Kind.THROTTLED, () -> store.upsert(SampleRecords.usual(1)));
      execute(other, "ROLLBACK");
      assertThat(store.upsert(SampleRecords.usual(1)).written()).isEqualTo(1);
    }
  }

  @Test
  void aFileOfSomethingElseIsNamed() throws Exception {
    Files.writeString(file(), "this is text and no database, so nothing is to be done with it");
    for (Access access : Access.values()) {
      assertFails(Kind.FAULT, () -> open(access));
    }
  }

  @Test
  void aDirectoryThatIsMissingIsNamed() {
    Settings settings =
        Settings.of(Map.of("SQLITE_PATH", directory.resolve("none/cache.db").toString()));
    assertThatThrownBy(() -> new SqliteAdapter().open(settings, Access.TARGET))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("none/cache.db");
  }

  /** A gigabyte is SQLite's limit: the engine finds the record by halving. */
  @Test
  void aBatchWithAValueThatIsTooLongIsRefusedForItsData() {
    SQLException tooLong = new SQLiteException("too long", SQLiteErrorCode.SQLITE_TOOBIG);
    assertThat(Database.fault(file(), tooLong).kind()).isEqualTo(Kind.REJECTED);
  }

  @Test
  void anInterruptedThreadIsLetGo() {
    try (CacheStore store = open(Access.SOURCE)) {
      Thread.currentThread().interrupt();
      assertFails(Kind.INTERRUPTED, () -> store.find(List.of("a")));
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private void assertFails(Kind kind, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(file().getFileName().toString());
  }
}
