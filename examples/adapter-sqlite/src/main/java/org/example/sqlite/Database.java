package org.example.sqlite;

import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/** One connection, which threads use in turn: SQLite has one writer at a time anyway. */
record Database(Path path, Connection connection) implements AutoCloseable {

  /** What is done with a row; false when no further one is wanted. */
  interface Row {
    boolean read(ResultSet row) throws SQLException;
  }

  /** Opens {@code file}: the path, or {@code :memory:} for what stands in for it. */
  static Database open(Path path, String file, boolean readOnly) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(readOnly);
    config.setBusyTimeout(5_000);
    // what is committed is on disk, the removal of its journal too
    config.setPragma(SQLiteConfig.Pragma.SYNCHRONOUS, "EXTRA");
    try {
      // not by DriverManager, which does not look for drivers in adapters/
      return new Database(path, config.createConnection("jdbc:sqlite:" + file));
    } catch (SQLException e) {
      throw fault(path, e);
    }
  }

  /** Gives the rows one by one; SQLite makes no more of them than are asked for. */
  synchronized void query(String sql, List<String> parameters, Row row) {
    try (PreparedStatement select = prepared(sql, parameters);
        ResultSet rows = select.executeQuery()) {
      boolean more = true;
      while (more && rows.next()) {
        more = row.read(rows);
      }
    } catch (SQLException e) {
      throw fault(path, e);
    }
  }

  /** Executes a statement once for each list of parameters: all of it or nothing. */
  synchronized void update(String sql, List<List<String>> parameters) {
    try {
      connection.setAutoCommit(false);
      try {
        for (List<String> each : parameters) {
          try (PreparedStatement update = prepared(sql, each)) {
            update.executeUpdate();
          }
        }
        connection.commit();
      } finally {
        // nothing is left to roll back after a commit
        connection.rollback();
        connection.setAutoCommit(true);
      }
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

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw fault(path, e);
    }
  }
}
