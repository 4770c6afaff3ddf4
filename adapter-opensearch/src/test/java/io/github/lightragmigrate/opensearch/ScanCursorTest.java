package io.github.lightragmigrate.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.StoreException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanCursorTest {

  @Test
  void comesBackFromItsText() {
    ScanCursor start = ScanCursor.start(ScanCursor.Pass.REST, "p\"1");
    assertThat(ScanCursor.of(start.toCursor())).isEqualTo(start);
    ScanCursor later = start.behind(List.of(document("1", "a"), document("2", "k\\ud800")));
    assertThat(ScanCursor.of(later.toCursor())).isEqualTo(later);
  }

  @Test
  void aPartKeepsItsEnd() {
    ScanCursor part = ScanCursor.part(Optional.of("a\""), Optional.of("k\u00fc"));
    assertThat(ScanCursor.of(part.toCursor())).isEqualTo(part);
    ScanCursor later = part.in("p").behind(List.of(document("1", "b"), document("2", "c")));
    assertThat(later.until()).contains("k\u00fc");
    assertThat(ScanCursor.of(later.toCursor())).isEqualTo(later);
  }

  @Test
  void ofDocumentsWithOneSortValueItKnowsWhoWasRead() {
    ScanCursor cursor = ScanCursor.start(ScanCursor.Pass.KEYED, "p");
    cursor = cursor.behind(List.of(document("1", "a")));
    assertThat(cursor.after()).isEmpty();
    assertThat(cursor.read()).containsExactly("1");
    cursor = cursor.behind(List.of(document("2", "a")));
    assertThat(cursor.after()).isEmpty();
    assertThat(cursor.read()).containsExactly("1", "2");
    cursor = cursor.behind(List.of(document("3", "b"), document("4", "b")));
    assertThat(cursor.after()).contains(JsonValue.ofJson("[\"a\"]"));
    assertThat(cursor.read()).containsExactly("3", "4");
    cursor = cursor.behind(List.of(document("5", "c"), document("6", "d")));
    assertThat(cursor.after()).contains(JsonValue.ofJson("[\"c\"]"));
    assertThat(cursor.read()).containsExactly("6");
  }

  @Test
  void behindAWindowItIsAsAtTheStartOfAPart() {
    ScanCursor cursor =
        ScanCursor.part(Optional.empty(), Optional.of("z"))
            .behind(List.of(document("1", "a"), document("2", "b")))
            .behind("k");
    assertThat(cursor).isEqualTo(ScanCursor.part(Optional.of("k"), Optional.of("z")));
  }

  private static Documents.Document document(String id, String sort) {
    return new Documents.Document(
        id, null, null, JsonValue.ofJson("[\"" + sort + "\"]"), null, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "[]",
        "{}",
        "{\"pass\": \"other\", \"pit\": \"p\"}",
        "{\"pass\": \"rest\", \"pit\": 1}",
        "{\"pass\": \"keyed\", \"pit\": \"\", \"until\": [\"a\"]}",
        "{\"pass\": \"rest\", \"pit\": \"\", \"until\": \"a\"}",
        "{\"pass\": \"rest\", \"pit\": \"p\", \"after\": 1}",
        "{\"pass\": \"keyed\", \"pit\": \"p\", \"after\": []}",
        "{\"pass\": \"keyed\", \"pit\": \"p\", \"after\": [1]}"
      })
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> ScanCursor.of(new Cursor(text)))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.INVALID_CURSOR));
  }
}
