package io.github.lightragmigrate.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/**
 * Writes rows with INSERT statements of many rows each, which pgjdbc makes of a batch. COPY into a
 * temporary table and an INSERT from there was measured at about the same for rows of 15 KB, at the
 * best: it writes each row twice, and neither every user nor every pooler allows the table.
 */
final class CacheWriter {

  private final String workspace;
  private final String upsert;

  CacheWriter(CacheTable table, String workspace) {
    this.workspace = workspace;
    this.upsert =
        "INSERT INTO lightrag_llm_cache (workspace, id, original_prompt, return_value, chunk_id,"
            + " cache_type, queryparam, create_time, update_time) VALUES (?, ?, ?, ?, ?, ?,"
            + " ?::jsonb, "
            + time(table, "create_time")
            + ", "
            + time(table, "update_time")
            + ") ON CONFLICT (workspace, id) DO UPDATE SET original_prompt ="
            + " EXCLUDED.original_prompt, return_value = EXCLUDED.return_value, chunk_id ="
            + " EXCLUDED.chunk_id, cache_type = EXCLUDED.cache_type, queryparam ="
            + " EXCLUDED.queryparam, create_time = EXCLUDED.create_time, update_time ="
            + " EXCLUDED.update_time";
  }

  void write(Connection connection, List<CacheRow> rows) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(upsert)) {
      for (CacheRow row : rows) {
        insert.setString(1, workspace);
        insert.setString(2, row.id());
        insert.setString(3, row.originalPrompt());
        insert.setString(4, row.returnValue());
        insert.setString(5, row.chunkId());
        insert.setString(6, row.cacheType());
        insert.setString(7, row.queryparam());
        insert.setObject(8, row.createTime(), Types.TIMESTAMP);
        insert.setObject(9, row.updateTime(), Types.TIMESTAMP);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** A column with a zone, as someone may have made it, must not take the session's. */
  private static String time(CacheTable table, String column) {
    return "timestamp with time zone".equals(table.columns().get(column))
        ? "?::timestamp AT TIME ZONE 'UTC'"
        : "?::timestamp";
  }
}
