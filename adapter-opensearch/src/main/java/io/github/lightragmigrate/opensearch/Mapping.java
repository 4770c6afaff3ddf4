package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the mapping of an index says. An alias can stand for several indices, hence the lists.
 *
 * @param metas {@code _meta} of each index
 * @param isKeyed whether each index can search and sort by LightRAG's copy of the key
 */
record Mapping(List<Map<String, JsonValue>> metas, boolean isKeyed) {

  static final String META = "_meta";

  /** Marks in {@code _meta}, by newer releases of LightRAG: two workspaces can have one name. */
  static final String WORKSPACE = "lightrag_workspace";

  static final String FINAL_NAMESPACE = "lightrag_final_namespace";

  static Mapping of(Map<String, JsonValue> byIndex) {
    List<Map<String, JsonValue>> mappings =
        byIndex.values().stream().map(index -> object(Reply.fields(index), "mappings")).toList();
    return new Mapping(
        mappings.stream().map(mapping -> object(mapping, META)).toList(),
        mappings.stream().allMatch(Mapping::isKeyed));
  }

  /** Any attribute beside the type, as ignore_above, may hide keys from search or sort. */
  private static boolean isKeyed(Map<String, JsonValue> mapping) {
    Map<String, JsonValue> field = object(object(mapping, "properties"), Documents.KEY_FIELD);
    return field.keySet().equals(Set.of("type"))
        && field.getOrDefault("type", JsonValue.NULL).equals(JsonValue.of("keyword"));
  }

  /**
   * @throws StoreException SETTINGS when the index is another workspace's
   */
  void requireOwner(String index, String workspace) {
    for (Map<String, JsonValue> meta : metas) {
      if (!isOwner(meta, workspace)) {
        throw new StoreException(
            StoreException.Kind.SETTINGS,
            "index '%s' is not of workspace '%s' but of another, whose name differs only in what an index name cannot hold (its mapping says %s): to use that one's cache, set its name as OPENSEARCH_WORKSPACE, exactly; else choose another workspace"
                .formatted(index, workspace, marks(meta)));
      }
    }
  }

  static boolean isOwner(Map<String, JsonValue> meta, String workspace) {
    return mark(meta, WORKSPACE).orElse(workspace).equals(workspace)
        && mark(meta, FINAL_NAMESPACE).map(CacheIndex.namespace(workspace)::equals).orElse(true);
  }

  static Optional<String> mark(Map<String, JsonValue> meta, String name) {
    return Optional.ofNullable(meta.get(name)).flatMap(JsonValue::asString);
  }

  private static String marks(Map<String, JsonValue> meta) {
    return Stream.of(WORKSPACE, FINAL_NAMESPACE)
        .flatMap(name -> mark(meta, name).map(value -> name + " '" + value + "'").stream())
        .collect(Collectors.joining(", "));
  }

  static Map<String, JsonValue> object(Map<String, JsonValue> parent, String name) {
    return Reply.fields(parent.getOrDefault(name, JsonValue.NULL));
  }
}
