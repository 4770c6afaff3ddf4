package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.testkit.StoreContract;
import java.util.Collection;
import java.util.List;
import java.util.Map;

class PostgresContractIT extends StoreContract {

  private final Database database = Database.create();

  @Override
  protected StorageAdapter adapter() {
    return new PostgresAdapter();
  }

  @Override
  protected Settings settings(String workspace) {
    return database.settings(
        workspace.isEmpty() ? Map.of() : Map.of("POSTGRES_WORKSPACE", workspace));
  }

  @Override
  protected boolean exists(Settings settings) {
    return database.hasTable();
  }

  @Override
  protected List<CacheRecord> unholdable() {
    return Unstorable.records();
  }

  @Override
  protected void remove(Settings settings, Collection<String> keys) {
    keys.forEach(
        key ->
            database.execute(
                "DELETE FROM lightrag_llm_cache WHERE id = '" + key.replace("'", "''") + "'"));
  }
}
