package io.github.lightragmigrate.json;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a file holds the entries of old releases, {@code {"default": {"<hash>": {record}}}}, each
 * of which is read as {@code default:<record.cache_type or "extract">:<hash>} (LightRAG 1.5.7,
 * {@code JsonKVStorage._migrate_legacy_cache_structure}). A nest can be as large as the file and is
 * never in memory.
 */
final class LegacyNests {

  /**
   * @param mode first part of the keys
   * @param end position behind the closing brace
   */
  record Nest(String mode, long end) {}

  /** By the position of the opening brace. */
  private final TreeMap<Long, Nest> nests = new TreeMap<>();

  /** The position of each mode's last nest. */
  private final Map<String, Long> last = new HashMap<>();

  /** Positions of nests whose name comes again: as for every name, the last value counts. */
  private final Set<Long> replaced = new HashSet<>();

  boolean isEmpty() {
    return nests.isEmpty();
  }

  /** The mode of the nest that starts here; null when none does. */
  @Nullable String modeAt(long position) {
    Nest nest = nests.isEmpty() ? null : nests.get(position);
    return nest == null ? null : nest.mode();
  }

  /** The mode of the nest that this position is within; null for the top level. */
  @Nullable String modeAround(long position) {
    Map.Entry<Long, Nest> before = nests.lowerEntry(position);
    return before == null || position >= before.getValue().end() ? null : before.getValue().mode();
  }

  /** Whether there are nests that do not count. */
  boolean hasReplaced() {
    return !replaced.isEmpty();
  }

  /** Whether this position is within a nest that does not count. */
  boolean isReplaced(long position) {
    Map.Entry<Long, Nest> before = replaced.isEmpty() ? null : nests.lowerEntry(position);
    return before != null
        && position < before.getValue().end()
        && replaced.contains(before.getKey());
  }

  /** Looks whether the value at the scanner's position is a nest; the position stays. */
  void detect(String key, JsonScanner scanner) throws IOException {
    if (hasThreeParts(key)) {
      return;
    }
    Long former = last.remove(key);
    if (former != null) {
      replaced.add(former);
    }
    if (scanner.peekToken() != '{') {
      return;
    }
    long start = scanner.position();
    if (isNest(scanner)) {
      nests.put(start, new Nest(key, scanner.position()));
      last.put(key, start);
    }
    scanner.seek(start);
  }

  private static boolean hasThreeParts(String key) {
    int second = key.indexOf(':', key.indexOf(':') + 1);
    return second > 0 && key.indexOf(':', second + 1) < 0;
  }

  /** Ends behind the value when it is one, elsewhere when it is none. */
  private static boolean isNest(JsonScanner scanner) throws IOException {
    scanner.expect('{');
    boolean empty = true;
    for (boolean more = scanner.nextMember(true); more; more = scanner.nextMember(false)) {
      scanner.skipString();
      scanner.expect(':');
      if (scanner.peekToken() != '{' || !hasReturn(scanner)) {
        return false;
      }
      empty = false;
    }
    return !empty;
  }

  private static boolean hasReturn(JsonScanner scanner) throws IOException {
    scanner.expect('{');
    boolean found = false;
    for (boolean more = scanner.nextMember(true); more; more = scanner.nextMember(false)) {
      found |= Names.decode(scanner.rawString()).equals("return");
      scanner.expect(':');
      scanner.skipValue();
    }
    return found;
  }
}
