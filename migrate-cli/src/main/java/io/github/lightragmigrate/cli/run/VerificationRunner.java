package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.migration.Verification;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.VerificationReport;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.OnConflict;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.Optional;

/** Compares two stores before a person's eyes. */
public final class VerificationRunner {

  private final Terminal terminal;
  private final Diagnostics diagnostics;
  private final StopRequest stop;
  private final boolean quiet;

  /**
   * @param quiet without progress
   */
  public VerificationRunner(
      Terminal terminal, Diagnostics diagnostics, StopRequest stop, boolean quiet) {
    this.terminal = terminal;
    this.diagnostics = diagnostics;
    this.stop = stop;
    this.quiet = quiet;
  }

  /**
   * Opens both for reading and compares them. Prints what went wrong, and no result.
   *
   * @throws io.github.lightragmigrate.spi.StoreException when a store cannot be opened
   */
  public VerificationReport run(
      Stores stores,
      StorageAdapter from,
      StorageAdapter to,
      Selection selection,
      OnConflict onConflict) {
    try (Endpoint source = stores.open(Side.SOURCE, from, Access.SOURCE);
        Endpoint target = stores.open(Side.TARGET, to, Access.SOURCE)) {
      SamePlace.refuse(source, target);
      notices(Side.SOURCE, source);
      notices(Side.TARGET, target);
      VerificationReport report =
          run(Verification.builder(source, target).selection(selection).onConflict(onConflict));
      if (report.outcome() == VerificationReport.Outcome.SAME && report.sourceCount() == 0) {
        stores.elsewhere(source, selection).ifPresent(terminal::warning);
      }
      return report;
    }
  }

  /** Runs what was prepared, with progress, and can be stopped meanwhile. */
  VerificationReport run(Verification.Builder prepared) {
    VerificationProgress progress = new VerificationProgress(terminal, diagnostics, quiet);
    Verification verification = prepared.listener(progress).onFault(diagnostics::trace).build();
    stop.running(verification::stop, terminal);
    VerificationReport report;
    try {
      report = verification.run();
    } finally {
      progress.end();
    }
    report.fault().ifPresent(fault -> terminal.error(diagnostics.masked(fault)));
    return report;
  }

  public void show(VerificationReport report) {
    new VerificationText(report, Optional.empty()).lines().forEach(terminal::line);
  }

  /**
   * @param migration that was verified
   */
  void show(VerificationReport report, MigrationReport migration) {
    new VerificationText(report, Optional.of(migration)).lines().forEach(terminal::line);
  }

  public static int exitCode(VerificationReport report) {
    return ExitCode.of(report.outcome());
  }

  private void notices(Side side, Endpoint endpoint) {
    endpoint
        .store()
        .notices()
        .forEach(notice -> terminal.problem(Stores.label(side) + ": " + Text.oneLine(notice)));
  }
}
