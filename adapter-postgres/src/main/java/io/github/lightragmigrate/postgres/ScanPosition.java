package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Between two rows, which are named by their sort columns. As a cursor a JSON object.
 *
 * @param after the last row that was read; empty for none
 * @param until the last row that is to be read; empty for the last of all
 */
record ScanPosition(List<String> after, List<String> until) {

  static final ScanPosition START = new ScanPosition(List.of(), List.of());

  private static final String AFTER = "after";
  private static final String UNTIL = "until";

  ScanPosition behind(List<String> row) {
    return new ScanPosition(row, until);
  }

  Cursor toCursor() {
    if (equals(START)) {
      return Cursor.START;
    }
    Map<String, JsonValue> bounds = new LinkedHashMap<>();
    put(AFTER, after, bounds);
    put(UNTIL, until, bounds);
    return new Cursor(JsonValue.object(bounds).toString());
  }

  private static void put(String name, List<String> row, Map<String, JsonValue> bounds) {
    if (!row.isEmpty()) {
      bounds.put(name, JsonValue.array(row.stream().map(JsonValue::of).toList()));
    }
  }

  /**
   * @param columns how many name a row
   * @throws StoreException INVALID_CURSOR for text that {@link #toCursor} did not make
   */
  static ScanPosition of(Cursor cursor, int columns) {
    if (cursor.isStart()) {
      return START;
    }
    try {
      Map<String, JsonValue> bounds = JsonValue.ofJson(cursor.text()).fields();
      List<String> after = row(bounds, AFTER, columns);
      List<String> until = row(bounds, UNTIL, columns);
      if (!after.isEmpty() || !until.isEmpty()) {
        return new ScanPosition(after, until);
      }
    } catch (MalformedJsonException | IllegalStateException e) {
      // reported below
    }
    throw new StoreException(
        StoreException.Kind.INVALID_CURSOR,
        "this is no place in " + CacheTable.NAME + ": " + cursor.text());
  }

  private static List<String> row(Map<String, JsonValue> bounds, String name, int columns) {
    List<String> row =
        Optional.ofNullable(bounds.get(name)).map(JsonValue::elements).orElse(List.of()).stream()
            .map(JsonValue::string)
            .toList();
    if (row.isEmpty()
        || (row.size() == columns && row.stream().allMatch(StorableText::isStorable))) {
      return row;
    }
    throw new IllegalStateException("no row");
  }
}
