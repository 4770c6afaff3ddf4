package io.github.lightragmigrate.mongo;

import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.LoneSurrogates;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Between two keys of a scan. As a cursor a JSON object, for a key may hold any character.
 *
 * @param after the last key that was read; empty for none
 * @param until the last key that is to be read; empty for the last of all
 */
record ScanPosition(Optional<String> after, Optional<String> until) {

  static final ScanPosition START = new ScanPosition(Optional.empty(), Optional.empty());

  private static final String AFTER = "after";
  private static final String UNTIL = "until";

  Cursor toCursor() {
    Map<String, JsonValue> keys = new LinkedHashMap<>();
    after.ifPresent(key -> keys.put(AFTER, JsonValue.of(key)));
    until.ifPresent(key -> keys.put(UNTIL, JsonValue.of(key)));
    return keys.isEmpty() ? Cursor.START : new Cursor(JsonValue.object(keys).toString());
  }

  /**
   * @throws StoreException INVALID_CURSOR for text that {@link #toCursor} did not make
   */
  static ScanPosition of(Cursor cursor) {
    if (cursor.isStart()) {
      return START;
    }
    try {
      Map<String, JsonValue> keys = new LinkedHashMap<>(JsonValue.ofJson(cursor.text()).fields());
      ScanPosition position =
          new ScanPosition(
              Optional.ofNullable(keys.remove(AFTER)).map(JsonValue::string),
              Optional.ofNullable(keys.remove(UNTIL)).map(JsonValue::string));
      if (keys.isEmpty() && !position.equals(START)) {
        return position;
      }
    } catch (MalformedJsonException | IllegalStateException e) {
      // reported below
    }
    throw invalid("it names no keys to read between");
  }

  /** Behind a document of this key; empty when the scan ends with it. */
  Optional<ScanPosition> behind(String key) {
    return until.filter(key::equals).isPresent()
        ? Optional.empty()
        : Optional.of(new ScanPosition(Optional.of(key), until));
  }

  /**
   * What is left of the selection, in the order of the index.
   *
   * @throws StoreException INVALID_CURSOR when the keys are not of this selection
   */
  List<KeyRange> rest(Selection selection) {
    List<KeyRange> ranges = KeyRange.of(selection);
    int first = after.map(key -> indexOf(key, ranges, selection)).orElse(0);
    int last = until.map(key -> indexOf(key, ranges, selection)).orElse(ranges.size() - 1);
    if (first > last) {
      throw invalid("it ends before it begins");
    }
    List<KeyRange> rest = new ArrayList<>(ranges.subList(first, last + 1));
    after.ifPresent(key -> rest.set(0, rest.get(0).behind(key)));
    until.ifPresent(key -> rest.set(rest.size() - 1, rest.get(rest.size() - 1).upTo(key)));
    return rest;
  }

  private static int indexOf(String key, List<KeyRange> ranges, Selection selection) {
    return selection
        .prefixOf(key)
        .filter(prefix -> !LoneSurrogates.areIn(key))
        .map(prefix -> ranges.indexOf(KeyRange.of(prefix)))
        .orElseThrow(() -> invalid("it names a key that is not selected"));
  }

  private static StoreException invalid(String why) {
    return new StoreException(
        StoreException.Kind.INVALID_CURSOR, "no cursor of this scan of MongoDB: " + why);
  }
}
