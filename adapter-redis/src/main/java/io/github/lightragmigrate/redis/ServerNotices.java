package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What of a server's state matters to a migration and to the LightRAG that reads the result. */
final class ServerNotices {

  private final RedisServer server;
  private final RedisSettings settings;
  private final Access access;
  private final List<String> notices = new ArrayList<>();

  ServerNotices(RedisServer server, RedisSettings settings, Access access) {
    this.server = server;
    this.settings = settings;
    this.access = access;
  }

  List<String> read(RedisKeys keys) {
    eviction();
    if (server.info("server", "redis_mode").equals(Optional.of("cluster"))) {
      notices.add(
          "The server at "
              + settings.uri().place()
              + " is a node of a Redis Cluster: LightRAG is not aware of clusters, and only the keys"
              + " of this node are seen.");
    }
    if (access == Access.TARGET) {
      replica();
      persistence();
      nestedCache(keys.of("default"));
    }
    return List.copyOf(notices);
  }

  /** LightRAG 1.5.7 refuses such a server ({@code _ensure_no_eviction_policy}). */
  private void eviction() {
    Map<String, String> memory;
    try {
      memory = server.configuration("maxmemory*");
    } catch (StoreException e) {
      if (e.retryable()) {
        throw e;
      }
      notices.add(
          "The server does not tell its maxmemory-policy: make sure that it is noeviction or"
              + " volatile-*, or entries may be evicted.");
      return;
    }
    String policy = memory.getOrDefault("maxmemory-policy", "").strip().toLowerCase(Locale.ROOT);
    String limit = memory.getOrDefault("maxmemory", "0").strip();
    if (!limit.matches("0*") && policy.startsWith("allkeys")) {
      notices.add(
          "The server evicts entries when its memory is full (maxmemory "
              + limit
              + ", maxmemory-policy "
              + policy
              + ")"
              + (settings.evictionAllowed()
                  ? ", as REDIS_ALLOW_EVICTION_POLICY allows."
                  : ": LightRAG refuses to start on it. Set maxmemory-policy to noeviction, or"
                      + " REDIS_ALLOW_EVICTION_POLICY=true to accept the loss."));
    }
  }

  private void persistence() {
    try {
      if (configured("save").isEmpty() && configured("appendonly").equals("no")) {
        notices.add(
            "The server at "
                + settings.uri().place()
                + " keeps everything in memory only (save \"\", appendonly no): a restart loses the"
                + " cache.");
      }
    } catch (StoreException e) {
      if (e.retryable()) {
        throw e;
      }
      // that it tells nothing was said of its eviction policy
    }
  }

  /** A setting of the server that is not told is taken for a good one. */
  private String configured(String name) {
    return server.configuration(name).getOrDefault(name, "?").strip();
  }

  private void replica() {
    if (server.info("replication", "role").equals(Optional.of("slave"))) {
      notices.add(
          "The server at " + settings.uri().place() + " is a replica, which may refuse writes.");
    }
  }

  /** LightRAG converts a nested cache only while there is no flat key. */
  private void nestedCache(RedisKey key) {
    if (server.length(key) > 0) {
      notices.add(
          "The target holds a cache in LightRAG's old nested form, which LightRAG converts only"
              + " while no other entry is there: start LightRAG on it once before the migration.");
    }
  }
}
