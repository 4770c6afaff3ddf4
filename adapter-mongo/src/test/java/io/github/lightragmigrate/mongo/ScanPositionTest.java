package io.github.lightragmigrate.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanPositionTest {

  private static final Selection SELECTION = Selection.ofPrefixes(List.of("b:", "a:", "c:"));

  @Test
  void comesBackFromItsCursor() {
    List<Optional<String>> keys =
        List.of(
            Optional.empty(),
            Optional.of("a:\"\\,]}\n\0\ud83d\ude00\uff5e"),
            Optional.of("b:after"));
    for (Optional<String> after : keys) {
      for (Optional<String> until : keys) {
        ScanPosition position = new ScanPosition(after, until);
        assertThat(ScanPosition.of(position.toCursor())).isEqualTo(position);
      }
    }
    assertThat(ScanPosition.START.toCursor()).isEqualTo(Cursor.START);
  }

  @Test
  void whatIsLeftIsBetweenItsKeys() {
    assertThat(ScanPosition.START.rest(SELECTION)).isEqualTo(KeyRange.of(SELECTION)).hasSize(3);
    assertThat(between("a:5", "c:7").rest(SELECTION))
        .containsExactly(
            KeyRange.of("a:").behind("a:5"), KeyRange.of("b:"), KeyRange.of("c:").upTo("c:7"));
    assertThat(between("b:5", "b:7").rest(SELECTION))
        .containsExactly(KeyRange.of("b:").behind("b:5").upTo("b:7"));
  }

  @Test
  void itsLastKeyIsItsEnd() {
    assertThat(between("a:1", "a:2").behind("a:2")).isEmpty();
    assertThat(between("a:1", "a:3").behind("a:2")).contains(between("a:2", "a:3"));
    assertThat(ScanPosition.START.behind("a:2"))
        .contains(new ScanPosition(Optional.of("a:2"), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:5",
        "{}",
        "[\"a:5\"]",
        "{\"after\": \"a:5\"",
        "{\"after\": null}",
        "{\"after\": [\"a:5\"]}",
        "{\"until\": 5}",
        "{\"after\": \"a:5\", \"and\": \"a:6\"}",
        "{\"after\": \"d:5\"}",
        "{\"until\": \"d:5\"}",
        "{\"after\": \"a:\\ud800\"}",
        "{\"after\": \"b:5\", \"until\": \"a:9\"}"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> ScanPosition.of(new Cursor(text)).rest(SELECTION))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.INVALID_CURSOR));
  }

  private static ScanPosition between(String after, String until) {
    return new ScanPosition(Optional.of(after), Optional.of(until));
  }
}
