package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.terminal.Style;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.List;

/** A migration between two stores that were named. */
public final class FlagsMigration {

  private final Terminal terminal;
  private final Stores stores;
  private final Plan plan;
  private final MigrationRunner runner;
  private final RunReport runReport;
  private final boolean mayAsk;

  /**
   * @param mayAsk for confirmation, where a person sits in front of the terminal
   */
  public FlagsMigration(
      Terminal terminal,
      Stores stores,
      Plan plan,
      MigrationRunner runner,
      RunReport runReport,
      boolean mayAsk) {
    this.runReport = runReport;
    this.terminal = terminal;
    this.stores = stores;
    this.plan = plan;
    this.runner = runner;
    this.mayAsk = mayAsk;
  }

  /**
   * Opens both, counts, asks where it may, and migrates.
   *
   * @return the exit code
   * @throws io.github.lightragmigrate.spi.StoreException when a store cannot be opened or counted
   */
  public int run(StorageAdapter from, StorageAdapter to) {
    runReport.chosen(Side.SOURCE, from);
    runReport.chosen(Side.TARGET, to);
    try (Endpoint source = open(Side.SOURCE, from, Access.SOURCE);
        Endpoint target = open(Side.TARGET, to, plan.targetAccess())) {
      SamePlace.refuse(source, target);
      notices(Side.SOURCE, source.store().notices());
      // a dry run has it open for reading
      notices(Side.TARGET, target.store().noticesAsTarget());
      Counts counts = source.count(plan.selection(), found -> {});
      if (counts.total() == 0) {
        stores.elsewhere(source, plan.selection()).ifPresent(terminal::warning);
      }
      if (mayAsk && terminal.interactive()) {
        if (!confirmed(source, counts.total(), target)) {
          return ExitCode.OK;
        }
      } else if (!plan.quiet()) {
        announce(source, counts.total(), target);
      }
      return runner.run(source, counts, target);
    }
  }

  private Endpoint open(Side side, StorageAdapter adapter, Access access) {
    Endpoint endpoint = stores.open(side, adapter, access);
    runReport.opened(side, endpoint);
    return endpoint;
  }

  private boolean confirmed(Endpoint source, long count, Endpoint target) {
    long held = target.count(plan.selection(), found -> {}).total();
    return new Confirmation(terminal, plan, true).ask(source, count, target, held);
  }

  private void announce(Endpoint source, long count, Endpoint target) {
    Style style = terminal.style();
    terminal.line("");
    terminal.line("Source: " + SideText.name(source.side(), style) + " - " + Text.records(count));
    terminal.line(SideText.place(source.side()));
    terminal.line("Target: " + SideText.name(target.side(), style));
    terminal.line(SideText.place(target.side()));
  }

  private void notices(Side side, List<String> notices) {
    notices.forEach(notice -> terminal.problem(Stores.label(side) + ": " + Text.oneLine(notice)));
  }
}
