package io.github.lightragmigrate.interop;

import io.github.lightragmigrate.testservers.PostgresTestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The catalogue's entries about {@code lightrag_llm_cache}, and its rows. */
final class StructureOfPostgres implements StructureView {

  private static final String TABLE = "'lightrag_llm_cache'::regclass";

  private static final Map<String, String> CONTAINER =
      Map.of(
          "table",
          "SELECT relnamespace::regnamespace, relkind, relpersistence, reloptions, relhastriggers,"
              + " relrowsecurity, relreplident, (SELECT amname FROM pg_am WHERE oid = relam)"
              + " FROM pg_class WHERE oid = "
              + TABLE,
          "columns",
          "SELECT attnum, attname, format_type(atttypid, atttypmod), attnotnull,"
              + " pg_get_expr(adbin, adrelid), attcollation::regcollation, attstorage,"
              + " attcompression, attidentity, attgenerated, attisdropped"
              + " FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum"
              + " WHERE attnum > 0 AND attrelid = "
              + TABLE,
          "constraints",
          "SELECT conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint"
              + " WHERE conrelid = "
              + TABLE,
          "indexes",
          "SELECT pg_get_indexdef(indexrelid), indisprimary, indisunique, indisvalid, indisclustered"
              + " FROM pg_index WHERE indrelid = "
              + TABLE);

  /** Times in seconds, as LightRAG reads them: its own have microseconds. */
  private static final String RECORDS =
      "SELECT id, original_prompt, return_value, chunk_id, cache_type, queryparam,"
          + " extract(epoch FROM create_time)::bigint, extract(epoch FROM update_time)::bigint"
          + " FROM lightrag_llm_cache";

  private static final String ROW_VERSIONS =
      "SELECT workspace, id, ctid, xmin, xmax, create_time, update_time FROM lightrag_llm_cache";

  private static final String CATALOGUE_VERSIONS =
      "SELECT relname, oid, relfilenode, (SELECT array_agg(a.xmin || ' ' || a.ctid ORDER BY attnum)"
          + " FROM pg_attribute a WHERE attrelid = c.oid)"
          + " FROM pg_class c WHERE relname LIKE '%lightrag\\_llm\\_cache%'";

  private final PostgresTestServer server = PostgresTestServer.shared();

  @Override
  public String store() {
    return "postgres";
  }

  @Override
  public Map<String, String> emptyPlace() {
    Map<String, String> place = new HashMap<>(server.settings(server.createDatabase()));
    place.put("WORKSPACE", "structure");
    return place;
  }

  @Override
  public Map<String, ?> container(Map<String, String> place) {
    Map<String, Object> container = new TreeMap<>();
    CONTAINER.forEach(
        (part, query) -> container.put(part, List.copyOf(rows(place, query).values())));
    return container;
  }

  @Override
  public Map<String, ?> records(Map<String, String> place) {
    return rows(place, RECORDS);
  }

  @Override
  public Map<String, ?> versions(Map<String, String> place) {
    return Map.of("rows", rows(place, ROW_VERSIONS), "catalogue", rows(place, CATALOGUE_VERSIONS));
  }

  /** At its first start LightRAG also makes all its other tables. */
  @Override
  public boolean concerns(String line) {
    return line.toLowerCase(Locale.ROOT).matches("(?s).*llm[_ ]cache.*");
  }

  /** By their text, so in order. */
  private Map<String, List<String>> rows(Map<String, String> place, String query) {
    Map<String, List<String>> rows = new TreeMap<>();
    try (Connection connection = server.connect(place.get("POSTGRES_DATABASE"));
        Statement statement = connection.createStatement()) {
      statement.execute(
          "SET " + place.getOrDefault("POSTGRES_SERVER_SETTINGS", "search_path=public"));
      try (ResultSet result = statement.executeQuery(query)) {
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.add(result.getString(i));
          }
          rows.put(row.toString(), row);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
    return rows;
  }
}
