package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Workspaces;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds the workspaces that have an index, or an alias of one, on the server. The name of an index
 * does not tell all of its workspace's: the marks in its mapping do, and without them the name that
 * is returned is one that leads to this index.
 */
final class WorkspaceFinder {

  private static final String SUFFIX = "_" + CacheIndex.NAMESPACE;

  private WorkspaceFinder() {}

  /**
   * None where the user may not list.
   *
   * @param own a workspace that has its name in preference to others of the same index
   */
  static List<String> find(Rest rest, String own) {
    Reply reply =
        rest.send(
            Request.of("GET", "/*" + CacheIndex.NAMESPACE)
                .with(
                    Map.of(
                        "expand_wildcards",
                        "all",
                        "filter_path",
                        "*.aliases,*.mappings._meta,*.settings.index.uuid")));
    return reply.status() == 403 ? List.of() : workspaces(rest.successful(reply).json(), own);
  }

  private static List<String> workspaces(Map<String, JsonValue> byIndex, String own) {
    Map<String, List<Map<String, JsonValue>>> metasByName = new TreeMap<>();
    byIndex.forEach(
        (index, description) -> {
          Map<String, JsonValue> parts = Reply.fields(description);
          Map<String, JsonValue> meta =
              Mapping.object(Mapping.object(parts, "mappings"), Mapping.META);
          Stream.concat(Stream.of(index), Mapping.object(parts, "aliases").keySet().stream())
              .forEach(name -> metasByName.computeIfAbsent(name, n -> new ArrayList<>()).add(meta));
        });
    Set<String> workspaces = new LinkedHashSet<>();
    metasByName.forEach((name, metas) -> workspace(name, metas, own).ifPresent(workspaces::add));
    return List.copyOf(workspaces);
  }

  /** The one that finds these indices under this name and is not refused by their marks. */
  private static Optional<String> workspace(
      String name, List<Map<String, JsonValue>> metas, String own) {
    return Stream.of(
            Stream.of(own), metas.stream().flatMap(WorkspaceFinder::marked), stem(name).stream())
        .flatMap(candidates -> candidates)
        .filter(workspace -> CacheIndex.nameOf(CacheIndex.namespace(workspace)).equals(name))
        .filter(workspace -> metas.stream().allMatch(meta -> Mapping.isOwner(meta, workspace)))
        .filter(Workspaces::isValid)
        .findFirst();
  }

  private static Stream<String> marked(Map<String, JsonValue> meta) {
    return Stream.concat(
        Mapping.mark(meta, Mapping.WORKSPACE).stream(),
        Mapping.mark(meta, Mapping.FINAL_NAMESPACE).flatMap(WorkspaceFinder::stem).stream());
  }

  private static Optional<String> stem(String name) {
    if (name.equals(CacheIndex.NAMESPACE)) {
      return Optional.of("");
    }
    return name.endsWith(SUFFIX)
        ? Optional.of(name.substring(0, name.length() - SUFFIX.length()))
        : Optional.empty();
  }
}
