package io.github.lightragmigrate.faults;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the target holds against what it should hold, by value.
 *
 * @param lost keys that the target does not have
 * @param altered keys whose record is another one
 * @param strange keys that nobody gave the target
 */
record Comparison(Set<String> lost, Set<String> altered, Set<String> strange) {

  /** Reads both sides through the adapters' scan, not by the tool's own verification. */
  static Comparison of(Place source, Place target) {
    return of(source.readAll(), target);
  }

  static Comparison of(Map<String, CacheRecord> expected, Place target) {
    Map<String, CacheRecord> found = target.readAll();
    Set<String> lost = new TreeSet<>(expected.keySet());
    lost.removeAll(found.keySet());
    Set<String> strange = new TreeSet<>(found.keySet());
    strange.removeAll(expected.keySet());
    Set<String> altered = new TreeSet<>();
    try (Endpoint endpoint = target.open(Access.SOURCE)) {
      expected.forEach(
          (key, record) -> {
            CacheRecord stored = found.get(key);
            if (stored != null
                && !stored.equals(endpoint.store().asStored(record.withoutNullTimes()))) {
              altered.add(key);
            }
          });
    }
    return new Comparison(lost, altered, strange);
  }

  boolean isEqual() {
    return lost.isEmpty() && altered.isEmpty() && strange.isEmpty();
  }
}
