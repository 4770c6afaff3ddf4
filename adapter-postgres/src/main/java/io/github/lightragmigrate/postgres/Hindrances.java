package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What will hinder writing, a sentence each; found without writing, in a read-only session too. */
final class Hindrances {

  /** Our own sessions for sources are read only: what counts is how a session begins. */
  private static final String READ_ONLY =
      """
      SELECT pg_is_in_recovery(), reset_val = 'on', current_setting('server_encoding'),
        coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)
      FROM pg_settings WHERE name = 'default_transaction_read_only'
      """;

  /** A right on the table is one on each of its columns; parameter: the columns. */
  private static final String MISSING_RIGHTS =
      """
      SELECT string_agg(needed, ', ') FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE']) needed
      WHERE NOT (SELECT bool_and(has_column_privilege('lightrag_llm_cache', name, needed))
                 FROM unnest(?) name)
      """;

  /** Triggers that are a user's: they decide what is stored. */
  private static final String TRIGGERS =
      "SELECT EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = to_regclass('lightrag_llm_cache') AND"
          + " NOT tgisinternal)";

  private Hindrances() {}

  static List<String> of(Connection connection, CacheTable table) throws SQLException {
    List<String> hindrances = new ArrayList<>(ofServer(connection, table));
    if (table.exists()) {
      try {
        table.checkWritable();
        hindrances.addAll(ofTable(connection, table));
      } catch (StoreException e) {
        hindrances.add(String.valueOf(e.getMessage()));
      }
    }
    return hindrances;
  }

  private static List<String> ofServer(Connection connection, CacheTable table)
      throws SQLException {
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
      String encoding = row.getString(3);
      if (!"UTF8".equals(encoding)) {
        hindrances.add(
            "The PostgreSQL database is encoded in "
                + encoding
                + ": it refuses records with characters that this encoding lacks.");
      }
      if (!table.exists() && !row.getBoolean(4)) {
        hindrances.add(
            "The PostgreSQL user may not make the table lightrag_llm_cache: grant it CREATE on the"
                + " schema, or let LightRAG make the table.");
      }
    }
    return hindrances;
  }

  private static List<String> ofTable(Connection connection, CacheTable table) throws SQLException {
    List<String> hindrances = new ArrayList<>();
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
    if (!table.isKeyed()) {
      hindrances.add(
          "The PostgreSQL table lightrag_llm_cache has no primary key (workspace, id), without which"
              + " neither this tool nor LightRAG can write it: add it (it cannot be added while a"
              + " key is there twice).");
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TRIGGERS)) {
      row.next();
      if (row.getBoolean(1)) {
        hindrances.add(
            "Triggers of the PostgreSQL table lightrag_llm_cache decide what is stored of a"
                + " record, if anything: compare afterwards, with --verify.");
      }
    }
    return hindrances;
  }
}
