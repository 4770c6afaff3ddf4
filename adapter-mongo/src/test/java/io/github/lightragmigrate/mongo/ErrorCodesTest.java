package io.github.lightragmigrate.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.StoreException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorCodesTest {

  @ParameterizedTest
  @CsvSource({
    "13, DENIED",
    "18, DENIED",
    "91, UNAVAILABLE",
    "189, UNAVAILABLE",
    "10107, UNAVAILABLE",
    "11600, UNAVAILABLE",
    "13435, UNAVAILABLE",
    "112, THROTTLED",
    "16500, THROTTLED",
    "73, SETTINGS",
    "100, SETTINGS",
    "10334, REJECTED",
    "121, REJECTED",
    "6, UNAVAILABLE",
    "7, UNAVAILABLE",
    "64, UNAVAILABLE",
    "89, UNAVAILABLE",
    "134, UNAVAILABLE",
    "262, UNAVAILABLE",
    "9001, UNAVAILABLE",
    "10058, UNAVAILABLE",
    "11602, UNAVAILABLE",
    "13436, UNAVAILABLE",
    "14031, FAULT",
    "1, FAULT"
  })
  void tellWhatToDo(int code, Kind kind) {
    assertThat(ErrorCodes.kind(code)).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(ints = {11000, 11600, 189, 91, 10107, 13435, 112})
  void ofOneDocumentMayBeWorthARetry(int code) {
    assertThat(ErrorCodes.retryable(code)).isTrue();
  }

  @Test
  void ofItsDataIsNot() {
    assertThat(ErrorCodes.retryable(121)).isFalse();
    assertThat(ErrorCodes.retryable(13)).isFalse();
  }
}
