package io.github.lightragmigrate.json;

import java.io.IOException;
import java.util.Map;
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

  /** Looks whether the value at the scanner's position is a nest; the position stays. */
  void detect(String key, JsonScanner scanner) throws IOException {
    if (hasThreeParts(key) || scanner.peekToken() != '{') {
      return;
    }
    long start = scanner.position();
    if (isNest(scanner)) {
      nests.put(start, new Nest(key, scanner.position()));
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
