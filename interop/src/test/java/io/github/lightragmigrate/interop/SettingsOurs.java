package io.github.lightragmigrate.interop;

import io.github.lightragmigrate.cli.config.SettingsFileException;
import io.github.lightragmigrate.cli.config.SettingsLayers;
import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/** What our command line makes of settings, the way that it opens a store. */
final class SettingsOurs {

  private static final Map<String, Function<Settings, Map<String, String>>> IN_EFFECT =
      Map.of(
          "json", io.github.lightragmigrate.json.SettingsInEffect::of,
          "redis", io.github.lightragmigrate.redis.SettingsInEffect::of,
          "postgres", io.github.lightragmigrate.postgres.SettingsInEffect::of,
          "mongo", io.github.lightragmigrate.mongo.SettingsInEffect::of,
          "opensearch", io.github.lightragmigrate.opensearch.SettingsInEffect::of);

  private SettingsOurs() {}

  static StorageAdapter adapter(String store) {
    return ServiceLoader.load(StorageAdapter.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(candidate -> candidate.id().equals(store))
        .findFirst()
        .orElseThrow();
  }

  /** Values by setting, or our message under {@link SettingsOracle#ERROR}. */
  static Map<String, String> values(String store, Path directory, Map<String, String> environment) {
    StorageAdapter adapter = adapter(store);
    try {
      Settings settings =
          SettingsLayers.load(directory, environment, Optional.empty(), Optional.empty(), Map.of())
              .resolve(Side.SOURCE, adapter.settings())
              .values();
      List<String> problems = settings.problems(adapter.settings());
      return problems.isEmpty()
          ? IN_EFFECT.get(store).apply(settings)
          : Map.of(SettingsOracle.ERROR, String.join("\n", problems));
    } catch (SettingsFileException | StoreException e) {
      return Map.of(SettingsOracle.ERROR, String.valueOf(e.getMessage()));
    }
  }
}
