package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.JsonValue;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochTimesTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00",
    "-1, 1969-12-31T23:59:59",
    "1700000000, 2023-11-14T22:13:20",
    "1.7e9, 2023-11-14T22:13:20",
    "1700000000.123456, 2023-11-14T22:13:20.123456",
    "1700000000.1234564999, 2023-11-14T22:13:20.123456",
    "1700000000.9999999, 2023-11-14T22:13:21",
    "-0.000001, 1969-12-31T23:59:59.999999",
    "1e-400, 1970-01-01T00:00",
    "-1e-999999999, 1970-01-01T00:00",
    "0e-999999999, 1970-01-01T00:00"
  })
  void secondsBecomeUtc(String seconds, String timestamp) throws UnstorableException {
    assertThat(EpochTimes.toTimestamp("t", JsonValue.ofJson(seconds))).isEqualTo(timestamp);
  }

  @ParameterizedTest
  @CsvSource({
    "1700000000.000000, 1700000000",
    "0.000000, 0",
    "1700000000, 1700000000",
    "1.7e+09, 1700000000",
    "-5.500000, -5.5",
    "1700000000.123456001, 1700000000.123456"
  })
  void whatTheServerExtractsIsExact(String text, String json) {
    assertThat(Objects.requireNonNull(EpochTimes.toJson(text)).toString()).isEqualTo(json);
  }

  @Test
  void anInfiniteTimestampIsNoNumber() {
    assertThat(EpochTimes.toJson("Infinity")).isNull();
    assertThat(EpochTimes.toJson("-Infinity")).isNull();
  }
}
