package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.report.FailureLog;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.report.Tally;
import io.github.lightragmigrate.retry.Retrier;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.transfer.Ledger;
import io.github.lightragmigrate.transfer.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of one run: count, transfer, flush, reconcile, report. */
final class MigrationRun {

  private final Migration.Builder builder;
  private final Transfer.Options options;
  private final Retrier sourceRetrier;
  private final Retrier targetRetrier;
  private final List<String> notes = new ArrayList<>();
  private Outcome outcome = Outcome.COMPLETED;
  private Optional<String> fault = Optional.empty();
  private Ledger ledger;
  private long sourceCount;

  private volatile boolean stopRequested;
  private volatile @Nullable Transfer running;

  MigrationRun(Migration.Builder builder) {
    this.builder = builder;
    this.options = builder.transferOptions();
    this.sourceRetrier = retrier(builder.source);
    this.targetRetrier = retrier(builder.target);
    this.ledger = newLedger();
  }

  void stop() {
    stopRequested = true;
    sourceRetrier.stop();
    targetRetrier.stop();
    Transfer transfer = running;
    if (transfer != null) {
      transfer.stop();
    }
  }

  MigrationReport execute() {
    if (builder.source.side().samePlaceAs(builder.target.side())) {
      throw new StoreException(
          StoreException.Kind.SETTINGS,
          "source and target are the same place: " + builder.source.store().location());
    }
    long start = System.nanoTime();
    Optional<FailureLog> log = builder.failureLog().map(FailureLog::new);
    try {
      Counts counts = builder.sourceCounts == null ? count() : builder.sourceCounts;
      sourceCount = counts.total();
      ledger = newLedger();
      builder.listener.started(counts);
      transfer(log);
      if (outcome == Outcome.COMPLETED) {
        reconcile(counts);
      }
    } catch (RuntimeException e) {
      failed(e);
    } finally {
      log.ifPresent(FailureLog::close);
    }
    if (outcome == Outcome.COMPLETED && lost() > 0) {
      outcome = Outcome.COMPLETED_WITH_FAILURES;
    }
    return report(Duration.ofNanos(System.nanoTime() - start));
  }

  private Retrier retrier(Endpoint endpoint) {
    RetryPolicy policy = builder.retryPolicy == null ? endpoint.retryPolicy() : builder.retryPolicy;
    return new Retrier(policy, builder.listener);
  }

  private Ledger newLedger() {
    return new Ledger(options.selection(), options.batchSize(), sourceCount, builder.listener);
  }

  private Counts count() {
    return sourceRetrier.call(
        "counting", () -> builder.source.store().count(options.selection(), n -> {}));
  }

  private void transfer(Optional<FailureLog> log) {
    Transfer transfer =
        new Transfer(
            builder.source.store(),
            builder.target.store(),
            options,
            sourceRetrier,
            targetRetrier,
            log,
            this::masked,
            ledger);
    running = transfer;
    if (stopRequested) {
      transfer.stop();
    }
    try {
      transfer.run();
    } catch (RuntimeException e) {
      failed(e);
    }
    if (transfer.stoppedEarly() && outcome == Outcome.COMPLETED) {
      outcome = Outcome.STOPPED;
    }
    flush(transfer);
  }

  /** Also after a fault: what was accepted so far is worth keeping. */
  private void flush(Transfer transfer) {
    boolean interrupted = Thread.interrupted();
    try {
      builder.listener.flushing();
      if (fault.isEmpty()) {
        targetRetrier.run("flushing", transfer::flush);
      } else {
        transfer.flush();
      }
      builder.listener.flushed();
    } catch (RuntimeException e) {
      notes.add(
          "the target did not confirm that the written records are durable: they may not be there");
      if (fault.isEmpty()) {
        failed(e);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A run that lost sight of a record must not end as a success. */
  private void reconcile(Counts before) {
    long accounted = ledger.total().accounted();
    if (!before.exact() || accounted == before.total()) {
      return;
    }
    long now = count().total();
    if (accounted == now) {
      sourceCount = now;
      notes.add(
          "the source changed during the run: it had "
              + before.total()
              + " records at the start and has "
              + now
              + " now");
    } else {
      outcome = Outcome.INCONSISTENT;
      fault =
          Optional.of(
              "the source counts "
                  + before.total()
                  + " records (now "
                  + now
                  + "), but "
                  + accounted
                  + " were read: stop whatever writes to the source and run again");
    }
  }

  private void failed(RuntimeException e) {
    boolean interrupted =
        e instanceof StoreException store && store.kind() == StoreException.Kind.INTERRUPTED;
    outcome = interrupted ? Outcome.STOPPED : Outcome.FAILED;
    fault = Optional.of(masked(String.valueOf(e.getMessage())));
    builder.faultHandler.accept(e);
  }

  private String masked(String text) {
    return builder.target.masked(builder.source.masked(text));
  }

  private long lost() {
    Tally tally = ledger.total();
    return tally.failed() + tally.unreadable();
  }

  private MigrationReport report(Duration duration) {
    return new MigrationReport(
        builder.source.side(),
        builder.target.side(),
        sourceCount,
        ledger.total(),
        ledger.byType(),
        ledger.batches(),
        duration,
        options.dryRun(),
        ledger.errors(),
        outcome,
        fault,
        notes,
        lost() > 0 ? builder.failureLog() : Optional.empty());
  }
}
