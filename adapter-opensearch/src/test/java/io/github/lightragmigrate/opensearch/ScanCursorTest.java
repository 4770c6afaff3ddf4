package io.github.lightragmigrate.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.StoreException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanCursorTest {

  @Test
  void comesBackFromItsText() {
    ScanCursor start = new ScanCursor(ScanCursor.Pass.REST, "p\"1", Optional.empty());
    assertThat(ScanCursor.of(start.toCursor())).isEqualTo(start);
    ScanCursor later = start.behind(JsonValue.ofJson("[\"k\\ud800\"]"));
    assertThat(ScanCursor.of(later.toCursor())).isEqualTo(later);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "[]",
        "{}",
        "{\"pass\": \"other\", \"pit\": \"p\"}",
        "{\"pass\": \"rest\", \"pit\": 1}",
        "{\"pass\": \"rest\", \"pit\": \"p\", \"after\": 1}"
      })
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> ScanCursor.of(new Cursor(text)))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.INVALID_CURSOR));
  }
}
