package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.config.AdapterSettings;
import io.github.lightragmigrate.cli.config.SettingsFileException;
import io.github.lightragmigrate.cli.config.SettingsLayers;
import io.github.lightragmigrate.cli.config.SettingsSources;
import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.config.ShownValue;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.StoreException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Opens stores with the settings of a side. */
public final class Stores {

  private static final Setting KV_STORAGE =
      Setting.text("LIGHTRAG_KV_STORAGE", "LightRAG's KV storage").withDefault("JsonKVStorage");

  private final SettingsLayers layers;
  private final Diagnostics diagnostics;

  public Stores(SettingsLayers layers, Diagnostics diagnostics) {
    this.layers = layers;
    this.diagnostics = diagnostics;
  }

  /**
   * What a side sets of the adapter's settings.
   *
   * @throws SettingsFileException when an option of config.ini cannot be interpolated
   */
  public AdapterSettings settings(Side side, StorageAdapter adapter) {
    return layers.resolve(side, adapter.settings());
  }

  /** What is missing or malformed, a line each. */
  public List<String> problems(Side side, StorageAdapter adapter) {
    try {
      return settings(side, adapter).values().problems(adapter.settings()).stream()
          .map(problem -> label(side) + " " + adapter.name() + ": " + problem)
          .toList();
    } catch (SettingsFileException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Connects with the side's settings.
   *
   * @throws StoreException as {@link Endpoint#open}, naming the side; and as {@link #refuseMissing}
   */
  public Endpoint open(Side side, StorageAdapter adapter, Access access) {
    Endpoint endpoint;
    try {
      endpoint = open(adapter, settings(side, adapter), access);
    } catch (StoreException e) {
      throw new StoreException(
          e.kind(), label(side) + " " + adapter.name() + ": " + e.getMessage(), e);
    }
    try {
      refuseMissing(side, endpoint);
      return endpoint;
    } catch (StoreException e) {
      endpoint.close();
      throw e;
    }
  }

  /**
   * Keeps a mistyped source from passing for an empty one.
   *
   * @throws StoreException FAULT when it is the source, and a setting names a place that does not
   *     exist
   */
  public void refuseMissing(Side side, Endpoint endpoint) {
    Optional<Setting> missing = endpoint.store().missingPlace();
    if (side == Side.TARGET || missing.isEmpty()) {
      return;
    }
    String named =
        settings(side, endpoint.adapter()).entries().stream()
            .filter(entry -> entry.setting().equals(missing.get()))
            .map(entry -> ShownValue.of(entry).orElse("") + " (" + entry.origin() + ")")
            .findFirst()
            .orElse("a place");
    throw new StoreException(
        StoreException.Kind.FAULT,
        label(side)
            + " "
            + endpoint.adapter().name()
            + ": "
            + missing.get().name()
            + " names "
            + Text.oneLine(named)
            + ", which does not exist; the cache would be "
            + Text.oneLine(endpoint.location())
            + ". Correct the setting; nothing was written");
  }

  /**
   * Connects with these settings; from now on no message holds their secrets.
   *
   * @throws StoreException as {@link Endpoint#open}
   */
  public Endpoint open(StorageAdapter adapter, AdapterSettings resolved, Access access) {
    Settings values = resolved.values();
    diagnostics.hide(adapter.settings(), values);
    return Endpoint.open(
        adapter,
        values,
        access,
        e ->
            diagnostics.warn(
                adapter.name()
                    + " could not be closed, which does not touch what was made durable: "
                    + e.getMessage(),
                e));
  }

  /**
   * Connects with the side's settings, but to another workspace, for reading.
   *
   * @throws StoreException as {@link Endpoint#open}
   */
  public Endpoint open(Side side, StorageAdapter adapter, String workspace) {
    AdapterSettings resolved =
        layers.resolve(side, adapter.settings(), workspace, "another workspace");
    return open(adapter, resolved, Access.SOURCE);
  }

  /** LightRAG's class name of the storage that its own settings choose. */
  public String lightRagsStorage(Side side) {
    return layers.resolve(side, List.of(KV_STORAGE)).values().text(KV_STORAGE).strip();
  }

  /** Whether a setting of the store leads somewhere on this side; a workspace alone does not. */
  public boolean isConfigured(Side side, StorageAdapter adapter) {
    return settings(side, adapter).entries().stream()
        .anyMatch(
            entry -> entry.found().isPresent() && entry.setting().type() != Setting.Type.WORKSPACE);
  }

  /** Whether both sides have the same settings of the store. */
  public boolean sidesAgree(StorageAdapter adapter) {
    return found(Side.SOURCE, adapter).equals(found(Side.TARGET, adapter));
  }

  private List<Optional<String>> found(Side side, StorageAdapter adapter) {
    return settings(side, adapter).entries().stream()
        .map(entry -> entry.found().map(SettingsSources.Setting::value))
        .toList();
  }

  /** The message without secrets. */
  public String masked(StoreException e) {
    return diagnostics.masked(String.valueOf(e.getMessage()));
  }

  /** What to tell when the source is empty: where its records may be. */
  public Optional<String> elsewhere(Endpoint source, Selection selection) {
    return otherSpelling(source, selection).or(() -> OtherWorkspaces.hint(Side.SOURCE, source));
  }

  /**
   * What to tell when the source is empty: LightRAG's server stores a workspace {@code my-ws} under
   * {@code my_ws}, so the records may be there.
   */
  public Optional<String> otherSpelling(Endpoint source, Selection selection) {
    return otherSpelling(Side.SOURCE, source, selection);
  }

  /** The same for the store of one side. */
  public Optional<String> otherSpelling(Side side, Endpoint source, Selection selection) {
    String workspace = source.store().workspace();
    String spelled = workspace.replaceAll("[^a-zA-Z0-9_]", "_");
    if (spelled.equals(workspace)) {
      return Optional.empty();
    }
    try (Endpoint other = open(side, source.adapter(), spelled)) {
      long total = other.count(selection, found -> {}).total();
      return total == 0
          ? Optional.empty()
          : Optional.of(
              "workspace "
                  + spelled
                  + " holds "
                  + Text.records(total)
                  + ": LightRAG's server writes "
                  + Text.oneLine(workspace)
                  + " so");
    } catch (StoreException e) {
      // only a hint, and what was asked for has been answered
      return Optional.empty();
    }
  }

  /** {@code Source}. */
  public static String label(Side side) {
    String name = side.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }
}
