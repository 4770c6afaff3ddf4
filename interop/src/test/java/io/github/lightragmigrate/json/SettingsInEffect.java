package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Settings;
import java.util.Map;

/** What the adapter makes of its settings. */
public final class SettingsInEffect {

  private SettingsInEffect() {}

  public static Map<String, String> of(Settings settings) {
    try (CacheStore store = new JsonStorageAdapter().open(settings, Access.SOURCE)) {
      int port = HealthCheck.port(settings.text(JsonStorageAdapter.PORT));
      return Map.of(
          "WORKING_DIR",
          store.location(),
          "workspace",
          store.workspace(),
          "PORT",
          String.valueOf(port));
    }
  }
}
