package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the mapping of an index says. An alias can stand for several indices, hence the lists.
 *
 * @param metas {@code _meta} of each index
 * @param isKeyed whether each index can search and sort by LightRAG's copy of the key
 */
record Mapping(List<Map<String, JsonValue>> metas, boolean isKeyed) {

  static Mapping of(Map<String, JsonValue> byIndex) {
    List<Map<String, JsonValue>> mappings =
        byIndex.values().stream().map(index -> object(Reply.fields(index), "mappings")).toList();
    return new Mapping(
        mappings.stream().map(mapping -> object(mapping, "_meta")).toList(),
        mappings.stream().allMatch(Mapping::isKeyed));
  }

  /** Any attribute beside the type, as ignore_above, may hide keys from search or sort. */
  private static boolean isKeyed(Map<String, JsonValue> mapping) {
    Map<String, JsonValue> field = object(object(mapping, "properties"), Documents.KEY_FIELD);
    return field.keySet().equals(Set.of("type"))
        && field.getOrDefault("type", JsonValue.NULL).equals(JsonValue.of("keyword"));
  }

  /**
   * Newer releases of LightRAG write whose index it is, since two workspaces can have one name.
   *
   * @throws StoreException SETTINGS when it is another's
   */
  void requireOwner(String index, String workspace, String namespace) {
    for (Map<String, JsonValue> meta : metas) {
      requireMark(index, meta, "lightrag_workspace", workspace);
      requireMark(index, meta, "lightrag_final_namespace", namespace);
    }
  }

  private static void requireMark(
      String index, Map<String, JsonValue> meta, String mark, String mine) {
    Optional<String> theirs = Optional.ofNullable(meta.get(mark)).flatMap(JsonValue::asString);
    if (theirs.isPresent() && !theirs.get().equals(mine)) {
      throw new StoreException(
          StoreException.Kind.SETTINGS,
          "index '%s' belongs to another workspace (%s is '%s', not '%s'), whose name differs only in what an index name cannot hold: choose another workspace"
              .formatted(index, mark, theirs.get(), mine));
    }
  }

  private static Map<String, JsonValue> object(Map<String, JsonValue> parent, String name) {
    return Reply.fields(parent.getOrDefault(name, JsonValue.NULL));
  }
}
