package io.github.lightragmigrate.cli.wizard;

import io.github.lightragmigrate.cli.config.AdapterSettings;
import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.run.Counting;
import io.github.lightragmigrate.cli.run.Diagnostics;
import io.github.lightragmigrate.cli.run.ExitCode;
import io.github.lightragmigrate.cli.run.RunReport;
import io.github.lightragmigrate.cli.run.Stores;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.StoreException;
import java.util.List;
import java.util.Optional;

/** The dialogue about one side: choose, check, connect, count. */
final class StorageSetup {

  private final Terminal terminal;
  private final Diagnostics diagnostics;
  private final Stores stores;
  private final Selection selection;
  private final RunReport runReport;

  StorageSetup(
      Terminal terminal,
      Diagnostics diagnostics,
      Stores stores,
      Selection selection,
      RunReport runReport) {
    this.runReport = runReport;
    this.terminal = terminal;
    this.diagnostics = diagnostics;
    this.stores = stores;
    this.selection = selection;
  }

  Setup ask(Side side, String title, List<StorageAdapter> adapters, Access access) {
    String label = Stores.label(side);
    terminal.line("");
    terminal.line("=== " + label + " Storage Setup ===");
    Optional<StorageAdapter> chosen = new StorageMenu(terminal).choose(label, title, adapters);
    if (chosen.isEmpty()) {
      return Setup.CANCELLED;
    }
    StorageAdapter adapter = chosen.get();
    runReport.chosen(side, adapter);
    terminal.line("");
    terminal.line("Checking configuration...");
    AdapterSettings settings = stores.settings(side, adapter);
    Configuration configuration = new Configuration(adapter, settings);
    configuration.check().forEach(terminal::line);
    terminal.line("");
    terminal.line("Initializing " + label + " storage...");
    Endpoint endpoint;
    try {
      endpoint = stores.open(adapter, settings, access);
    } catch (StoreException e) {
      terminal.line("✗ Initialization failed: " + e.getMessage());
      diagnostics.trace(e);
      terminal.line("");
      configuration.hints().forEach(terminal::line);
      runReport.notBegun(e);
      return Setup.failed(ExitCode.of(e));
    }
    runReport.opened(side, endpoint);
    describe(endpoint, configuration);
    return count(endpoint);
  }

  private void describe(Endpoint endpoint, Configuration configuration) {
    terminal.line("- Storage Type: " + endpoint.adapter().name());
    terminal.line("- Workspace: " + Text.workspace(endpoint.store().workspace()));
    terminal.line("- Connection Status: ✓ Success");
    configuration.source().ifPresent(source -> terminal.line("- Configuration Source: " + source));
    endpoint.store().notices().forEach(notice -> terminal.line("- Note: " + Text.oneLine(notice)));
  }

  private Setup count(Endpoint endpoint) {
    terminal.line("");
    terminal.line("Counting cache records...");
    boolean done = false;
    try {
      Counts counts = new Counting(terminal).count(endpoint, selection);
      terminal.line("- Total: " + Text.records(counts.total()));
      done = true;
      return Setup.ready(endpoint, counts);
    } catch (StoreException e) {
      terminal.line("✗ Counting failed: " + diagnostics.masked(String.valueOf(e.getMessage())));
      diagnostics.trace(e);
      runReport.notBegun(e);
      return Setup.failed(ExitCode.of(e));
    } finally {
      if (!done) {
        endpoint.close();
      }
    }
  }
}
