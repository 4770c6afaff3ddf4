package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.report.Tally;
import io.github.lightragmigrate.report.Verdict;
import io.github.lightragmigrate.report.VerificationReport;
import io.github.lightragmigrate.report.VerificationReport.Outcome;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.transfer.Route;
import io.github.lightragmigrate.verify.Findings;
import io.github.lightragmigrate.verify.Verifier;
import io.github.lightragmigrate.worker.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The state of one comparison: count, compare, reconcile, report. */
final class VerificationRun {

  private final VerificationOptions options;
  private final Route route;
  private final Findings findings;
  private final Verifier verifier;
  private final List<String> notes = new ArrayList<>();
  private Outcome outcome = Outcome.SAME;
  private Optional<String> fault = Optional.empty();
  private long sourceCount;

  VerificationRun(VerificationOptions options) {
    this.options = options;
    this.route = options.ends().route(options.listener());
    this.findings = new Findings(options.ends()::masked, options.onFinding());
    this.verifier = new Verifier(route, options.comparing(), findings, this::progress);
  }

  void stop() {
    verifier.stop();
    route.sourceRetrier().stop();
    route.targetRetrier().stop();
  }

  VerificationReport execute() {
    options.ends().checkOpenAndApart();
    long began = System.nanoTime();
    try {
      options.ends().checkSource();
      Counts counts = options.sourceCounts().orElseGet(this::count);
      sourceCount = counts.total();
      options.listener().started(counts);
      if (!verifier.run(sourceCount)) {
        outcome = Outcome.STOPPED;
      } else {
        reconcile(counts);
      }
    } catch (RuntimeException e) {
      failed(e);
    } catch (OutOfMemoryError e) {
      failed(Workers.outOfMemory(e));
    }
    boolean differences = findings.counts().keySet().stream().anyMatch(Verdict::isDifference);
    if (outcome == Outcome.SAME && (differences || contradictsMigration())) {
      outcome = Outcome.DIFFERENT;
    }
    return report(Duration.ofNanos(System.nanoTime() - began));
  }

  private Counts count() {
    return route
        .sourceRetrier()
        .call("counting", () -> route.source().count(options.comparing().selection(), n -> {}));
  }

  private void progress(long done) {
    options.listener().verified(done, Math.max(done, sourceCount));
  }

  /** A source that leaves records out must not pass for one whose records are all the same. */
  private void reconcile(Counts before) {
    if (!before.exact()) {
      notes.add(
          "the source gives no exact count: whether all of its records were read is not known");
      return;
    }
    if (findings.total() == before.total()) {
      return;
    }
    long now = count().total();
    if (findings.total() == now) {
      sourceCount = now;
      notes.add(
          "the source changed during the run: it had "
              + before.total()
              + " records at the start and has "
              + now
              + " now");
      return;
    }
    outcome = Outcome.FAILED;
    fault =
        Optional.of(
            "the source counts "
                + before.total()
                + " records (now "
                + now
                + "), but "
                + findings.total()
                + " were read: stop whatever writes to the source and run again; where nothing does, its"
                + " adapter counts or reads wrongly, and the contract kit tells which");
  }

  /** An excuse for a difference must be one of those that the migration told of. */
  private boolean contradictsMigration() {
    if (options.accounts().isEmpty()) {
      return false;
    }
    Tally tally = options.accounts().get().total();
    boolean known =
        contradicts(
            Verdict.KNOWN,
            tally.failed() + tally.unreadable() + tally.sanitized(),
            "not the same and in the failure log");
    boolean kept = contradicts(Verdict.KEPT, tally.skipped(), "different and to be kept");
    return known || kept;
  }

  private boolean contradicts(Verdict verdict, long told, String what) {
    long found = findings.counts().getOrDefault(verdict, 0L);
    if (found <= told) {
      return false;
    }
    notes.add(what + ": " + records(found) + ", but the migration told of " + told + " only");
    return true;
  }

  private static String records(long count) {
    return count + (count == 1 ? " record" : " records");
  }

  private void failed(RuntimeException e) {
    boolean interrupted =
        e instanceof StoreException store && store.kind() == StoreException.Kind.INTERRUPTED;
    outcome = interrupted ? Outcome.STOPPED : Outcome.FAILED;
    FaultHandler handler = new FaultHandler(options.ends()::masked, options.onFault());
    fault = Optional.of(handler.text(e));
    handler.tell(e).ifPresent(notes::add);
  }

  private VerificationReport report(Duration duration) {
    List<String> all = new ArrayList<>(notes);
    long vanished = findings.counts().getOrDefault(Verdict.VANISHED, 0L);
    if (vanished > 0) {
      all.add("gone from the source when it was to be read: " + records(vanished));
    }
    return new VerificationReport(
        options.ends().source().side(),
        options.ends().target().side(),
        sourceCount,
        findings.counts(),
        findings.changedFields(),
        findings.first(),
        duration,
        outcome,
        fault,
        all);
  }
}
