package io.github.lightragmigrate.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Number of records by key prefix.
 *
 * @param byPrefix an entry for each prefix of the selection, in its order
 * @param exact false for an estimate
 */
public record Counts(Map<String, Long> byPrefix, boolean exact) {

  /**
   * Copies; the order is kept.
   *
   * @throws IllegalArgumentException for a negative number
   */
  public Counts {
    byPrefix = Collections.unmodifiableMap(new LinkedHashMap<>(byPrefix));
    byPrefix.forEach(Counts::check);
  }

  private static void check(String prefix, Long number) {
    Objects.requireNonNull(number, "a count is null: 0 is for none");
    if (number < 0) {
      throw new IllegalArgumentException("the count of " + prefix + " is " + number);
    }
  }

  /** Counts that are no estimate. */
  public static Counts exact(Map<String, Long> byPrefix) {
    return new Counts(byPrefix, true);
  }

  /** Of all prefixes. */
  public long total() {
    return byPrefix.values().stream().mapToLong(Long::longValue).sum();
  }
}
