package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.Selection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * SQL for one form of the table. Rows are ordered by the primary key without the workspace, under
 * the database's collation, which is what the index has; under it the keys of a prefix need not be
 * neighbours, so prefixes are matched row by row and never turned into ranges.
 */
final class RowQuery {

  static final String KEY = "cache_key";
  static final String OLD = "is_old";

  private static final String IS_OLD_ID = "strpos(id, ':') = 0";
  private static final String FLATTENED =
      "CASE WHEN strpos(id, ':') > 0 THEN id ELSE mode || ':' || CASE WHEN mode = 'default' THEN"
          + " 'extract' ELSE 'unknown' END || ':' || coalesce(md5(original_prompt), id) END";

  private final CacheTable table;
  private final String key;
  private final String order;
  private final List<String> sortColumns;

  /** What each column that is read is made by, in order. */
  private final Map<String, String> expressions;

  RowQuery(CacheTable table) {
    this.table = table;
    this.sortColumns = table.isLegacy() ? List.of("mode", "id") : List.of("id");
    this.order = String.join(", ", sortColumns);
    this.key = table.isLegacy() ? FLATTENED : "id";
    this.expressions = expressions(table, key);
  }

  /** What a cursor holds, in order. */
  List<String> sortColumns() {
    return sortColumns;
  }

  /** What names the row. */
  List<String> sortValues(Row row) throws SQLException {
    List<String> values = new ArrayList<>();
    for (String column : sortColumns) {
      values.add(Objects.requireNonNull(row.text(column)));
    }
    return values;
  }

  /** Parameters: prefixes, workspace. Distinct keys by prefix, in one row. */
  String count(Selection selection) {
    String what = table.isLegacy() ? "count(DISTINCT " + KEY + ")" : "count(*)";
    return "SELECT "
        + selection.prefixes().stream()
            .map(prefix -> what + " FILTER (WHERE starts_with(" + KEY + ", ?))")
            .collect(Collectors.joining(", "))
        + " FROM (SELECT "
        + key
        + " AS "
        + KEY
        + " FROM lightrag_llm_cache WHERE workspace = ?) keys";
  }

  /** Parameters: workspace, prefixes. Keys of a legacy table that no row has as its id. */
  static String countLegacy(Selection selection) {
    return "SELECT count(*) FROM (SELECT "
        + KEY
        + " FROM (SELECT "
        + FLATTENED
        + " AS "
        + KEY
        + ", "
        + IS_OLD_ID
        + " AS "
        + OLD
        + " FROM lightrag_llm_cache WHERE workspace = ?) rows WHERE "
        + selection.prefixes().stream()
            .map(prefix -> "starts_with(" + KEY + ", ?)")
            .collect(Collectors.joining(" OR "))
        + " GROUP BY "
        + KEY
        + " HAVING bool_and("
        + OLD
        + ")) keys";
  }

  /**
   * All rows between two, in order. Without parameters, which COPY does not take.
   *
   * @param quote makes a literal of a text
   */
  String scan(
      String workspace, Selection selection, ScanPosition position, UnaryOperator<String> quote) {
    return "SELECT "
        + columnList()
        + " FROM lightrag_llm_cache WHERE workspace = "
        + quote.apply(workspace)
        + bound(" > ", position.after(), quote)
        + bound(" <= ", position.until(), quote)
        + " AND ("
        + selection.prefixes().stream()
            .map(prefix -> "starts_with(" + key + ", " + quote.apply(prefix) + ")")
            .collect(Collectors.joining(" OR "))
        + ") ORDER BY "
        + order;
  }

  private String bound(String comparison, List<String> row, UnaryOperator<String> quote) {
    return row.isEmpty()
        ? ""
        : row.stream()
            .map(quote)
            .collect(Collectors.joining(", ", " AND (" + order + ")" + comparison + "(", ")"));
  }

  /** Parameters: workspace, how many rows to pass over. The sort columns of the row behind them. */
  String rowAt() {
    return "SELECT "
        + order
        + " FROM lightrag_llm_cache WHERE workspace = ? ORDER BY "
        + order
        + " LIMIT 1 OFFSET ?";
  }

  /** Parameter: workspace. */
  static String countRows() {
    return "SELECT count(*) FROM lightrag_llm_cache WHERE workspace = ?";
  }

  /** Parameters: workspace, array of keys. */
  String find() {
    return "SELECT "
        + columnList()
        + " FROM lightrag_llm_cache WHERE workspace = ? AND "
        + key
        + " = ANY (?)";
  }

  /**
   * Parameter: workspace. The sort columns of legacy rows whose key another row has: the one that
   * has it as its id, or else the first; one that cannot be read only when no other can.
   */
  String losers() {
    return "SELECT mode, id FROM (SELECT mode, id, row_number() OVER (PARTITION BY "
        + KEY
        + " ORDER BY is_unreadable, is_old, mode, id) AS place FROM (SELECT mode, id, ("
        + IS_OLD_ID
        + " AND original_prompt IS NULL OR NOT isfinite(create_time) OR NOT isfinite(update_time))"
        + " IS TRUE AS is_unreadable, "
        + IS_OLD_ID
        + " AS is_old, "
        + FLATTENED
        + " AS "
        + KEY
        + " FROM lightrag_llm_cache WHERE workspace = ?) keys) places WHERE place > 1";
  }

  /** Parameter: workspace. Rows of a table without modes whose ids are still hashes alone. */
  static String countStranded() {
    return "SELECT count(*) FROM lightrag_llm_cache WHERE workspace = ? AND " + IS_OLD_ID;
  }

  /** Names of the columns that are read. */
  List<String> columns() {
    return List.copyOf(expressions.keySet());
  }

  /** Names of those that hold data. */
  List<String> dataColumns() {
    return expressions.keySet().stream()
        .filter(name -> !name.equals(KEY) && !name.equals(OLD))
        .toList();
  }

  private String columnList() {
    return expressions.entrySet().stream()
        .map(column -> column.getValue() + " AS " + column.getKey())
        .collect(Collectors.joining(", "));
  }

  /** All of text types or bytea, so that the binary form of each is its text. */
  private static Map<String, String> expressions(CacheTable table, String key) {
    Map<String, String> expressions = new LinkedHashMap<>();
    if (table.isLegacy()) {
      expressions.put("mode", "mode::text");
    }
    expressions.put("id", "id::text");
    expressions.put(KEY, "(" + key + ")::text");
    expressions.put(OLD, table.isLegacy() ? "(" + IS_OLD_ID + ")::text" : "'false'::text");
    expressions.put("original_prompt", text(table, "original_prompt"));
    expressions.put("return_value", text(table, "return_value"));
    for (String name : List.of("chunk_id", "cache_type", "queryparam")) {
      if (table.has(name)) {
        expressions.put(name, text(table, name));
      }
    }
    for (String name : List.of("create_time", "update_time")) {
      expressions.put(name, "extract(epoch FROM " + name + ")::text");
    }
    return expressions;
  }

  /** Of a text that is no UTF-8 the server sends the bytes alone; asked for text, it fails. */
  private static String text(CacheTable table, String column) {
    return table.isUtf8() ? column + "::text" : "convert_to(" + column + "::text, 'SQL_ASCII')";
  }
}
