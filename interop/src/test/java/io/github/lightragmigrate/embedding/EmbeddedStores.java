package io.github.lightragmigrate.embedding;

import io.github.lightragmigrate.json.JsonStorageAdapter;
import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.mongo.MongoAdapter;
import io.github.lightragmigrate.opensearch.OpenSearchAdapter;
import io.github.lightragmigrate.postgres.PostgresAdapter;
import io.github.lightragmigrate.redis.RedisAdapter;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The five stores as an embedder opens them: by their classes, not by a service loader. */
final class EmbeddedStores {

  private static final List<StorageAdapter> ADAPTERS =
      List.of(
          new JsonStorageAdapter(),
          new RedisAdapter(),
          new PostgresAdapter(),
          new MongoAdapter(),
          new OpenSearchAdapter());

  private final Map<String, Map<String, String>> settings;

  /**
   * @param settings by id of the store
   */
  EmbeddedStores(Map<String, Map<String, String>> settings) {
    this.settings = settings;
  }

  static List<String> ids() {
    return ADAPTERS.stream().map(StorageAdapter::id).toList();
  }

  Endpoint open(String store, String workspace, Access access) {
    Map<String, String> values = new HashMap<>(settings.get(store));
    values.put("WORKSPACE", workspace);
    StorageAdapter adapter =
        ADAPTERS.stream().filter(each -> each.id().equals(store)).findFirst().orElseThrow();
    return Endpoint.open(adapter, Settings.of(values), access);
  }

  void fill(String store, String workspace, int records) {
    try (Endpoint endpoint = open(store, workspace, Access.TARGET)) {
      endpoint.store().upsert(SampleRecords.usual(records));
      endpoint.store().flush();
    }
  }
}
