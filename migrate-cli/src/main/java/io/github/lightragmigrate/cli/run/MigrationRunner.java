package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.migration.Migration;
import io.github.lightragmigrate.migration.Verification;
import io.github.lightragmigrate.report.FailureLogKeys;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.VerificationReport;
import io.github.lightragmigrate.spi.Counts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Runs a migration before a person's eyes. */
public final class MigrationRunner {

  private final Terminal terminal;
  private final Diagnostics diagnostics;
  private final StopRequest stop;
  private final Plan plan;
  private final RunReport runReport;

  public MigrationRunner(
      Terminal terminal,
      Diagnostics diagnostics,
      StopRequest stop,
      Plan plan,
      RunReport runReport) {
    this.runReport = runReport;
    this.terminal = terminal;
    this.diagnostics = diagnostics;
    this.stop = stop;
    this.plan = plan;
  }

  /**
   * Runs it, shows its report and writes that to the file that was asked for.
   *
   * @return the exit code
   */
  public int run(Endpoint source, Counts counts, Endpoint target) {
    OutputFiles.refuseStores(plan, source, target);
    ProgressLines progress = new ProgressLines(terminal, diagnostics, plan.dryRun(), plan.quiet());
    Migration.Builder builder =
        Migration.builder(source, target)
            .selection(plan.selection())
            .sourceCounts(counts)
            .batchSize(plan.batchSize())
            .onConflict(plan.onConflict())
            .dryRun(plan.dryRun())
            .sanitize(plan.sanitize())
            .listener(progress.andThen(runReport.begin()))
            .onFault(diagnostics::trace);
    plan.pace().applyTo(builder);
    plan.retryBudget().ifPresent(builder::retryBudget);
    resumable(builder);
    Migration migration = builder.build();
    if (!plan.quiet()) {
      announce();
    }
    stop.running(migration::stop, terminal);
    MigrationReport report;
    try {
      report = migration.run();
    } finally {
      terminal.clearLive();
    }
    if (report.tally().unconfirmed() > 0 && !plan.quiet()) {
      terminal.line("✗ Persist failed");
    }
    report.fault().ifPresent(fault -> terminal.error(diagnostics.masked(fault)));
    new ReportText(report).lines().forEach(terminal::line);
    Optional<VerificationReport> verification = Optional.empty();
    if (plan.verify() && report.isFinished()) {
      verification = Optional.of(verify(source, target, report));
    }
    Optional<VerificationReport> found = verification;
    runReport.finished(report, found);
    return found
        .map(compared -> ExitCode.of(compared.outcome()))
        .filter(code -> code != ExitCode.OK)
        .orElse(ExitCode.of(report.outcome()));
  }

  private VerificationReport verify(Endpoint source, Endpoint target, MigrationReport report) {
    VerificationRunner runner = new VerificationRunner(terminal, diagnostics, stop, plan.quiet());
    Verification.Builder prepared =
        Verification.builder(source, target)
            .selection(plan.selection())
            .onConflict(plan.onConflict())
            .batchSize(plan.batchSize())
            .accounts(report.accounts());
    report.failureLog().map(FailureLogKeys::in).ifPresent(prepared::known);
    plan.pace().applyTo(prepared);
    plan.retryBudget().ifPresent(prepared::retryBudget);
    VerificationReport found = runner.run(prepared);
    runner.show(found, report);
    return found;
  }

  private void resumable(Migration.Builder builder) {
    Checkpoints checkpoints = plan.checkpoints();
    Path checkpoint = checkpoints.file(builder);
    builder
        .checkpoint(checkpoint)
        .checkpointInterval(checkpoints.interval())
        .resume(checkpoints.resume());
    Optional<Path> resumedLog = checkpoints.failureLog(builder);
    resumedLog.ifPresent(this::checkResumedLog);
    resumedLog.or(plan::failures).ifPresent(builder::failureLog);
    if (!checkpoints.resume() && !plan.dryRun() && Files.exists(checkpoint)) {
      terminal.warning(
          "an earlier run of this migration did not come to its end; this one begins anew, --resume"
              + " would have gone on with it");
    }
  }

  /** Failures of one migration are in one log: what it is verified against, and replayed from. */
  private void checkResumedLog(Path log) {
    if (plan.failuresNamed()
        && !plan.failures().map(MigrationRunner::absolute).equals(Optional.of(absolute(log)))) {
      throw new UsageException(
          "the run that is gone on with keeps its failures in "
              + log
              + ": leave --failures out, or name that file");
    }
  }

  private static Path absolute(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private void announce() {
    terminal.line("");
    terminal.line(
        plan.dryRun() ? "=== Starting Dry Run ===" : "=== Starting Streaming Migration ===");
    terminal.line(
        "💡 Memory-optimized mode: Processing " + Text.records(plan.batchSize()) + " at a time");
    terminal.line("");
  }
}
