package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.checkpoint.Progress;
import io.github.lightragmigrate.report.Accounts;
import io.github.lightragmigrate.report.FailureLog;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.retry.Retrier;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.transfer.CacheTypes;
import io.github.lightragmigrate.transfer.Ledger;
import io.github.lightragmigrate.transfer.Route;
import io.github.lightragmigrate.transfer.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of one run: count, transfer, flush, reconcile, report. */
final class MigrationRun {

  /** A target that is restarted again and again is not worth more. */
  private static final int MAX_ROUNDS = 4;

  private final Migration.Builder builder;
  private final Transfer.Options options;
  private final Route route;
  private final List<String> notes = new ArrayList<>();
  private Outcome outcome = Outcome.COMPLETED;
  private Optional<String> fault = Optional.empty();
  private Start start;
  private Ledger ledger;
  private long sourceCount;
  private boolean checkpointSaved;

  private volatile boolean stopRequested;
  private volatile @Nullable Transfer running;

  MigrationRun(Migration.Builder builder) {
    this.builder = builder;
    this.options = builder.transferOptions();
    this.route =
        new Route(
            builder.source.store(),
            retrier(builder.source),
            builder.target.store(),
            retrier(builder.target));
    this.start = Start.atTheBeginning(builder.failureLog(), Optional.empty());
    this.ledger = ledger(Progress.START);
  }

  void stop() {
    stopRequested = true;
    route.sourceRetrier().stop();
    route.targetRetrier().stop();
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
    long began = System.nanoTime();
    if (builder.resume) {
      start = resumed();
      start.note().ifPresent(notes::add);
    }
    try {
      Counts counts = builder.sourceCounts == null ? count() : builder.sourceCounts;
      sourceCount = counts.total();
      builder.listener.started(counts);
      migrate();
      if (outcome == Outcome.COMPLETED) {
        reconcile(counts);
      }
    } catch (RuntimeException e) {
      failed(e);
    } finally {
      start.failureLog().ifPresent(FailureLog::close);
    }
    if (outcome == Outcome.COMPLETED && lost() > 0) {
      outcome = Outcome.COMPLETED_WITH_FAILURES;
    }
    return report(Duration.ofNanos(System.nanoTime() - began));
  }

  private Start resumed() {
    return builder
        .checkpoint()
        .map(
            file ->
                Start.resumed(
                    file,
                    builder.binding(),
                    options.selection(),
                    route.target(),
                    route.targetRetrier(),
                    builder.failureLog()))
        .orElse(start);
  }

  private void migrate() {
    Progress from = start.progress();
    for (int round = 1; ; round++) {
      Optional<StoreException> again = round(from);
      if (again.isEmpty()) {
        return;
      }
      if (round == MAX_ROUNDS) {
        ledger.doubt();
        failed(again.get());
        return;
      }
      notes.add(masked(again.get().getMessage() + ": began anew at the start"));
      start.failureLog().ifPresent(log -> log.rewind(start.failuresStart()));
      from = Progress.START;
    }
  }

  /** Moves what is left; tells why all has to be done again, if it has. */
  private Optional<StoreException> round(Progress from) {
    ledger = ledger(from);
    Optional<TargetFlush> flush =
        options.dryRun()
            ? Optional.empty()
            : Optional.of(new TargetFlush(route.target(), route.targetRetrier()));
    Optional<CheckpointSaver> saver = flush.flatMap(this::saver);
    if (from.equals(Progress.START)) {
      saver.ifPresent(CheckpointSaver::delete);
    }
    Transfer transfer =
        new Transfer(
            route,
            options,
            from,
            start.failureLog(),
            this::masked,
            ledger,
            () -> saver.ifPresent(CheckpointSaver::afterChunk));
    running = transfer;
    if (stopRequested) {
      transfer.stop();
    }
    try {
      transfer.run();
    } catch (RuntimeException e) {
      if (beginsAnew(e, from)) {
        return Optional.of((StoreException) e);
      }
      failed(e);
    }
    if (transfer.stoppedEarly() && outcome == Outcome.COMPLETED) {
      outcome = Outcome.STOPPED;
    }
    return flush.flatMap(last -> end(last, saver));
  }

  private boolean beginsAnew(RuntimeException e, Progress from) {
    if (stopRequested || !(e instanceof StoreException fault)) {
      return false;
    }
    boolean cannotGoOn =
        fault.kind() == StoreException.Kind.INVALID_CURSOR
            && !from.equals(Progress.START)
            && ledger.total().accounted() == from.records();
    return cannotGoOn || e instanceof TargetFlush.RecordsLostException;
  }

  private Optional<CheckpointSaver> saver(TargetFlush flush) {
    return builder
        .checkpoint()
        .map(
            file ->
                new CheckpointSaver(
                    new CheckpointSaver.Options(
                        file,
                        builder.binding(),
                        builder.checkpointInterval,
                        start.failureLog(),
                        start.failuresStart()),
                    flush,
                    ledger));
  }

  /** Flushes also after a fault: what was accepted so far is worth keeping. */
  private Optional<StoreException> end(TargetFlush flush, Optional<CheckpointSaver> saver) {
    boolean interrupted = Thread.interrupted();
    try {
      builder.listener.flushing();
      Accounts accepted = ledger.all();
      if (fault.isEmpty()) {
        flush.run();
      } else {
        flush.once();
      }
      ledger.confirm(accepted);
      builder.listener.flushed();
      if (outcome == Outcome.COMPLETED) {
        saver.ifPresent(CheckpointSaver::delete);
      } else {
        saver.ifPresent(CheckpointSaver::saveFlushed);
        checkpointSaved = saver.isPresent();
      }
    } catch (TargetFlush.RecordsLostException e) {
      if (outcome == Outcome.COMPLETED && !stopRequested) {
        return Optional.of(e);
      }
      ledger.doubt();
      notes.add(String.valueOf(e.getMessage()));
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
    return Optional.empty();
  }

  /** A run that lost sight of a record must not end as a success. */
  private void reconcile(Counts before) {
    long accounted = ledger.total().accounted();
    if (!before.exact() || accounted == before.total()) {
      return;
    }
    if (start.isResumed() && route.source().mayRepeat() && accounted > before.total()) {
      notes.add(
          "the source gave "
              + (accounted - before.total())
              + " records to both runs, or had them removed: they are counted twice");
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

  private Counts count() {
    return route
        .sourceRetrier()
        .call("counting", () -> route.source().count(options.selection(), n -> {}));
  }

  private void failed(RuntimeException e) {
    boolean interrupted =
        e instanceof StoreException store && store.kind() == StoreException.Kind.INTERRUPTED;
    outcome = interrupted ? Outcome.STOPPED : Outcome.FAILED;
    fault = Optional.of(masked(String.valueOf(e.getMessage())));
    builder.faultHandler.accept(e);
  }

  private Retrier retrier(Endpoint endpoint) {
    RetryPolicy policy = builder.retryPolicy == null ? endpoint.retryPolicy() : builder.retryPolicy;
    return new Retrier(policy, builder.listener);
  }

  private Ledger ledger(Progress from) {
    return new Ledger(
        new CacheTypes(options.selection()),
        options.batchSize(),
        sourceCount,
        from,
        builder.listener);
  }

  private String masked(String text) {
    return builder.target.masked(builder.source.masked(text));
  }

  private long lost() {
    return ledger.total().failed() + ledger.total().unreadable();
  }

  private MigrationReport report(Duration duration) {
    Accounts accounts = options.dryRun() ? ledger.all() : ledger.confirmed();
    return new MigrationReport(
        builder.source.side(),
        builder.target.side(),
        sourceCount,
        accounts,
        start.progress().records(),
        ledger.batches(),
        duration,
        options.dryRun(),
        outcome,
        fault,
        notes,
        lost() + accounts.total().sanitized() > 0
            ? start.failureLog().map(FailureLog::file)
            : Optional.empty(),
        checkpointSaved ? builder.checkpoint().map(file -> file.path()) : Optional.empty());
  }
}
