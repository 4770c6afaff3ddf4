package io.github.lightragmigrate.cli.wizard;

import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.run.Confirmation;
import io.github.lightragmigrate.cli.run.Diagnostics;
import io.github.lightragmigrate.cli.run.ExitCode;
import io.github.lightragmigrate.cli.run.MigrationRunner;
import io.github.lightragmigrate.cli.run.Plan;
import io.github.lightragmigrate.cli.run.RunReport;
import io.github.lightragmigrate.cli.run.SamePlace;
import io.github.lightragmigrate.cli.run.Stores;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.cli.wizard.Setup.Ready;
import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.List;

/** The migration as a dialogue, with the screens of LightRAG's own tool. */
public final class Wizard {

  private static final String HEADER_RULE = "=".repeat(50);
  private static final String WARNING_RULE = "=".repeat(60);

  private final Terminal terminal;
  private final List<StorageAdapter> adapters;
  private final Stores stores;
  private final Plan plan;
  private final MigrationRunner runner;
  private final StorageSetup setup;

  public Wizard(
      Terminal terminal,
      Diagnostics diagnostics,
      List<StorageAdapter> adapters,
      Stores stores,
      Plan plan,
      MigrationRunner runner,
      RunReport runReport) {
    this.terminal = terminal;
    this.adapters = adapters;
    this.stores = stores;
    this.plan = plan;
    this.runner = runner;
    this.setup = new StorageSetup(terminal, diagnostics, stores, plan.selection(), runReport);
  }

  /**
   * Leads the dialogue to its end.
   *
   * @return the exit code
   */
  public int run() {
    terminal.line("");
    terminal.line(HEADER_RULE);
    terminal.line("LLM Cache Migration Tool - LightRAG");
    terminal.line(HEADER_RULE);
    Setup source = setup.ask(Side.SOURCE, "Supported KV Storage Types:", adapters, Access.SOURCE);
    return source.ready().map(this::withSource).orElse(source.exitCode());
  }

  private int withSource(Ready source) {
    try (Endpoint endpoint = source.endpoint()) {
      StorageAdapter chosen = endpoint.adapter();
      List<StorageAdapter> others = adapters.stream().filter(adapter -> adapter != chosen).toList();
      if (others.stream().noneMatch(this::isConfigured)) {
        notPossible(chosen, others);
        return ExitCode.OK;
      }
      if (source.counts().total() == 0) {
        terminal.line("");
        terminal.line("⚠️  Source storage has no cache records to migrate");
        stores.refuseMissing(Side.SOURCE, endpoint);
        stores
            .elsewhere(endpoint, plan.selection())
            .ifPresent(hint -> terminal.line("   Note: " + hint));
        return ExitCode.OK;
      }
      Setup target =
          setup.ask(
              Side.TARGET,
              "Available Storage Types for Target (source: " + chosen.name() + " excluded):",
              others,
              plan.targetAccess());
      if (target.exitCode() != ExitCode.OK) {
        terminal.line("");
        terminal.line("✗ Target storage setup failed");
      }
      return target.ready().map(ready -> migrate(source, ready)).orElse(target.exitCode());
    }
  }

  private int migrate(Ready source, Ready target) {
    try (Endpoint endpoint = target.endpoint()) {
      SamePlace.refuse(source.endpoint(), endpoint);
      boolean confirmed =
          new Confirmation(terminal, plan)
              .ask(source.endpoint(), source.counts().total(), endpoint, target.counts().total());
      return confirmed ? runner.run(source.endpoint(), source.counts(), endpoint) : ExitCode.OK;
    }
  }

  private boolean isConfigured(StorageAdapter adapter) {
    return new Configuration(adapter, stores.settings(Side.TARGET, adapter)).isSet();
  }

  private void notPossible(StorageAdapter source, List<StorageAdapter> others) {
    terminal.line("");
    terminal.line(WARNING_RULE);
    terminal.line("⚠️  Warning: Migration Not Possible");
    terminal.line(WARNING_RULE);
    terminal.line("Only 1 storage type(s) available.");
    terminal.line("Migration requires at least 2 different storage types.");
    terminal.line("");
    terminal.line("To enable migration, configure additional storage:");
    terminal.line("  1. Set environment variables, OR");
    terminal.line("  2. Update config.ini file");
    terminal.line("");
    terminal.line("Supported storage types:");
    for (StorageAdapter adapter : others) {
      terminal.line("  - " + adapter.name());
      adapter.settings().stream()
          .filter(setting -> setting.required())
          .forEach(setting -> terminal.line("    Required: " + setting.name()));
    }
    terminal.line(WARNING_RULE);
    new WaysOut(source, others).lines().forEach(terminal::line);
  }
}
