package org.example.sqlite;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;

/** One connection, which threads use in turn: SQLite has one writer at a time anyway. */
final class Database implements AutoCloseable {

  private static final int BUSY_TIMEOUT_MS = 5_000;

  private static final String TABLE =
      "CREATE TABLE IF NOT EXISTS llm_response_cache ("
          + "workspace TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (workspace, key))";

  /** What is done with the connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private final Path path;
  private final boolean writable;
  private final Connection connection;
  private final ReentrantLock turn = new ReentrantLock();

  private Database(Path path, boolean writable, Connection connection) {
    this.path = path;
    this.writable = writable;
    this.connection = connection;
  }

  /** A source is never written to: where there is no table yet, an empty one in memory stands in. */
  static Database open(Path given, Access access) {
    Path path = real(given);
    boolean target = access == Access.TARGET;
    try {
      if (!target && !Files.exists(path)) {
        return new Database(path, false, withTable(connect(":memory:", false)));
      }
      Connection connection = connect(path.toString(), !target);
      if (target) {
        withTable(connection);
      } else if (!hasTable(connection)) {
        connection.close();
        connection = withTable(connect(":memory:", false));
      }
      return new Database(path, target, connection);
    } catch (SQLException e) {
      throw SqliteErrors.translated(path, e);
    }
  }

  /** The same for every way to name the file: locations are compared. */
  private static Path real(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      return Files.exists(absolute) ? absolute.toRealPath() : absolute;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Not by DriverManager, which does not see drivers in adapters/. */
  private static Connection connect(String file, boolean readOnly) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(readOnly);
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    return connection;
  }

  private static Connection withTable(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // a commit is on disk when it returns, also the removal of its journal
      statement.execute("PRAGMA synchronous = EXTRA");
      statement.execute(TABLE);
    }
    return connection;
  }

  private static boolean hasTable(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT 1 FROM sqlite_master WHERE name = 'llm_response_cache'")) {
      return rows.next();
    }
  }

  Path path() {
    return path;
  }

  <T> T read(Work<T> work) {
    return inTurn(work);
  }

  /** All of the work or nothing, durable on return. */
  <T> T write(Work<T> work) {
    if (!writable) {
      throw new IllegalStateException(path + " was opened as a source");
    }
    return inTurn(
        connection -> {
          connection.setAutoCommit(false);
          try {
            T result = work.on(connection);
            connection.commit();
            return result;
          } finally {
            // nothing is left to roll back after a commit
            connection.rollback();
            connection.setAutoCommit(true);
          }
        });
  }

  private <T> T inTurn(Work<T> work) {
    try {
      turn.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(StoreException.Kind.INTERRUPTED, "interrupted at " + path, e);
    }
    try {
      return work.on(connection);
    } catch (SQLException e) {
      throw SqliteErrors.translated(path, e);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    inTurn(
        connection -> {
          connection.close();
          return true;
        });
  }
}
