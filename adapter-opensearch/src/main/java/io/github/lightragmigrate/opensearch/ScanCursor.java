package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.opensearch.Documents.Document;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a scan is: outlives the point in time, which is opened anew behind the last key when it is
 * gone. Several documents can have one sort value, where something else than LightRAG wrote them: a
 * search starts behind the value before the last one, and leaves out who of the last was read.
 *
 * @param pit id of the point in time; empty at the start of a part
 * @param until the last copy of the key that is of this part, which has no other documents than
 *     those that the copy finds; empty for the last part
 * @param after sort values whose documents, and those of all before, were read; empty for none
 * @param last sort values of the last document read; empty at the start of a pass
 * @param read ids of the documents with the last sort values that were read
 */
record ScanCursor(
    Pass pass,
    String pit,
    Optional<String> until,
    Optional<JsonValue> after,
    Optional<JsonValue> last,
    List<String> read) {

  /** Which documents, and sorted by what. */
  enum Pass {
    /** Those whose copy of the key, made by LightRAG, is selected, by it. */
    KEYED(Documents.KEY_FIELD),
    /** Those whose copy is not selected; their {@code _id} may be, which is the key. */
    OTHERS(Documents.KEY_FIELD),
    /** Those without the copy (something else wrote them), by {@code _id}. */
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

  static ScanCursor start(Pass pass, String pit) {
    return new ScanCursor(
        pass, pit, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  /** The start of a part: the documents whose copies of the key are between these. */
  static ScanCursor part(Optional<String> after, Optional<String> until) {
    Optional<JsonValue> sort = after.map(key -> JsonValue.array(List.of(JsonValue.of(key))));
    return new ScanCursor(Pass.KEYED, "", until, sort, Optional.empty(), List.of());
  }

  /** Behind these documents, which follow in the order of the pass. */
  ScanCursor behind(List<Document> documents) {
    Optional<JsonValue> newAfter = after;
    Optional<JsonValue> newLast = last;
    List<String> newRead = new ArrayList<>(read);
    for (Document document : documents) {
      Optional<JsonValue> sort = Optional.of(Objects.requireNonNull(document.sort()));
      if (!sort.equals(newLast)) {
        newAfter = newLast.or(() -> after);
        newLast = sort;
        newRead.clear();
      }
      newRead.add(document.id());
    }
    return new ScanCursor(pass, pit, until, newAfter, newLast, List.copyOf(newRead));
  }

  /** Behind all documents whose copy of the key is this one or before it. */
  ScanCursor behind(String key) {
    return new ScanCursor(
        pass, pit, until, part(Optional.of(key), until).after, Optional.empty(), List.of());
  }

  /** The same place, of a part with this end. */
  ScanCursor endingAt(String key) {
    return new ScanCursor(pass, pit, Optional.of(key), after, last, read);
  }

  /** The copy of the key whose documents, and those of all before, were read. */
  Optional<String> afterKey() {
    return pass == Pass.KEYED
        ? after.map(sort -> sort.elements().get(0).string())
        : Optional.empty();
  }

  ScanCursor startOf(Pass next) {
    return start(next, pit);
  }

  ScanCursor in(String newPit) {
    return new ScanCursor(pass, newPit, until, after, last, read);
  }

  /**
   * @throws StoreException INVALID_CURSOR for text that {@link #toCursor} did not make
   */
  static ScanCursor of(Cursor cursor) {
    try {
      Map<String, JsonValue> fields =
          JsonValue.ofJson(cursor.text().getBytes(StandardCharsets.UTF_8)).fields();
      Pass pass = Pass.valueOf(text(fields, "pass").toUpperCase(Locale.ROOT));
      if (pass != Pass.KEYED && fields.containsKey("until")) {
        throw new IllegalArgumentException("an end for documents that are in no range");
      }
      Optional<JsonValue> after = array(fields, "after");
      if (pass == Pass.KEYED && !after.map(ScanCursor::isKey).orElse(true)) {
        throw new IllegalArgumentException("a place that is no key");
      }
      return new ScanCursor(
          pass,
          text(fields, "pit"),
          Optional.ofNullable(fields.get("until")).map(JsonValue::string),
          after,
          array(fields, "last"),
          array(fields, "read").map(JsonValue::elements).orElse(List.of()).stream()
              .map(JsonValue::string)
              .toList());
    } catch (MalformedJsonException | IllegalStateException | IllegalArgumentException e) {
      throw new StoreException(
          StoreException.Kind.INVALID_CURSOR, "no cursor of OpenSearch: " + cursor.text(), e);
    }
  }

  private static Optional<JsonValue> array(Map<String, JsonValue> fields, String name) {
    Optional<JsonValue> array = Optional.ofNullable(fields.get(name));
    array.ifPresent(JsonValue::elements);
    return array;
  }

  private static boolean isKey(JsonValue sort) {
    return sort.elements().size() == 1 && sort.elements().get(0).kind() == JsonValue.Kind.STRING;
  }

  private static String text(Map<String, JsonValue> fields, String name) {
    return fields.getOrDefault(name, JsonValue.NULL).string();
  }

  Cursor toCursor() {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("pass", JsonValue.of(pass.name().toLowerCase(Locale.ROOT)));
    fields.put("pit", JsonValue.of(pit));
    until.ifPresent(key -> fields.put("until", JsonValue.of(key)));
    after.ifPresent(sort -> fields.put("after", sort));
    last.ifPresent(sort -> fields.put("last", sort));
    fields.put("read", JsonValue.array(read.stream().map(JsonValue::of).toList()));
    return new Cursor(JsonValue.object(fields).toString());
  }
}
