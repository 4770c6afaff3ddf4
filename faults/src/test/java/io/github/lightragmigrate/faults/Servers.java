package io.github.lightragmigrate.faults;

import io.github.lightragmigrate.testservers.MongoTestServer;
import io.github.lightragmigrate.testservers.OpenSearchTestServer;
import io.github.lightragmigrate.testservers.PostgresTestServer;
import io.github.lightragmigrate.testservers.RedisTestServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Fresh workspaces on the servers that all tests of this JVM share. */
final class Servers {

  static final List<String> STORES = List.of("json", "redis", "postgres", "mongo", "opensearch");

  private Servers() {}

  /**
   * An empty workspace.
   *
   * @param directory for JSON files
   */
  static Place fresh(String store, Path directory) {
    String workspace = "w" + UUID.randomUUID().toString().replace("-", "");
    Map<String, String> settings =
        new HashMap<>(
            switch (store) {
              case "json" -> Map.of("WORKING_DIR", directory.toString());
              case "redis" -> RedisTestServer.shared().settings();
              case "postgres" -> PostgresTestServer.shared().settings();
              case "mongo" -> MongoTestServer.shared().settings("faults");
              case "opensearch" -> OpenSearchTestServer.sharedV2().settings();
              default -> throw new IllegalArgumentException(store);
            });
    settings.put("WORKSPACE", workspace);
    return new Place(store, settings);
  }

  static Path jsonFile(Place place) {
    return Path.of(place.settings().get("WORKING_DIR"))
        .resolve(place.settings().get("WORKSPACE"))
        .resolve("kv_store_llm_response_cache.json");
  }

  /** Where the place's server listens. */
  static InetSocketAddress address(Place place) {
    Map<String, String> settings = place.settings();
    return switch (place.store()) {
      case "redis" -> address(settings.get("REDIS_URI"));
      case "postgres" ->
          new InetSocketAddress(
              settings.get("POSTGRES_HOST"), Integer.parseInt(settings.get("POSTGRES_PORT")));
      case "mongo" -> address(settings.get("MONGO_URI"));
      case "opensearch" -> address("http://" + settings.get("OPENSEARCH_HOSTS"));
      default -> throw new IllegalArgumentException(place.store());
    };
  }

  /**
   * The place, reached through a proxy, with time-outs of seconds where there are settings for
   * them.
   */
  static Place through(int port, Place place) {
    String here = "127.0.0.1:" + port;
    return place.with(
        switch (place.store()) {
          case "redis" -> Map.of("REDIS_URI", "redis://" + here, "REDIS_SOCKET_TIMEOUT", "4");
          case "postgres" ->
              Map.of("POSTGRES_HOST", "127.0.0.1", "POSTGRES_PORT", Integer.toString(port));
          case "mongo" ->
              Map.of(
                  "MONGO_URI",
                  "mongodb://" + here + "/?directConnection=true&socketTimeoutMS=4000");
          case "opensearch" -> Map.of("OPENSEARCH_HOSTS", here, "OPENSEARCH_TIMEOUT", "4");
          default -> throw new IllegalArgumentException(place.store());
        });
  }

  private static InetSocketAddress address(String uri) {
    URI parsed = URI.create(uri);
    return new InetSocketAddress(parsed.getHost(), parsed.getPort());
  }
}
