package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.testkit.StoreContract;
import java.util.LinkedHashMap;
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
  protected CacheRecord expected(CacheRecord written) {
    return asKept(written);
  }

  /** What the columns keep of a record. */
  static CacheRecord asKept(CacheRecord written) {
    Map<String, JsonValue> kept = new LinkedHashMap<>();
    kept.put("return", JsonValue.NULL);
    kept.put("cache_type", JsonValue.of(written.key().split(":", 3)[1]));
    kept.put("chunk_id", JsonValue.NULL);
    kept.put("original_prompt", JsonValue.NULL);
    kept.put("queryparam", JsonValue.NULL);
    kept.put("create_time", JsonValue.of(0));
    kept.put("update_time", JsonValue.of(0));
    kept.replaceAll((name, whenAbsent) -> written.field(name).orElse(whenAbsent));
    return CacheRecord.of(written.key(), kept);
  }
}
