package org.example.sqlite;

import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/** One connection, which threads use in turn: SQLite has one writer at a time anyway. */
record Database(Path path, Connection connection) {
  /** What is done with a row; false when no further one is wanted. */
  interface Row {
    boolean read(ResultSet row) throws SQLException;
  }

  static Database open(Path path, boolean isSource) {
    // a source creates nothing: for a file that does not exist an empty one in memory stands in
    boolean standsIn = isSource && !Files.exists(path);
    SQLiteConfig config = new SQLiteConfig();
    // what is committed is on disk, the removal of its journal too
    config.setPragma(SQLiteConfig.Pragma.SYNCHRONOUS, "EXTRA");
    try {
      // not by DriverManager, which does not look for drivers in adapters/
      String url = "jdbc:sqlite:" + (standsIn ? ":memory:" : path);
      Connection connection = config.createConnection(url);
      try (Statement statement = connection.createStatement()) {
        if (!isSource || standsIn) {
          statement.execute(
              "CREATE TABLE IF NOT EXISTS llm_response_cache (workspace TEXT NOT NULL,"
                  + " key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (workspace, key))");
        }
        statement.execute("PRAGMA query_only = " + isSource);
        return new Database(path, connection);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw fault(path, e);
    }
  }

  /** Gives the rows one by one; SQLite makes no more of them than are asked for. */
  synchronized void query(String sql, List<String> parameters, Row row) {
    try (PreparedStatement select = prepared(sql, parameters);
        ResultSet rows = select.executeQuery()) {
      while (rows.next() && row.read(rows)) {
        // on to the next
      }
    } catch (SQLException e) {
      throw fault(path, e);
    }
  }

  /** Executes one statement, which is done wholly or not at all. */
  synchronized void update(String sql, List<String> parameters) {
    try (PreparedStatement update = prepared(sql, parameters)) {
      update.executeUpdate();
    } catch (SQLException e) {
      throw fault(path, e);
    }
  }

  private PreparedStatement prepared(String sql, List<String> parameters) throws SQLException {
    if (Thread.currentThread().isInterrupted()) {
      throw new StoreException(Kind.INTERRUPTED, "interrupted at " + path);
    }
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.size(); i++) {
      statement.setString(i + 1, parameters.get(i));
    }
    return statement;
  }

  /** What the engine can do about it, by the primary code: https://sqlite.org/rescode.html. */
  static StoreException fault(Path path, SQLException e) {
    Kind kind =
        switch (SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xFF)) {
          case SQLITE_BUSY, SQLITE_LOCKED -> Kind.THROTTLED;
          case SQLITE_PERM, SQLITE_READONLY, SQLITE_AUTH -> Kind.DENIED;
          case SQLITE_TOOBIG -> Kind.REJECTED;
          default -> Kind.FAULT;
        };
    return new StoreException(kind, path + ": " + e.getMessage(), e);
  }
}
