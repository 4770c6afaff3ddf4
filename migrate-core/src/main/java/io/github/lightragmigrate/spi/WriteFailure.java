package io.github.lightragmigrate.spi;

/**
 * A record that was not written.
 *
 * @param key the cache key
 * @param reason why, for people, not blank; without credentials
 * @param retryable true when the same write may succeed later (throttled, shard away)
 */
public record WriteFailure(String key, String reason, boolean retryable) {

  /** A record that this store will never take. */
  public static WriteFailure rejected(String key, String reason) {
    return new WriteFailure(key, reason, false);
  }
}
