package io.github.lightragmigrate.spi;

import java.util.Objects;

/**
 * A record that was not written.
 *
 * @param key the cache key
 * @param reason why, for people, not blank; without credentials
 * @param retryable true when the same write may succeed later (throttled, shard away)
 */
public record WriteFailure(String key, String reason, boolean retryable) {

  /** Refuses null. */
  public WriteFailure {
    Objects.requireNonNull(key, "a failure's key is null");
    Objects.requireNonNull(reason, "a failure's reason is null: say why, for people");
  }

  /** A record that this store will never take. */
  public static WriteFailure rejected(String key, String reason) {
    return new WriteFailure(key, reason, false);
  }
}
