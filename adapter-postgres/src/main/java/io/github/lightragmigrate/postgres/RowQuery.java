package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.Selection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * SQL for one form of the table. Rows are ordered by the primary key without the workspace, under
 * the database's collation, which is what the index has; under it the keys of a prefix need not be
 * neighbours, so prefixes are matched row by row and never turned into ranges.
 */
final class RowQuery {

  static final String KEY = "cache_key";
  static final String OLD = "is_old";
  static final String TOTAL = "total_size";
  private static final String SIZE = "size";

  /** Columns that are no data. */
  static final Set<String> HELPERS = Set.of(KEY, OLD, TOTAL, SIZE);

  private static final String IS_OLD_ID = "strpos(id, ':') = 0";
  private static final String FLATTENED =
      "CASE WHEN strpos(id, ':') > 0 THEN id ELSE mode || ':' || CASE WHEN mode = 'default' THEN"
          + " 'extract' ELSE 'unknown' END || ':' || coalesce(md5(original_prompt), id) END";

  /** What the names, the times and the punctuation of a record take in JSON, roughly. */
  private static final int FRAME_BYTES = 200;

  private final CacheTable table;
  private final String key;
  private final String order;
  private final List<String> sortColumns;

  RowQuery(CacheTable table) {
    this.table = table;
    this.sortColumns = table.isLegacy() ? List.of("mode", "id") : List.of("id");
    this.order = String.join(", ", sortColumns);
    this.key = table.isLegacy() ? FLATTENED : "id";
  }

  /** What a cursor holds, in order. */
  List<String> sortColumns() {
    return sortColumns;
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
   * Parameters: workspace, the cursor's columns unless from the start, prefixes, records, bytes.
   * The server sums up the sizes, so that a page is one answer that is full but not overfull; it
   * has the lengths at hand without reading the texts.
   */
  String page(Selection selection, boolean fromStart) {
    String after = fromStart ? "" : " AND (" + order + ") > (" + marks(sortColumns.size()) + ")";
    String matching =
        selection.prefixes().stream()
            .map(prefix -> "starts_with(" + key + ", ?)")
            .collect(Collectors.joining(" OR "));
    return "SELECT * FROM (SELECT *, sum(size) OVER (ORDER BY "
        + order
        + " ROWS UNBOUNDED PRECEDING) AS "
        + TOTAL
        + " FROM (SELECT "
        + columns()
        + " FROM lightrag_llm_cache WHERE workspace = ?"
        + after
        + " AND ("
        + matching
        + ") ORDER BY "
        + order
        + " LIMIT ?) page) sized WHERE "
        + TOTAL
        + " - size < ? ORDER BY "
        + order;
  }

  /** Parameters: workspace, array of keys. */
  String find() {
    return "SELECT "
        + columns()
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

  private String columns() {
    return (table.isLegacy() ? "mode, " : "")
        + "id, "
        + key
        + " AS "
        + KEY
        + ", "
        + (table.isLegacy() ? IS_OLD_ID : "false")
        + " AS "
        + OLD
        + ", original_prompt, return_value"
        + (table.has("chunk_id") ? ", chunk_id" : "")
        + (table.has("cache_type") ? ", cache_type" : "")
        + (table.has("queryparam") ? ", queryparam::text AS queryparam" : "")
        + ", extract(epoch FROM create_time)::text AS create_time"
        + ", extract(epoch FROM update_time)::text AS update_time"
        + ", "
        + FRAME_BYTES
        + "::bigint + coalesce(octet_length(original_prompt), 0)"
        + " + coalesce(octet_length(return_value), 0)"
        + (table.has("queryparam") ? " + coalesce(octet_length(queryparam::text), 0)" : "")
        + " AS size";
  }

  private static String marks(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }
}
