package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Makes a missing table as LightRAG 1.5.7 makes it; leaves one that is there as it is. */
final class TargetTable {

  private static final String TABLE =
      """
      CREATE TABLE lightrag_llm_cache (
        workspace varchar(255) NOT NULL,
        id varchar(255) NOT NULL,
        original_prompt text,
        return_value text,
        chunk_id varchar(255),
        cache_type varchar(32),
        queryparam jsonb,
        create_time timestamp DEFAULT CURRENT_TIMESTAMP,
        update_time timestamp DEFAULT CURRENT_TIMESTAMP,
        CONSTRAINT lightrag_llm_cache_pk PRIMARY KEY (workspace, id)
      )""";

  private static final String ID_INDEX =
      "CREATE INDEX idx_lightrag_llm_cache_id ON lightrag_llm_cache (id)";

  private static final String WORKSPACE_INDEX =
      "CREATE INDEX idx_lightrag_llm_cache_workspace_id ON lightrag_llm_cache (workspace, id)";

  /** LightRAG's own look for the column: in all schemas that the user may see. */
  private static final String OLD_ELSEWHERE =
      "SELECT DISTINCT table_schema FROM information_schema.columns"
          + " WHERE table_name = 'lightrag_llm_cache' AND column_name = 'mode' ORDER BY 1";

  private TargetTable() {}

  static CacheTable openOrCreate(ConnectionPool connections) {
    CacheTable table = connections.inTransaction(CacheTable::inspect);
    return (table.exists() ? table : create(connections)).checkWritable();
  }

  private static CacheTable create(ConnectionPool connections) {
    try {
      return connections.inTransaction(TargetTable::create);
    } catch (StoreException e) {
      // another process may have been faster
      CacheTable table = connections.inTransaction(CacheTable::inspect);
      if (table.exists()) {
        return table;
      }
      throw e;
    }
  }

  /**
   * LightRAG 1.5.7 ({@code _migrate_llm_cache_schema}) takes an old table of another schema for its
   * own, and drops the primary key of the one along the search_path before it fails.
   */
  static List<String> hindrancesOfLightRag(Connection connection) throws SQLException {
    List<String> hindrances = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet schemas = statement.executeQuery(OLD_ELSEWHERE)) {
      while (schemas.next()) {
        hindrances.add(
            "The schema "
                + schemas.getString(1)
                + " of this PostgreSQL database holds a lightrag_llm_cache of an older LightRAG"
                + " (column 'mode'). LightRAG 1.5.7 would at its start take the target's table for"
                + " it, drop its primary key, and fail to write: rename or drop the old table, or"
                + " hide its schema from LightRAG's user, before LightRAG starts.");
      }
    }
    return hindrances;
  }

  private static CacheTable create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
      statement.execute(ID_INDEX);
      statement.execute(WORKSPACE_INDEX);
    }
    return CacheTable.inspect(connection);
  }
}
