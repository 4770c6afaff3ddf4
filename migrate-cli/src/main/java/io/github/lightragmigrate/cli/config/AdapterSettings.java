package io.github.lightragmigrate.cli.config;

import io.github.lightragmigrate.cli.config.SettingsSources.Layer;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every setting that an adapter declares, looked up for one side of a migration. Immutable. */
public final class AdapterSettings {

  /**
   * A declared setting and where it is set.
   *
   * @param found empty where its default counts, if it has one
   */
  public record Entry(Setting setting, Optional<SettingsSources.Setting> found) {

    /** As {@link SettingsSources.Setting#origin}, or {@code default}, or {@code not set}. */
    public String origin() {
      return found
          .map(SettingsSources.Setting::origin)
          .orElse(setting.defaultValue().isPresent() ? "default" : "not set");
    }

    /** Whether nothing works without a value. */
    public boolean isNeeded() {
      return setting.required() && setting.defaultValue().isEmpty();
    }

    /** Whether it is set in the environment, in an env file or on the command line. */
    public boolean isVariable() {
      return found.filter(value -> value.layer() != Layer.CONFIG_INI).isPresent();
    }
  }

  private final List<Entry> entries;

  private AdapterSettings(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Looks up every setting.
   *
   * @throws SettingsFileException when an option of config.ini is needed and cannot be interpolated
   */
  public static AdapterSettings resolve(List<Setting> declared, SettingsSources sources) {
    Optional<SettingsSources.Setting> sideWorkspace =
        sources.lookup(Setting.WORKSPACE.name()).filter(SettingsSources.Setting::forSide);
    List<Entry> entries = new ArrayList<>();
    for (Setting setting : declared) {
      Optional<SettingsSources.Setting> found = find(setting, sources);
      // a workspace named for this side means more than a store's variable for both
      if (setting.type() == Setting.Type.WORKSPACE
          && found.filter(value -> !value.forSide()).isPresent()
          && sideWorkspace.isPresent()) {
        found = sideWorkspace;
      }
      entries.add(new Entry(setting, found));
    }
    return new AdapterSettings(entries);
  }

  /** In the order of the adapter. */
  public List<Entry> entries() {
    return entries;
  }

  public List<Entry> required() {
    return entries.stream().filter(entry -> entry.setting().required()).toList();
  }

  /** What is found; defaults are left to the adapter. */
  public Settings values() {
    Map<String, String> values = new HashMap<>();
    for (Entry entry : entries) {
      entry.found().ifPresent(found -> values.put(entry.setting().name(), found.value()));
    }
    return Settings.of(values);
  }

  private static Optional<SettingsSources.Setting> find(Setting setting, SettingsSources sources) {
    return setting.section().isEmpty()
        ? sources.lookup(setting.name())
        : sources.lookup(setting.name(), setting.section(), setting.option());
  }
}
