package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Query bodies, as JSON text. */
final class Queries {

  /** Documents without LightRAG's copy of the key. */
  static final String WITHOUT_KEY =
      "{\"bool\": {\"must_not\": [{\"exists\": {\"field\": \"" + Documents.KEY_FIELD + "\"}}]}}";

  /** How long a point in time waits for the next page. */
  static final String KEEP_ALIVE = "5m";

  private Queries() {}

  static String ofPass(ScanCursor.Pass pass, Selection selection) {
    return switch (pass) {
      case KEYED -> "{\"bool\": {\"should\": [" + prefixes(selection) + "]}}";
      case OTHERS ->
          "{\"bool\": {\"filter\": [{\"exists\": {\"field\": \""
              + Documents.KEY_FIELD
              + "\"}}], \"must_not\": ["
              + prefixes(selection)
              + "]}}";
      case REST -> WITHOUT_KEY;
      case ALL -> "{\"match_all\": {}}";
    };
  }

  private static String prefixes(Selection selection) {
    return selection.prefixes().stream().map(Queries::prefix).collect(Collectors.joining(", "));
  }

  static String prefix(String prefix) {
    return "{\"prefix\": {\"" + Documents.KEY_FIELD + "\": " + JsonValue.of(prefix) + "}}";
  }

  /**
   * Filters for the documents of a pass that are in the cursor's part and not before its place. The
   * prefixes make the server go through all keys that have them: they are left out where they
   * exclude nothing. Of several copies in one document the first counts, as in the sort.
   */
  private static String ofPart(ScanCursor cursor, Selection selection) {
    List<String> bounds = new ArrayList<>();
    cursor.afterKey().ifPresent(key -> bounds.add("\"gt\": " + JsonValue.of(key)));
    cursor.until().ifPresent(key -> bounds.add("\"lte\": " + JsonValue.of(key)));
    if (bounds.isEmpty()) {
      return ofPass(cursor.pass(), selection);
    }
    String range =
        "{\"range\": {\"" + Documents.KEY_FIELD + "\": {" + String.join(", ", bounds) + "}}}";
    return isOfOnePrefix(cursor, selection)
        ? range
        : ofPass(cursor.pass(), selection) + ", " + range;
  }

  private static boolean isOfOnePrefix(ScanCursor cursor, Selection selection) {
    Optional<String> first = cursor.afterKey().flatMap(selection::prefixOf);
    return first.isPresent() && first.equals(cursor.until().flatMap(selection::prefixOf));
  }

  /** How many documents are selected, or that they are so many at least. */
  static String atLeast(Selection selection, int documents) {
    return "{\"size\": 0, \"track_total_hits\": "
        + documents
        + ", \"query\": "
        + ofPass(ScanCursor.Pass.KEYED, selection)
        + "}";
  }

  /** Some copies of the key, taken at random, and how many documents there are. */
  static String sample(Selection selection, int size) {
    return """
        {"size": %d, "track_total_hits": true, "_source": false, "stored_fields": "_none_", \
        "docvalue_fields": ["%s"], "query": {"function_score": {"query": %s, \
        "random_score": {}, "boost_mode": "replace"}}}"""
        .formatted(size, Documents.KEY_FIELD, ofPass(ScanCursor.Pass.KEYED, selection));
  }

  /** A page of a pass, from where the cursor is. */
  static String page(ScanCursor cursor, Selection selection, int size, boolean withSource) {
    return """
        {"size": %d, "track_total_hits": false, "pit": %s, "query": %s, "sort": [{"%s": "asc"}]%s%s}"""
        .formatted(
            size,
            pit(cursor.pit()),
            unread(ofPart(cursor, selection), cursor.read()),
            cursor.pass().sortField(),
            cursor.after().map(sort -> ", \"search_after\": " + sort).orElse(""),
            withSource ? "" : ", \"_source\": false");
  }

  private static String unread(String queries, List<String> read) {
    return """
        {"bool": {"filter": [%s], "must_not": [{"ids": {"values": %s}}]}}"""
        .formatted(queries, JsonValue.array(read.stream().map(JsonValue::of).toList()));
  }

  /** Whether the point in time holds documents that match. */
  static String any(String pit, String query) {
    return "{\"size\": 0, \"track_total_hits\": 1, \"pit\": "
        + pit(pit)
        + ", \"query\": "
        + query
        + "}";
  }

  /** The number of documents for each query, in one request. */
  static String counts(List<String> queries) {
    return "{\"size\": 0, \"aggs\": {\"counts\": {\"filters\": {\"filters\": ["
        + String.join(", ", queries)
        + "]}}}}";
  }

  private static String pit(String id) {
    return "{\"id\": " + JsonValue.of(id) + ", \"keep_alive\": \"" + KEEP_ALIVE + "\"}";
  }
}
