package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares keys. */
final class Keys {

  private Keys() {}

  static List<String> of(Collection<CacheRecord> records) {
    return records.stream().map(CacheRecord::key).toList();
  }

  /** The same keys, each once, in any order. */
  static void assertSame(String rule, Collection<String> actual, Collection<String> expected) {
    List<String> differences = new ArrayList<>();
    add(differences, "missing", without(expected, actual));
    add(differences, "too many", without(actual, expected));
    add(differences, "twice", repeated(actual));
    Expect.none(rule, differences);
  }

  /** None of these is missing. */
  static void assertHas(String rule, Collection<String> actual, Collection<String> expected) {
    List<String> differences = new ArrayList<>();
    add(differences, "missing", without(expected, actual));
    Expect.none(rule, differences);
  }

  private static void add(List<String> differences, String what, List<String> keys) {
    keys.forEach(key -> differences.add(what + ": " + Expect.shown(key)));
  }

  private static List<String> without(Collection<String> keys, Collection<String> others) {
    Set<String> known = new HashSet<>(others);
    return keys.stream().filter(key -> !known.contains(key)).distinct().toList();
  }

  /** Those that are there more than once. */
  static List<String> repeated(Collection<String> keys) {
    Set<String> seen = new HashSet<>();
    return keys.stream().filter(key -> !seen.add(key)).distinct().toList();
  }
}
