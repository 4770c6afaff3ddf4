package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What hinders work on an index, a sentence each. What the user may not ask for is not told: it
 * takes rights that LightRAG does without.
 */
final class IndexState {

  private static final String PREFIX = "index.blocks.";

  /** Set by OpenSearch itself when the disk of a node is nearly full, and lifted so. */
  private static final String BY_DISK = "read_only_allow_delete";

  private static final Set<String> AGAINST_WRITING = Set.of("write", "read_only", BY_DISK);

  private final Rest rest;
  private final CacheIndex index;

  IndexState(Rest rest, CacheIndex index) {
    this.rest = rest;
    this.index = index;
  }

  List<String> blocks() {
    Reply reply =
        rest.send(
            Request.of("GET", index.path("_settings"))
                .with(Map.of("filter_path", "*.settings.index.blocks")));
    Set<String> blocks = new TreeSet<>();
    if (reply.isSuccess()) {
      reply.json().values().stream()
          .map(Reply::fields)
          .map(parts -> Mapping.object(Mapping.object(parts, "settings"), "index"))
          .flatMap(settings -> Mapping.object(settings, "blocks").entrySet().stream())
          .filter(block -> block.getValue().equals(JsonValue.of("true")))
          .map(Map.Entry::getKey)
          .filter(AGAINST_WRITING::contains)
          .forEach(blocks::add);
    }
    List<String> notices = new ArrayList<>();
    for (String block : blocks) {
      notices.add(
          "OpenSearch takes no writes to index '"
              + index.name()
              + "' because of its setting "
              + PREFIX
              + block
              + ": "
              + (block.equals(BY_DISK)
                  ? "free disk space on its nodes, and OpenSearch lifts it"
                  : "remove it")
              + ".");
    }
    return notices;
  }

  /** An index that does not exist is in good health. */
  List<String> health() {
    Reply reply =
        rest.send(
            Request.of("GET", "/_cluster/health/" + index.name())
                .with(Map.of("timeout", "0s", "filter_path", "status")));
    return reply.isSuccess() && reply.at("status").equals(JsonValue.of("red"))
        ? List.of(
            "Index '"
                + index.name()
                + "' of OpenSearch is red, a part of it is on no node, so that records can neither"
                + " be read nor written there: start the nodes that are missing, or ask"
                + " /_cluster/allocation/explain.")
        : List.of();
  }
}
