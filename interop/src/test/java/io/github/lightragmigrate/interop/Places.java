package io.github.lightragmigrate.interop;

import io.github.lightragmigrate.testservers.MongoTestServer;
import io.github.lightragmigrate.testservers.OpenSearchTestServer;
import io.github.lightragmigrate.testservers.PostgresTestServer;
import io.github.lightragmigrate.testservers.RedisTestServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where each of the five stores is in these tests, as LightRAG's variables. */
final class Places {

  static final List<String> STORES = List.of("json", "redis", "postgres", "mongo", "opensearch");

  private final Path directory;
  private final String mongoDatabase;

  /**
   * @param directory for JSON files
   */
  Places(Path directory) {
    this.directory = directory;
    this.mongoDatabase = MongoTestServer.shared().newDatabase();
  }

  /** Variables that name the server, the database or the directory, and the workspace. */
  Map<String, String> settings(String store, String workspace) {
    Map<String, String> settings =
        new HashMap<>(
            switch (store) {
              case "json" -> Map.of("WORKING_DIR", directory.toString());
              case "redis" -> RedisTestServer.shared().settings();
              case "postgres" -> PostgresTestServer.shared().settings();
              case "mongo" -> MongoTestServer.shared().settings(mongoDatabase);
              case "opensearch" -> OpenSearchTestServer.sharedV2().settings();
              default -> throw new IllegalArgumentException(store);
            });
    settings.put("WORKSPACE", workspace);
    return settings;
  }
}
