package org.example.sqlite;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testkit.StoreContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** All that is published of an adapter's duties. */
class SqliteContractTest extends StoreContract {

  @TempDir Path directory;

  @Override
  protected StorageAdapter adapter() {
    return new SqliteAdapter();
  }

  @Override
  protected Settings settings(String workspace) {
    return Settings.of(
        Map.of("SQLITE_PATH", file().toString(), "SQLITE_WORKSPACE", "", "WORKSPACE", workspace));
  }

  @Override
  protected boolean exists(Settings settings) {
    return Files.exists(file());
  }

  @Override
  protected List<CacheRecord> unholdable() {
    CacheRecord usual = SampleRecords.usual("extract", "name of a field");
    return List.of(SampleRecords.with(usual, "half a pair: \ud83d", JsonValue.of("x")));
  }

  @Override
  protected void remove(Settings settings, Collection<String> keys) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM llm_response_cache WHERE key = ?")) {
      for (String key : keys) {
        delete.setString(1, key);
        delete.executeUpdate();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path file() {
    return directory.resolve("cache.db");
  }
}
