package org.example.sqlite;

import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** What the engine can do about an error of SQLite. */
final class SqliteErrors {

  private SqliteErrors() {}

  static StoreException translated(Path path, SQLException e) {
    return new StoreException(kind(e.getErrorCode()), path + ": " + e.getMessage(), e);
  }

  private static Kind kind(int code) {
    // the low byte is the primary code: https://sqlite.org/rescode.html
    return switch (SQLiteErrorCode.getErrorCode(code & 0xFF)) {
      case SQLITE_BUSY, SQLITE_LOCKED -> Kind.THROTTLED;
      case SQLITE_PERM, SQLITE_READONLY, SQLITE_AUTH -> Kind.DENIED;
      case SQLITE_TOOBIG -> Kind.REJECTED;
      default -> Kind.FAULT;
    };
  }
}
