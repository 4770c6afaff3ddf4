package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a scan is: outlives the point in time, which is opened anew behind the last key when it is
 * gone.
 *
 * @param pit id of the point in time
 * @param after sort values of the last document read; empty at the start of a pass
 */
record ScanCursor(Pass pass, String pit, Optional<JsonValue> after) {

  /** Which documents, and sorted by what. Either field is unique, so a page starts behind a key. */
  enum Pass {
    /** Those with LightRAG's copy of the key, by it: the server knows their prefixes. */
    KEYED(Documents.KEY_FIELD),
    /** Those without it (something else wrote them), by {@code _id}. */
    REST("_id"),
    /** All, by {@code _id}: the mapping cannot sort by the copy. */
    ALL("_id");

    private final String sortField;

    Pass(String sortField) {
      this.sortField = sortField;
    }

    String sortField() {
      return sortField;
    }
  }

  ScanCursor behind(JsonValue sort) {
    return new ScanCursor(pass, pit, Optional.of(sort));
  }

  ScanCursor startOf(Pass next) {
    return new ScanCursor(next, pit, Optional.empty());
  }

  ScanCursor in(String newPit) {
    return new ScanCursor(pass, newPit, after);
  }

  /**
   * @throws StoreException INVALID_CURSOR for text that {@link #toCursor} did not make
   */
  static ScanCursor of(Cursor cursor) {
    try {
      Map<String, JsonValue> fields =
          JsonValue.ofJson(cursor.text().getBytes(StandardCharsets.UTF_8)).fields();
      Optional<JsonValue> after = Optional.ofNullable(fields.get("after"));
      after.ifPresent(JsonValue::elements);
      return new ScanCursor(
          Pass.valueOf(text(fields, "pass").toUpperCase(Locale.ROOT)), text(fields, "pit"), after);
    } catch (MalformedJsonException | IllegalStateException | IllegalArgumentException e) {
      throw new StoreException(
          StoreException.Kind.INVALID_CURSOR, "no cursor of OpenSearch: " + cursor.text(), e);
    }
  }

  private static String text(Map<String, JsonValue> fields, String name) {
    return fields.getOrDefault(name, JsonValue.NULL).string();
  }

  Cursor toCursor() {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("pass", JsonValue.of(pass.name().toLowerCase(Locale.ROOT)));
    fields.put("pit", JsonValue.of(pit));
    after.ifPresent(sort -> fields.put("after", sort));
    return new Cursor(JsonValue.object(fields).toString());
  }
}
