package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.Collection;
import java.util.Map;

class InMemoryAdapterTest extends StoreContract {

  private final InMemoryAdapter adapter = new InMemoryAdapter();

  @Override
  protected StorageAdapter adapter() {
    return adapter;
  }

  @Override
  protected Settings settings(String workspace) {
    return Settings.of(Map.of(Setting.WORKSPACE.name(), workspace));
  }

  @Override
  protected boolean exists(Settings settings) {
    return adapter.exists(settings.text(Setting.WORKSPACE));
  }

  @Override
  protected void remove(Settings settings, Collection<String> keys) {
    adapter.remove(settings.text(Setting.WORKSPACE), keys);
  }
}
