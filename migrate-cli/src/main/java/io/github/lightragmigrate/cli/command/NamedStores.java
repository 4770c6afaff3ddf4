package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.adapters.AdapterCatalog;
import io.github.lightragmigrate.cli.config.SettingsLayers;
import io.github.lightragmigrate.cli.config.SettingsLayers.SideOptions;
import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.run.Stores;
import io.github.lightragmigrate.cli.run.UsageException;
import io.github.lightragmigrate.cli.terminal.Spelling;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the stores that a command names, and tells all that is wrong with its options at once. */
final class NamedStores {

  private final AdapterCatalog catalog;
  private final SettingsLayers layers;
  private final Stores stores;
  private final List<String> problems = new ArrayList<>();

  /** Reads the settings files, and warns of what it leaves aside. */
  NamedStores(CommonOptions common, FileOptions files, Map<Side, SideOptions> sides) {
    this.catalog = common.adapters();
    this.layers = files.load(sides, common.terminal());
    this.stores = new Stores(layers, common.diagnostics());
  }

  AdapterCatalog catalog() {
    return catalog;
  }

  Stores stores() {
    return stores;
  }

  /** Variables that look like a setting with a slip in its name, a line each. */
  List<String> misspelled() {
    Stream<String> names =
        catalog.adapters().stream()
            .flatMap(adapter -> adapter.settings().stream())
            .map(Setting::name);
    return layers.misspelled(Stream.concat(names, Stream.of("LIGHTRAG_KV_STORAGE")).toList());
  }

  void problem(String line) {
    problems.add(line);
  }

  /** The adapter of that name; empty where there is none, which is a problem, or no name. */
  Optional<StorageAdapter> find(String option, @Nullable String name) {
    if (name == null) {
      return Optional.empty();
    }
    Optional<StorageAdapter> adapter = catalog.find(name);
    if (adapter.isEmpty()) {
      String meant = Spelling.hint(catalog.nearest(name));
      problem(
          option
              + ": there is no store '"
              + name
              + "'"
              + (meant.isEmpty() ? "; known are " : meant + " Known are ")
              + catalog.names()
              + withoutAny());
    }
    return adapter;
  }

  private String withoutAny() {
    return catalog
        .directory()
        .filter(directory -> !catalog.hasAnyFrom(directory))
        .map(directory -> "; no jar in " + directory + " offers an adapter that can be used")
        .orElse("");
  }

  /** The same; what is wrong with its settings on that side is a problem too. */
  Optional<StorageAdapter> find(Side side, String option, @Nullable String name) {
    Optional<StorageAdapter> adapter = find(option, name);
    adapter.ifPresent(found -> problems.addAll(stores.problems(side, found)));
    return adapter;
  }

  /**
   * @throws UsageException when there was a problem
   */
  void refuseProblems() {
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }
}
