package io.github.lightragmigrate.retry;

import java.time.Duration;

/**
 * Exponential back-off with jitter.
 *
 * @param attempts calls at the most, the first included; at least 1
 * @param initialDelay before the second call; doubles with each further one
 * @param maxDelay between two calls at the most
 */
public record RetryPolicy(int attempts, Duration initialDelay, Duration maxDelay) {

  /** Rides out about half a minute. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(7, Duration.ofMillis(500), Duration.ofSeconds(10));

  public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

  public RetryPolicy {
    if (attempts < 1 || initialDelay.isNegative() || maxDelay.isNegative()) {
      throw new IllegalArgumentException("attempts >= 1 and delays >= 0, not " + attempts);
    }
  }

  /**
   * @param failedAttempts calls that failed so far, at least 1
   * @param random in [0, 1): half of the delay is drawn, so that many clients do not call at once
   */
  Duration delay(int failedAttempts, double random) {
    double doubled = (double) initialDelay.toMillis() * Math.pow(2, failedAttempts - 1.0);
    double capped = Math.min(doubled, (double) maxDelay.toMillis());
    return Duration.ofMillis(Math.round(capped * (0.5 + random / 2)));
  }
}
