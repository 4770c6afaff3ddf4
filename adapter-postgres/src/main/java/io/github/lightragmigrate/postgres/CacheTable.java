package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.postgresql.PGConnection;

/**
 * The table as it is there.
 *
 * @param schema that holds it; when it is absent, the one in which it would be created, or empty
 * @param columns types by name, none when the table is absent
 * @param isKeyed whether (workspace, id) is unique by an index that ON CONFLICT can use
 * @param hasRules whether rules rewrite what is written to it
 * @param isUtf8 whether the server vouches for texts: with SQL_ASCII they are any bytes
 */
record CacheTable(
    String schema, Map<String, String> columns, boolean isKeyed, boolean hasRules, boolean isUtf8) {

  static final String NAME = "lightrag_llm_cache";

  /** LightRAG's columns, in its order. */
  static final List<String> COLUMNS =
      List.of(
          "workspace",
          "id",
          "original_prompt",
          "return_value",
          "chunk_id",
          "cache_type",
          "queryparam",
          "create_time",
          "update_time");

  /** What even the oldest tables have. */
  private static final List<String> OLDEST =
      List.of("workspace", "id", "original_prompt", "return_value", "create_time", "update_time");

  private static final String INSPECT =
      """
      SELECT space.nspname, attribute.attname, format_type(attribute.atttypid, NULL)
      FROM pg_catalog.pg_attribute attribute
      JOIN pg_catalog.pg_class class ON class.oid = attribute.attrelid
      JOIN pg_catalog.pg_namespace space ON space.oid = class.relnamespace
      WHERE attribute.attrelid = to_regclass(?)
        AND attribute.attnum > 0 AND NOT attribute.attisdropped
      """;

  /** A unique index of exactly these columns, whole, valid and checked at once. */
  private static final String KEYED =
      """
      SELECT EXISTS (
          SELECT 1 FROM pg_catalog.pg_index
          WHERE indrelid = to_regclass(?) AND indisunique AND indisvalid AND indimmediate
            AND indpred IS NULL AND indexprs IS NULL AND indnkeyatts = 2
            AND (SELECT array_agg(attname::text ORDER BY attname) FROM pg_catalog.pg_attribute
                 WHERE attrelid = indrelid AND attnum IN (indkey[0], indkey[1]))
                = ARRAY['id', 'workspace']),
        EXISTS (SELECT 1 FROM pg_catalog.pg_rewrite
                WHERE ev_class = to_regclass(?) AND rulename <> '_RETURN')
      """;

  CacheTable {
    columns = Map.copyOf(columns);
  }

  /** Looks along the search_path. */
  static CacheTable inspect(Connection connection) throws SQLException {
    Map<String, String> columns = new HashMap<>();
    String schema = "";
    try (PreparedStatement query = connection.prepareStatement(INSPECT)) {
      query.setString(1, NAME);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          schema = rows.getString(1);
          columns.put(rows.getString(2), rows.getString(3));
        }
      }
    }
    String encoding = connection.unwrap(PGConnection.class).getParameterStatus("server_encoding");
    boolean isUtf8 = encoding != null && !encoding.equals("SQL_ASCII");
    if (columns.isEmpty()) {
      return new CacheTable(currentSchema(connection), columns, false, false, isUtf8);
    }
    try (PreparedStatement query = connection.prepareStatement(KEYED)) {
      query.setString(1, NAME);
      query.setString(2, NAME);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return new CacheTable(schema, columns, row.getBoolean(1), row.getBoolean(2), isUtf8);
      }
    }
  }

  private static String currentSchema(Connection connection) throws SQLException {
    return Objects.requireNonNullElse(connection.getSchema(), "");
  }

  boolean exists() {
    return !columns.isEmpty();
  }

  /** From before keys were flattened: {@code id} alone does not name a record. */
  boolean isLegacy() {
    return columns.containsKey("mode");
  }

  boolean has(String column) {
    return columns.containsKey(column);
  }

  /**
   * @throws StoreException FAULT when this is no table of LightRAG's
   */
  CacheTable checkReadable() {
    require(OLDEST, "it is no table of LightRAG's: look at the search_path");
    return this;
  }

  /**
   * @throws StoreException FAULT when LightRAG 1.5.7 would have to migrate the table first, and
   *     when rules rewrite what is written
   */
  CacheTable checkWritable() {
    String remedy = "start LightRAG 1.5.7 on this database once, so that it migrates its table";
    if (isLegacy()) {
      throw unusable(
          "has the old form, with a column 'mode'",
          remedy + " (it drops the modes of the old rows: to keep those, migrate them first)");
    }
    require(COLUMNS, remedy);
    if (hasRules) {
      throw unusable(
          "has rules, which store something else than what is written, if anything", "drop them");
    }
    return this;
  }

  private void require(List<String> names, String remedy) {
    List<String> missing = new ArrayList<>(names);
    missing.removeAll(columns.keySet());
    if (exists() && !missing.isEmpty()) {
      throw unusable("lacks " + String.join(", ", missing), remedy);
    }
  }

  private StoreException unusable(String problem, String remedy) {
    return new StoreException(
        StoreException.Kind.FAULT,
        "the PostgreSQL table " + schema + "." + NAME + " " + problem + ": " + remedy);
  }
}
