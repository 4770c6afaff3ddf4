package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.Workspaces;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What the server tells of the table as a whole, without reading records. */
final class TableFacts {

  /** One step along the primary key for each workspace: the rows between are not read. */
  static final String WORKSPACES =
      """
      WITH RECURSIVE found AS (
        (SELECT workspace FROM lightrag_llm_cache ORDER BY workspace LIMIT 1)
        UNION ALL
        SELECT (SELECT workspace FROM lightrag_llm_cache WHERE workspace > found.workspace
                ORDER BY workspace LIMIT 1)
        FROM found WHERE found.workspace IS NOT NULL)
      SELECT workspace FROM found WHERE workspace IS NOT NULL
      """;

  private static final String READ_ONLY =
      "SELECT pg_is_in_recovery(), current_setting('transaction_read_only') = 'on'";

  /** A right on the table is one on each of its columns; parameter: the columns. */
  private static final String MISSING_RIGHTS =
      """
      SELECT string_agg(needed, ', ') FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE']) needed
      WHERE NOT (SELECT bool_and(has_column_privilege('lightrag_llm_cache', name, needed))
                 FROM unnest(?) name)
      """;

  private static final String HIDES_ROWS = "SELECT row_security_active('lightrag_llm_cache')";

  private TableFacts() {}

  /** Those that LightRAG can name: its default takes the place of an empty one. */
  static List<String> workspaces(Connection connection) throws SQLException {
    List<String> workspaces = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(WORKSPACES)) {
      while (rows.next()) {
        String workspace = rows.getString(1);
        if (!workspace.isEmpty() && isValid(workspace)) {
          workspaces.add(workspace);
        }
      }
    }
    return workspaces;
  }

  private static boolean isValid(String workspace) {
    try {
      Workspaces.validate(workspace);
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  /** What will hinder writing, a sentence each. */
  static List<String> hindrances(Connection connection) throws SQLException {
    List<String> hindrances = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(READ_ONLY)) {
      row.next();
      if (row.getBoolean(1)) {
        hindrances.add(
            "The PostgreSQL server is a standby, which takes no writes: name its primary in"
                + " POSTGRES_HOST.");
      } else if (row.getBoolean(2)) {
        hindrances.add(
            "The PostgreSQL session is read only, so that nothing can be written: see"
                + " default_transaction_read_only of the user, the database and"
                + " POSTGRES_SERVER_SETTINGS.");
      }
    }
    try (PreparedStatement query = connection.prepareStatement(MISSING_RIGHTS)) {
      query.setArray(1, connection.createArrayOf("text", CacheTable.COLUMNS.toArray()));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        String missing = Objects.requireNonNullElse(row.getString(1), "");
        if (!missing.isEmpty()) {
          hindrances.add(
              "The PostgreSQL user lacks "
                  + missing
                  + " on the table lightrag_llm_cache, which writing to it takes: grant it to"
                  + " POSTGRES_USER, or use another user.");
        }
      }
    }
    return hindrances;
  }

  /** Whether policies choose the rows that this user sees. */
  static boolean hidesRows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(HIDES_ROWS)) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
