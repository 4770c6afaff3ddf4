package io.github.lightragmigrate.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Number of records by key prefix.
 *
 * @param byPrefix an entry for each prefix of the selection, in its order
 * @param exact false for an estimate
 */
public record Counts(Map<String, Long> byPrefix, boolean exact) {

  /** Copies; the order is kept. */
  public Counts {
    byPrefix = Collections.unmodifiableMap(new LinkedHashMap<>(byPrefix));
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
