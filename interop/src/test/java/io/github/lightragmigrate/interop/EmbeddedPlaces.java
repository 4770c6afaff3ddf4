package io.github.lightragmigrate.interop;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** {@link Places}, for tests that embed the engine. */
public final class EmbeddedPlaces {

  private EmbeddedPlaces() {}

  /**
   * Variables that name the servers, by store.
   *
   * @param directory for JSON files
   */
  public static Map<String, Map<String, String>> settings(Path directory) {
    Places places = new Places(directory);
    Map<String, Map<String, String>> settings = new HashMap<>();
    for (String store : Places.STORES) {
      settings.put(store, places.settings(store, ""));
    }
    return settings;
  }

  /** Variables that name a port where nothing listens, by store. */
  public static Map<String, Map<String, String>> nowhere() {
    return Map.of(
        "redis", Map.of("REDIS_URI", "redis://127.0.0.1:1"),
        "postgres",
            Map.of("POSTGRES_HOST", "127.0.0.1", "POSTGRES_PORT", "1", "POSTGRES_PASSWORD", "x"),
        "mongo", Map.of("MONGO_URI", "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200"),
        "opensearch", Map.of("OPENSEARCH_HOSTS", "127.0.0.1:1", "OPENSEARCH_USE_SSL", "false"));
  }

  /** The MongoDB fake is in this JVM, and has a thread for each client. */
  public static boolean isOfATestServer(String thread) {
    return thread.startsWith("mongo-server");
  }
}
