package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.Workspaces;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

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

  private static final String HIDES_ROWS = "SELECT row_security_active('lightrag_llm_cache')";

  private TableFacts() {}

  /** Those that LightRAG can name: its default takes the place of an empty one. */
  static List<String> workspaces(Connection connection) throws SQLException {
    List<String> workspaces = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(WORKSPACES)) {
      while (rows.next()) {
        String workspace = rows.getString(1);
        if (!workspace.isEmpty() && Workspaces.isValid(workspace)) {
          workspaces.add(workspace);
        }
      }
    }
    return workspaces;
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
