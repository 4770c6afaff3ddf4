package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetrySettingsTest {

  private static RetryPolicy policy(Map<String, String> values) {
    return new PostgresAdapter().retryPolicy(Settings.of(values));
  }

  @Test
  void theEnginesPolicyHoldsUnlessSomethingIsSet() {
    assertThat(policy(Map.of())).isEqualTo(RetryPolicy.DEFAULT);
  }

  @Test
  void attemptsThatAreSetAreNotCutShort() {
    RetryPolicy policy =
        policy(
            Map.of(
                "POSTGRES_CONNECTION_RETRIES", "7",
                "POSTGRES_CONNECTION_RETRY_BACKOFF", "2.5",
                "POSTGRES_CONNECTION_RETRY_BACKOFF_MAX", "1"));
    assertThat(policy.attempts()).isEqualTo(7);
    assertThat(policy.initialDelay()).isEqualTo(Duration.ofMillis(2500));
    assertThat(policy.maxDelay()).as("never below the first").isEqualTo(policy.initialDelay());
    assertThat(policy.budget())
        .isGreaterThanOrEqualTo(
            policy.maxDelay().plus(ConnectionProperties.LONGEST_CALL).multipliedBy(7));
  }

  @Test
  void delaysAloneLeaveAttemptsAndBudgetToTheEngine() {
    RetryPolicy policy =
        policy(
            Map.of(
                "POSTGRES_CONNECTION_RETRY_BACKOFF", "0",
                "POSTGRES_CONNECTION_RETRY_BACKOFF_MAX", "4"));
    assertThat(policy)
        .isEqualTo(RetryPolicy.DEFAULT.withDelays(Duration.ZERO, Duration.ofSeconds(4)));
    assertThat(policy(Map.of("POSTGRES_CONNECTION_RETRY_BACKOFF", "20")))
        .isEqualTo(RetryPolicy.DEFAULT.withDelays(Duration.ofSeconds(20), Duration.ofSeconds(20)));
  }

  @Test
  void lightRagsUpperBoundsApply() {
    RetryPolicy policy =
        policy(
            Map.of(
                "POSTGRES_CONNECTION_RETRIES", "1000",
                "POSTGRES_CONNECTION_RETRY_BACKOFF", "1000",
                "POSTGRES_CONNECTION_RETRY_BACKOFF_MAX", "1000"));
    assertThat(policy.attempts()).isEqualTo(100);
    assertThat(policy.initialDelay()).isEqualTo(Duration.ofSeconds(300));
    assertThat(policy.maxDelay()).isEqualTo(Duration.ofSeconds(600));
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRES_CONNECTION_RETRIES, 0",
    "POSTGRES_CONNECTION_RETRIES, -3",
    "POSTGRES_CONNECTION_RETRIES, many",
    "POSTGRES_CONNECTION_RETRIES, 2.5",
    "POSTGRES_CONNECTION_RETRY_BACKOFF, NaN",
    "POSTGRES_CONNECTION_RETRY_BACKOFF, -1",
    "POSTGRES_CONNECTION_RETRY_BACKOFF_MAX, -0.5"
  })
  void valuesThatCannotBeAreNamed(String name, String value) {
    assertThatThrownBy(() -> policy(Map.of(name, value)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
        .hasMessageContaining(name);
  }
}
