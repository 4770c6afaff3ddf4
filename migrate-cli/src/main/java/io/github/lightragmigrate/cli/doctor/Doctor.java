package io.github.lightragmigrate.cli.doctor;

import io.github.lightragmigrate.cli.config.AdapterSettings;
import io.github.lightragmigrate.cli.config.SettingsFileException;
import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.doctor.Diagnosis.Status;
import io.github.lightragmigrate.cli.run.OtherWorkspaces;
import io.github.lightragmigrate.cli.run.SamePlace;
import io.github.lightragmigrate.cli.run.StopRequest;
import io.github.lightragmigrate.cli.run.Stores;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.migration.Migration;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Looks at stores and writes to none. */
public final class Doctor {

  private final Stores stores;
  private final Selection selection;

  public Doctor(Stores stores, Selection selection) {
    this.stores = stores;
    this.selection = selection;
  }

  /**
   * The sides to look at: both, where each has settings of its own that lead somewhere.
   *
   * @param adapter of a store that no side was named for
   */
  public List<Side> sides(StorageAdapter adapter) {
    try {
      if (stores.sidesAgree(adapter) || !stores.isConfigured(Side.TARGET, adapter)) {
        return List.of(Side.SOURCE);
      }
      return stores.isConfigured(Side.SOURCE, adapter)
          ? List.of(Side.SOURCE, Side.TARGET)
          : List.of(Side.TARGET);
    } catch (SettingsFileException e) {
      // told when the store is looked at
      return List.of(Side.SOURCE);
    }
  }

  /**
   * Looks at one store with the settings of a side.
   *
   * @param asked look even when no setting leads to it
   */
  public Diagnosis examine(Side side, StorageAdapter adapter, boolean asked) {
    boolean inUse = stores.lightRagsStorage(side).equalsIgnoreCase(adapter.name());
    List<AdapterSettings.Entry> set = List.of();
    try {
      AdapterSettings settings = stores.settings(side, adapter);
      set = settings.entries().stream().filter(entry -> entry.found().isPresent()).toList();
      if (!asked && !inUse && !stores.isConfigured(side, adapter)) {
        return notReady(adapter, side, false, set, Status.NOT_CONFIGURED, unset(adapter));
      }
      try (Endpoint endpoint = stores.open(adapter, settings, Access.SOURCE)) {
        return ready(side, endpoint, inUse, set);
      }
    } catch (SettingsFileException e) {
      return notReady(
          adapter, side, inUse, set, Status.UNUSABLE_SETTINGS, String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      Status status =
          e.kind() == StoreException.Kind.SETTINGS ? Status.UNUSABLE_SETTINGS : Status.UNREACHABLE;
      return notReady(adapter, side, inUse, set, status, stores.masked(e));
    }
  }

  /**
   * What a target would make of a source's records: a dry run.
   *
   * @throws StoreException when one of them cannot be opened
   */
  public MigrationReport fit(
      StorageAdapter from, StorageAdapter to, StopRequest stop, Terminal terminal) {
    try (Endpoint source = stores.open(Side.SOURCE, from, Access.SOURCE);
        Endpoint target = stores.open(Side.TARGET, to, Access.SOURCE)) {
      SamePlace.refuse(source, target);
      Migration migration =
          Migration.builder(source, target).selection(selection).dryRun(true).build();
      stop.running(migration::stop, terminal);
      return migration.run();
    }
  }

  private static String unset(StorageAdapter adapter) {
    return adapter.settings().stream()
            .filter(setting -> setting.type() != Setting.Type.WORKSPACE)
            .findFirst()
            .map(setting -> "neither " + setting.name() + " nor another of its settings is set; ")
            .orElse("")
        + "--store "
        + adapter.id()
        + " looks anyway";
  }

  private static Diagnosis notReady(
      StorageAdapter adapter,
      Side side,
      boolean inUse,
      List<AdapterSettings.Entry> set,
      Status status,
      String reason) {
    return new Diagnosis(adapter, side, inUse, set, status, reason, "", List.of(), List.of());
  }

  private Diagnosis ready(
      Side side, Endpoint endpoint, boolean inUse, List<AdapterSettings.Entry> set) {
    CacheStore store = endpoint.store();
    String selected = store.workspace();
    Set<String> warnings =
        new LinkedHashSet<>(side == Side.TARGET ? store.noticesAsTarget() : store.notices());
    List<Holding> holdings = new ArrayList<>();
    Holding own = holding(() -> hold(endpoint, true), selected, true);
    holdings.add(own);
    for (String workspace : store.workspaces()) {
      if (!workspace.equals(selected)) {
        holdings.add(
            holding(() -> other(side, endpoint.adapter(), workspace, warnings), workspace, false));
      }
    }
    if (own.problem().isEmpty() && own.counts().total() == 0) {
      stores
          .otherSpelling(side, endpoint, selection)
          .or(() -> elsewhere(side, selected, holdings))
          .ifPresent(warnings::add);
    }
    return new Diagnosis(
        endpoint.adapter(),
        side,
        inUse,
        set,
        Status.READY,
        "",
        endpoint.location(),
        holdings,
        List.copyOf(warnings));
  }

  /** A target may well be empty. */
  private static Optional<String> elsewhere(Side side, String selected, List<Holding> holdings) {
    List<String> filled =
        holdings.stream()
            .filter(holding -> holding.counts().total() > 0)
            .map(Holding::workspace)
            .toList();
    return side == Side.TARGET ? Optional.empty() : OtherWorkspaces.hint(side, selected, filled);
  }

  private Holding holding(Supplier<Holding> look, String workspace, boolean selected) {
    try {
      return look.get();
    } catch (StoreException e) {
      Counts none = Counts.exact(Map.of());
      return new Holding(workspace, selected, none, 0, Optional.of(stores.masked(e)));
    }
  }

  private Holding other(Side side, StorageAdapter adapter, String workspace, Set<String> warnings) {
    try (Endpoint endpoint = stores.open(side, adapter, workspace)) {
      // a LightRAG server can hold one workspace's file and not another's
      warnings.addAll(endpoint.store().notices());
      return hold(endpoint, false);
    }
  }

  private Holding hold(Endpoint endpoint, boolean selected) {
    Counts counts = endpoint.count(selection, found -> {});
    long legacy = counts.total() == 0 ? 0 : endpoint.store().countLegacy(selection);
    return new Holding(endpoint.store().workspace(), selected, counts, legacy, Optional.empty());
  }
}
