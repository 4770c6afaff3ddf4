package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.StoreException.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "28P01, DENIED",
    "28000, DENIED",
    "42501, DENIED",
    "3D000, SETTINGS",
    "08001, UNAVAILABLE",
    "08006, UNAVAILABLE",
    "57P01, UNAVAILABLE",
    "57P03, UNAVAILABLE",
    "53300, THROTTLED",
    "40P01, THROTTLED",
    "40001, THROTTLED",
    "40003, THROTTLED",
    "53200, THROTTLED",
    "25006, THROTTLED",
    "55P03, THROTTLED",
    "57014, THROTTLED",
    "57P02, UNAVAILABLE",
    "25P03, UNAVAILABLE",
    "08P01, UNAVAILABLE",
    "08003, UNAVAILABLE",
    "53100, FAULT",
    "XX001, FAULT",
    "'', FAULT",
    "22001, REJECTED",
    "22P05, REJECTED",
    "23514, REJECTED",
    "54000, REJECTED"
  })
  void statesHaveKinds(String state, Kind kind) {
    assertThat(SqlErrors.kind(state)).isEqualTo(kind);
  }
}
