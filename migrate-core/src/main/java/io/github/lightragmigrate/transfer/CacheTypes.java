package io.github.lightragmigrate.transfer;

import io.github.lightragmigrate.reading.Chunk;
import io.github.lightragmigrate.report.Accounts;
import io.github.lightragmigrate.report.Tally;
import io.github.lightragmigrate.spi.Selection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names the groups in which records are counted: the cache type, or what a prefix is otherwise.
 *
 * @param selection whose prefixes are the groups
 */
public record CacheTypes(Selection selection) {

  /** Nothing, an entry for each type. */
  Accounts none() {
    Map<String, Tally> types = new LinkedHashMap<>();
    selection.prefixes().forEach(prefix -> types.put(Selection.typeOf(prefix), Tally.ZERO));
    return new Accounts(types, 0, List.of(), Map.of(), List.of());
  }

  /** {@code extract}. */
  String of(String key) {
    return Selection.typeOf(selection.prefixOf(key).orElse(key));
  }

  /** {@code default:extract}: mode and type of the first record. */
  String groupOf(Chunk chunk) {
    String key =
        !chunk.records().isEmpty()
            ? chunk.records().get(0).key()
            : !chunk.unreadable().isEmpty() ? chunk.unreadable().get(0).key() : "";
    return selection.prefixOf(key).map(CacheTypes::withoutColon).orElse("");
  }

  private static String withoutColon(String prefix) {
    return prefix.endsWith(":") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }
}
