package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
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

  @Test
  void anUnknownHostIsNamedSo() {
    PostgresSettings settings =
        PostgresSettings.parse(
            Settings.of(Map.of("POSTGRES_PASSWORD", "secret", "POSTGRES_HOST", "no.such.host")));
    SQLException thrown =
        new SQLException(
            "The connection attempt failed.", "08001", new UnknownHostException("no.such.host"));
    assertThat(SqlErrors.translate(thrown, settings))
        .hasMessageContaining(
            "no.such.host:5432/postgres: the host name is unknown: is the server running");
    assertThat(
            SqlErrors.translate(
                new SQLException("The connection attempt failed.", "08001"), settings))
        .hasMessageContaining("The connection attempt failed: is the server running");
  }

  @Test
  void aFullDiskIsNotTriedAgainAndSaysWhatToDo() {
    PostgresSettings settings =
        PostgresSettings.parse(Settings.of(Map.of("POSTGRES_PASSWORD", "secret")));
    SQLException full =
        new SQLException("could not extend file \"base/1\": No space left on device", "53100");
    StoreException fault = SqlErrors.translate(full, settings);
    assertThat(fault.retryable()).isFalse();
    assertThat(fault.kind()).isEqualTo(Kind.FAULT);
    assertThat(fault)
        .hasMessageContaining("No space left on device: free space on the server")
        .hasMessageNotContaining("secret");
  }
}
