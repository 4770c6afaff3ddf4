package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Types;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes rows: with COPY, in its binary form, which takes rows that are new to the table; where it
 * fails, with INSERT ... ON CONFLICT statements of many rows each. COPY into a temporary table and
 * an INSERT from there writes each row twice, and neither every user nor every pooler allows the
 * table. Safe for use by several threads.
 */
final class CacheWriter {

  /** So many batches are inserted after one whose rows were not new, before COPY is tried again. */
  private static final int INSERTS_AFTER_CONFLICT = 16;

  private final String workspace;
  private final String upsert;
  private final Optional<RowCopy> copy;
  private final AtomicInteger insertsLeft = new AtomicInteger();

  CacheWriter(CacheTable table, String workspace) {
    this.workspace = workspace;
    this.copy = RowCopy.into(table, workspace);
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
    if (copy.isEmpty() || insertsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      insert(connection, rows);
      return;
    }
    Savepoint before = connection.setSavepoint();
    try {
      copy.get().write(connection, rows);
    } catch (SQLException e) {
      StoreException.Kind kind = SqlErrors.kind(Objects.requireNonNullElse(e.getSQLState(), ""));
      if (kind == StoreException.Kind.UNAVAILABLE
          || kind == StoreException.Kind.THROTTLED
          || RowCopy.DROPPED_BY_TRIGGER.equals(e.getSQLState())) {
        throw e;
      }
      // the rows are there already, or COPY is not for this user or table: INSERT tells
      connection.rollback(before);
      insertsLeft.set(INSERTS_AFTER_CONFLICT);
      insert(connection, rows);
    }
  }

  private void insert(Connection connection, List<CacheRow> rows) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(upsert)) {
      for (CacheRow row : rows) {
        insert.setString(1, workspace);
        insert.setString(2, row.id());
        insert.setString(3, Objects.toString(row.originalPrompt(), null));
        insert.setString(4, Objects.toString(row.returnValue(), null));
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
