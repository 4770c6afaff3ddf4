package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.checkpoint.Checkpoint;
import io.github.lightragmigrate.checkpoint.CheckpointFile;
import io.github.lightragmigrate.checkpoint.Progress;
import io.github.lightragmigrate.reading.Parts;
import io.github.lightragmigrate.report.Accounts;
import io.github.lightragmigrate.report.FailureLog;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.transfer.CacheTypes;
import io.github.lightragmigrate.transfer.Ledger;
import io.github.lightragmigrate.transfer.Route;
import io.github.lightragmigrate.worker.Workers;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run: count, go through the source, reconcile, report. */
final class MigrationRun {

  /** A target that is restarted again and again is not worth more. */
  private static final int MAX_ROUNDS = 4;

  private final MigrationOptions options;
  private final GuardedListener listener;
  private final Route route;
  private final RunState state;
  private final Sums sums;
  private Start start;
  private Ledger ledger;
  private long sourceCount;

  /** Records that earlier runs dealt with and this one counts on. */
  private long resumed;

  /** Whether there is a checkpoint of an earlier run. */
  private boolean hasCheckpoint;

  private volatile boolean stopRequested;
  private volatile @Nullable Round running;

  MigrationRun(MigrationOptions options) {
    this.options = options;
    this.state = new RunState(new FaultHandler(options.ends()::masked, options.onFault()));
    this.listener = new GuardedListener(options.listener(), this::stop);
    this.route = options.ends().route(listener);
    this.sums = new Sums(route, options.transfer().selection(), state);
    this.start = Start.atTheBeginning(options.binding(), options.failureLog(), Optional.empty());
    this.ledger = ledger(Progress.START);
  }

  void stop() {
    stopRequested = true;
    route.sourceRetrier().stop();
    route.targetRetrier().stop();
    Round round = running;
    if (round != null) {
      round.stop();
    }
  }

  MigrationReport execute() {
    options.ends().checkOpenAndApart();
    refuseForeign(options.failureLog());
    Optional<CheckpointFile> file = options.resume() ? options.checkpoint() : Optional.empty();
    Optional<Checkpoint> found = file.flatMap(this::found);
    long began = System.nanoTime();
    try {
      if (state.isCompleted()) {
        hasCheckpoint = found.isPresent();
        options.ends().checkSource();
        file.ifPresent(from -> start = start(from, found));
        start.note().ifPresent(state::note);
        work();
      }
    } catch (RuntimeException e) {
      // a listener that threw has stopped what was under way
      state.failed(listener.failure().orElse(e));
    } catch (OutOfMemoryError e) {
      state.failed(Workers.outOfMemory(e));
    } finally {
      start.failureLog().ifPresent(FailureLog::close);
    }
    listener.rethrowError();
    state.tellFaults();
    if (state.isCompleted() && lost() > 0) {
      state.ended(Outcome.COMPLETED_WITH_FAILURES);
    }
    return report(Duration.ofNanos(System.nanoTime() - began));
  }

  private void refuseForeign(Optional<Path> failureLog) {
    RunFiles.of(options.checkpoint().map(CheckpointFile::path), failureLog)
        .refuseForeign(options.ends().sides());
  }

  /** What is wrong with the checkpoint is refused; one that cannot be read is a fault. */
  private Optional<Checkpoint> found(CheckpointFile file) {
    try {
      Optional<Checkpoint> found = Start.checkpoint(file, options.binding());
      refuseForeign(
          options
              .failureLog()
              .or(() -> found.flatMap(Checkpoint::failures).map(Checkpoint.Failures::log)));
      return found;
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.SETTINGS) {
        throw e;
      }
      state.failed(e);
    } catch (UncheckedIOException e) {
      state.failed(e);
    }
    return Optional.empty();
  }

  private Start start(CheckpointFile file, Optional<Checkpoint> found) {
    return found
        .map(
            checkpoint ->
                Start.resumed(
                    checkpoint,
                    options.binding(),
                    options.transfer().selection(),
                    route.target(),
                    route.targetRetrier(),
                    options.failureLog()))
        .orElseGet(
            () ->
                Start.atTheBeginning(
                    options.binding(),
                    options.failureLog(),
                    Optional.of("there is no checkpoint " + file.path() + ": began at the start")));
  }

  private void work() {
    Counts counts = options.sourceCounts().orElseGet(sums::count);
    sourceCount = counts.total();
    listener.started(counts);
    if (listener.failure().isEmpty()) {
      migrate();
    } else {
      listener.failure().ifPresent(state::failed);
    }
    if (state.isCompleted()) {
      sourceCount = sums.ofSource(counts, ledger.total(), resumed);
    }
    if (state.isCompleted() && !options.transfer().dryRun()) {
      sums.ofTarget(ledger.total(), sourceCount);
    }
  }

  private void migrate() {
    Progress from = start.progress();
    for (int rounds = 1; ; rounds++) {
      boolean anew = from.equals(Progress.START);
      resumed = from.records();
      ledger = ledger(anew ? Progress.startOf(parts()) : from);
      Round round = new Round(options, route, listener, start, anew, state, ledger);
      running = round;
      if (stopRequested) {
        round.stop();
      }
      Optional<StoreException> again = round.run();
      if (again.isEmpty()) {
        if (state.isCompleted()) {
          round.finish();
        }
        return;
      }
      if (rounds == MAX_ROUNDS) {
        ledger.doubt();
        state.failed(again.get());
        return;
      }
      state.note(again.get().getMessage() + ": began anew at the start");
      start.failureLog().ifPresent(log -> log.rewind(start.failuresStart()));
      from = Progress.START;
    }
  }

  private List<Cursor> parts() {
    return Parts.of(
        route.source(),
        options.transfer().selection(),
        options.transfer().readers(),
        route.sourceRetrier());
  }

  private Ledger ledger(Progress from) {
    return new Ledger(
        new CacheTypes(options.transfer().selection()),
        options.transfer().batchSize(),
        sourceCount,
        from,
        listener);
  }

  private long lost() {
    return ledger.total().failed() + ledger.total().unreadable();
  }

  /**
   * A file that is there before the first round is this migration's only when it was resumed from.
   */
  private Optional<Path> checkpoint() {
    boolean own = running != null || hasCheckpoint;
    return options.checkpoint().map(CheckpointFile::path).filter(file -> own && Files.exists(file));
  }

  private MigrationReport report(Duration duration) {
    Accounts accounts = options.transfer().dryRun() ? ledger.all() : ledger.confirmed();
    return new MigrationReport(
        options.ends().source().side(),
        options.ends().target().side(),
        sourceCount,
        accounts,
        resumed,
        ledger.batches(),
        duration,
        options.transfer().dryRun(),
        state.outcome(),
        state.fault(),
        state.notes(),
        lost() + accounts.total().sanitized() > 0
            ? start.failureLog().map(FailureLog::file)
            : Optional.empty(),
        checkpoint());
  }
}
