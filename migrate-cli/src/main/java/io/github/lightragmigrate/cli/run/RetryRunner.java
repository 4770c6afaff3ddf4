package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.migration.Replay;
import io.github.lightragmigrate.report.ReplayReport;
import io.github.lightragmigrate.spi.StorageAdapter;

/** Replays a failure log before a person's eyes. */
public final class RetryRunner {

  private final Terminal terminal;
  private final Diagnostics diagnostics;
  private final StopRequest stop;
  private final RetryPlan plan;

  public RetryRunner(Terminal terminal, Diagnostics diagnostics, StopRequest stop, RetryPlan plan) {
    this.terminal = terminal;
    this.diagnostics = diagnostics;
    this.stop = stop;
    this.plan = plan;
  }

  /**
   * Opens the target, asks where it may, replays and shows the report.
   *
   * @return the exit code
   * @throws io.github.lightragmigrate.spi.StoreException when the target cannot be opened or the
   *     log cannot be understood
   */
  public int run(Stores stores, StorageAdapter to) {
    try (Endpoint target = stores.open(Side.TARGET, to, plan.targetAccess())) {
      target
          .store()
          .noticesAsTarget()
          .forEach(notice -> terminal.problem("Target: " + Text.oneLine(notice)));
      Replay replay = replay(target);
      if (plan.mayAsk() && terminal.interactive() && !confirmed(replay, target)) {
        return ExitCode.OK;
      }
      stop.running(replay::stop, terminal);
      ReplayReport report;
      try {
        report = replay.run();
      } finally {
        terminal.clearLive();
      }
      report.migration().fault().ifPresent(fault -> terminal.error(diagnostics.masked(fault)));
      new RetryText(report).lines().forEach(terminal::line);
      return ExitCode.of(report.outcome());
    }
  }

  private Replay replay(Endpoint target) {
    return Replay.builder(plan.failures(), target)
        .onConflict(plan.onConflict())
        .batchSize(plan.batchSize())
        .dryRun(plan.dryRun())
        .sanitize(plan.sanitize())
        .listener(new ProgressLines(terminal, diagnostics, plan.dryRun(), plan.quiet()))
        .onFault(diagnostics::trace)
        .build();
  }

  private boolean confirmed(Replay replay, Endpoint target) {
    terminal.line("");
    terminal.line(
        "Replay of "
            + Text.records(replay.size())
            + " from "
            + plan.failures()
            + " to "
            + SideText.name(target.side(), terminal.style())
            + (plan.dryRun() ? "; nothing will be written" : ""));
    boolean yes = YesNo.mayContinue(terminal);
    if (!yes) {
      terminal.line("");
      terminal.line("✗ Retry cancelled");
    }
    return yes;
  }
}
