package io.github.lightragmigrate.spi;

import java.time.Duration;
import java.util.Objects;

/**
 * Exponential back-off with jitter, until the attempts or the time for them are used up.
 *
 * @param attempts calls at the most, the first included; at least 1
 * @param initialDelay before the second call; doubles with each further one
 * @param maxDelay between two calls at the most
 * @param budget from the first failure on; no further call begins after it
 */
public record RetryPolicy(int attempts, Duration initialDelay, Duration maxDelay, Duration budget) {

  /** Rides out a minute. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(100, Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofSeconds(60));

  /** One call. */
  public static final RetryPolicy NONE =
      new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** Refuses less than one call and negative times. */
  public RetryPolicy {
    Objects.requireNonNull(initialDelay, "initialDelay");
    Objects.requireNonNull(maxDelay, "maxDelay");
    Objects.requireNonNull(budget, "budget");
    if (attempts < 1 || initialDelay.isNegative() || maxDelay.isNegative() || budget.isNegative()) {
      throw new IllegalArgumentException(
          "attempts >= 1, delays and budget >= 0, not "
              + attempts
              + ", "
              + initialDelay
              + ", "
              + maxDelay
              + ", "
              + budget);
    }
  }

  /** The same with another number of calls. */
  public RetryPolicy withAttempts(int value) {
    return new RetryPolicy(value, initialDelay, maxDelay, budget);
  }

  /** The same with other delays. */
  public RetryPolicy withDelays(Duration initial, Duration max) {
    return new RetryPolicy(attempts, initial, max, budget);
  }

  /** The same with another budget. */
  public RetryPolicy withBudget(Duration value) {
    return new RetryPolicy(attempts, initialDelay, maxDelay, value);
  }

  /**
   * How long to wait before the next call.
   *
   * @param failedAttempts calls that failed so far, at least 1
   * @param random in [0, 1): half of the delay is drawn, so that many clients do not call at once
   */
  public Duration delay(int failedAttempts, double random) {
    double doubled = (double) initialDelay.toMillis() * Math.pow(2, failedAttempts - 1.0);
    double capped = Math.min(doubled, (double) maxDelay.toMillis());
    return Duration.ofMillis(Math.round(capped * (0.5 + random / 2)));
  }
}
