package io.github.lightragmigrate.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Queries that want rows in the order of the primary key. */
final class IndexOrder {

  private IndexOrder() {}

  /**
   * For the rest of the transaction. A table that was never analyzed, as one that was just filled,
   * is taken for a small one and sorted whole otherwise.
   */
  static void follow(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL enable_sort = off");
    }
  }
}
