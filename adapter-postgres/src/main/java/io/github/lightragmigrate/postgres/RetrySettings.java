package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import java.time.Duration;

/**
 * LightRAG's retry settings as a policy, with its upper bounds (LightRAG 1.5.7, {@code
 * kg/postgres_impl.py}: 100 attempts, 300 and 600 seconds). What is not set leaves the engine's
 * policy as it is.
 */
final class RetrySettings {

  private static final int MOST_ATTEMPTS = 100;
  private static final double MOST_BACKOFF = 300;
  private static final double MOST_BACKOFF_MAX = 600;

  private RetrySettings() {}

  /**
   * @throws StoreException SETTINGS for attempts below 1 or negative delays
   */
  static RetryPolicy policy(Settings settings) {
    RetryPolicy policy = RetryPolicy.DEFAULT;
    Duration initial =
        seconds(
            settings,
            PostgresSettings.CONNECTION_RETRY_BACKOFF,
            MOST_BACKOFF,
            policy.initialDelay());
    Duration max =
        seconds(
            settings,
            PostgresSettings.CONNECTION_RETRY_BACKOFF_MAX,
            MOST_BACKOFF_MAX,
            policy.maxDelay());
    policy = policy.withDelays(initial, max.compareTo(initial) < 0 ? initial : max);
    if (!settings.isSet(PostgresSettings.CONNECTION_RETRIES)) {
      return policy;
    }
    int attempts = settings.integer(PostgresSettings.CONNECTION_RETRIES);
    if (attempts < 1) {
      throw unusable(PostgresSettings.CONNECTION_RETRIES, "must be at least 1");
    }
    int most = Math.min(attempts, MOST_ATTEMPTS);
    // the attempts are the budget, however long each takes to fail
    Duration longest = policy.maxDelay().plus(ConnectionProperties.LONGEST_CALL);
    return policy.withAttempts(most).withBudget(longest.multipliedBy(most));
  }

  private static Duration seconds(
      Settings settings, Setting setting, double most, Duration otherwise) {
    if (!settings.isSet(setting)) {
      return otherwise;
    }
    double seconds = settings.decimal(setting);
    if (seconds < 0) {
      throw unusable(setting, "must not be negative");
    }
    return Duration.ofMillis(Math.round(Math.min(seconds, most) * 1000));
  }

  private static StoreException unusable(Setting setting, String problem) {
    return new StoreException(StoreException.Kind.SETTINGS, setting.name() + " " + problem);
  }
}
