package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.testkit.StoreContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class JsonContractTest extends StoreContract {

  @TempDir Path temp;

  @Override
  protected StorageAdapter adapter() {
    return new JsonStorageAdapter();
  }

  @Override
  protected Settings settings(String workspace) {
    return Settings.of(
        Map.of(
            JsonStorageAdapter.WORKING_DIR.name(),
            temp.resolve("storage").toString(),
            Setting.WORKSPACE.name(),
            workspace));
  }

  @Override
  protected boolean exists(Settings settings) {
    return Files.exists(temp.resolve("storage"));
  }
}
