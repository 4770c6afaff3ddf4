package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.StoreException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The index that holds the cache of one workspace: its name, its creation and its checks. */
final class CacheIndex {

  static final String NAMESPACE = "llm_response_cache";
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

  private final Rest rest;
  private final String workspace;
  private final String name;

  /** From the first request on. */
  private volatile boolean sortsByShardDoc;

  CacheIndex(Rest rest, String workspace) {
    this.rest = rest;
    this.workspace = workspace;
    this.name = nameOf(namespace(workspace));
  }

  /** What LightRAG calls the final namespace. */
  static String namespace(String workspace) {
    return workspace.isEmpty() ? NAMESPACE : workspace + "_" + NAMESPACE;
  }

  /** LightRAG's {@code _sanitize_index_name}: different workspaces can get the same name. */
  static String nameOf(String namespace) {
    String name = namespace.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_");
    return name.startsWith("-") || name.startsWith("_") ? "x" + name : name;
  }

  String name() {
    return name;
  }

  /** Whether this is the only workspace whose index has the name. */
  boolean isNamedExactly() {
    return name.equals(namespace(workspace));
  }

  String workspace() {
    return workspace;
  }

  /** Path of an operation on this index. */
  String path(String operation) {
    return "/" + name + "/" + operation;
  }

  /**
   * Checks that the server answers and that the index is of this workspace; as a target creates it,
   * and refuses one that LightRAG would refuse.
   */
  void open(Access access, OpenSearchSettings settings) {
    sortsByShardDoc = hasShardDoc();
    Optional<Mapping> mapping = mapping();
    if (mapping.isEmpty() && access == Access.TARGET) {
      create(settings);
      mapping = mapping();
    }
    if (mapping.isEmpty()) {
      return;
    }
    mapping.get().requireOwner(name, workspace);
    Optional<String> lack = access == Access.TARGET ? lackOfKey(mapping.get()) : Optional.empty();
    if (lack.isPresent()) {
      throw new StoreException(StoreException.Kind.SETTINGS, lack.get());
    }
  }

  /** Why LightRAG would refuse the index as it is, if it would. */
  Optional<String> lackOfKey() {
    return mapping().flatMap(this::lackOfKey);
  }

  private Optional<String> lackOfKey(Mapping mapping) {
    return sortsByShardDoc || mapping.isKeyed()
        ? Optional.empty()
        : Optional.of(
            "index '"
                + name
                + "' lacks the keyword mapping of "
                + Documents.KEY_FIELD
                + ", without which LightRAG refuses it on OpenSearch below 3.3.0: reindex it into"
                + " one with that mapping, upgrade the server, or choose another workspace");
  }

  /** What is known of the index at this moment; empty when it does not exist. */
  Optional<Mapping> mapping() {
    Reply reply = rest.send(Request.of("GET", path("_mapping")));
    return reply.status() == 404
        ? Optional.empty()
        : Optional.of(Mapping.of(rest.successful(reply).json()));
  }

  /** The answer of all shards to a search, as things are now; empty when there is no index. */
  Optional<Reply> search(String query) {
    Reply reply =
        rest.send(
            Request.json("POST", path("_search"), query)
                .with(Map.of("allow_partial_search_results", "false")));
    return reply.status() == 404 ? Optional.empty() : Optional.of(rest.successful(reply));
  }

  /** LightRAG sorts by {@code _shard_doc} from version 3.3.0 on, and by its own field before. */
  private boolean hasShardDoc() {
    Reply reply = rest.send(Request.of("GET", "/"));
    if (reply.status() == 403) {
      // the user may use the index and not ask for the version: LightRAG then takes it for old
      return false;
    }
    String number =
        rest.successful(reply)
            .at("version", "number")
            .asString()
            .orElseThrow(
                () -> rest.faults().fault("this is no OpenSearch: GET / names no version"));
    Matcher parts = VERSION.matcher(number);
    if (!parts.matches()) {
      return false;
    }
    int major = Integer.parseInt(parts.group(1));
    return major > 3 || (major == 3 && Integer.parseInt(parts.group(2)) >= 3);
  }

  /** With LightRAG's own body; that another process was faster is no fault. */
  private void create(OpenSearchSettings settings) {
    String body =
        """
        {"mappings": {"dynamic": true, "properties": {"%s": {"type": "keyword"}}}, \
        "settings": {"index": {"number_of_shards": %d, "number_of_replicas": %d}}}"""
            .formatted(Documents.KEY_FIELD, settings.shards(), settings.replicas());
    Reply reply = rest.send(Request.json("PUT", "/" + name, body));
    if (reply.isSuccess() || reply.isError("resource_already_exists_exception")) {
      return;
    }
    if (reply.status() == 400) {
      throw new StoreException(
          StoreException.Kind.SETTINGS,
          "index '" + name + "' cannot be created: " + reply.reason());
    }
    throw rest.faults().of(reply);
  }
}
