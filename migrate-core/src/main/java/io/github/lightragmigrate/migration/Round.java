package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.report.Accounts;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.transfer.Ledger;
import io.github.lightragmigrate.transfer.Route;
import io.github.lightragmigrate.transfer.Transfer;
import java.util.Optional;

/**
 * One way through the source, from a place of it to its end, with the flush and the checkpoints.
 */
final class Round {

  private final MigrationOptions options;
  private final GuardedListener listener;
  private final boolean anew;
  private final RunState state;
  private final Ledger ledger;
  private final Optional<TargetFlush> flush;
  private final Optional<CheckpointSaver> saver;
  private final Transfer transfer;
  private volatile boolean stopRequested;

  /**
   * Asks the target for its incarnation, before the first write.
   *
   * @param anew at the source's very start, and not where the checkpoint of {@code start} says
   */
  Round(
      MigrationOptions options,
      Route route,
      GuardedListener listener,
      Start start,
      boolean anew,
      RunState state,
      Ledger ledger) {
    this.options = options;
    this.listener = listener;
    this.anew = anew;
    this.state = state;
    this.ledger = ledger;
    this.flush =
        options.transfer().dryRun()
            ? Optional.empty()
            : Optional.of(new TargetFlush(route.target(), route.targetRetrier()));
    this.saver = flush.flatMap(target -> saver(target, start));
    this.transfer =
        new Transfer(
            route,
            options.transfer(),
            ledger.resumable(),
            start.failureLog(),
            options.ends()::masked,
            ledger,
            listener,
            () -> saver.ifPresent(CheckpointSaver::afterChunk));
  }

  private Optional<CheckpointSaver> saver(TargetFlush target, Start start) {
    return options
        .checkpoint()
        .map(
            file ->
                new CheckpointSaver(
                    new CheckpointSaver.Options(
                        file,
                        options.binding(),
                        options.checkpointInterval(),
                        start.failureLog(),
                        start.failuresStart()),
                    target,
                    ledger,
                    listener));
  }

  void stop() {
    stopRequested = true;
    transfer.stop();
  }

  /** Moves what is left; tells why all has to be done again, if it has. */
  Optional<StoreException> run() {
    if (anew) {
      saver.ifPresent(CheckpointSaver::delete);
    }
    Optional<RuntimeException> fault = Optional.empty();
    try {
      transfer.run();
    } catch (RuntimeException e) {
      if (beginsAnew(e)) {
        return Optional.of((StoreException) e);
      }
      fault = Optional.of(e);
    } catch (Error e) {
      flush.ifPresent(target -> keepAccepted(target, e));
      throw e;
    }
    // its end of the run can be what another fault comes of
    (listener.failure().isPresent() ? listener.failure() : fault).ifPresent(state::failed);
    if (transfer.stoppedEarly() && state.isCompleted()) {
      state.ended(Outcome.STOPPED);
    }
    Optional<StoreException> again = flush.flatMap(this::end);
    heedListener();
    return again;
  }

  /** Whatever ended the run, what was accepted so far is worth keeping. */
  private static void keepAccepted(TargetFlush target, Error e) {
    try {
      target.once();
    } catch (RuntimeException | Error also) {
      e.addSuppressed(also);
    }
  }

  private void heedListener() {
    if (state.fault().isEmpty()) {
      listener.failure().ifPresent(state::failed);
    }
  }

  private boolean beginsAnew(RuntimeException e) {
    if (stopRequested || !(e instanceof StoreException fault)) {
      return false;
    }
    boolean cannotGoOn = fault.kind() == StoreException.Kind.INVALID_CURSOR && !anew;
    return cannotGoOn || e instanceof TargetFlush.RecordsLostException;
  }

  /** Flushes also after a fault: what was accepted so far is worth keeping. */
  private Optional<StoreException> end(TargetFlush target) {
    boolean interrupted = Thread.interrupted();
    boolean durable = false;
    try {
      listener.flushing();
      Accounts accepted = ledger.all();
      if (state.fault().isEmpty()) {
        target.run();
      } else {
        target.once();
      }
      durable = true;
      ledger.confirm(accepted);
      listener.flushed();
      heedListener();
      if (!state.isCompleted()) {
        saver.ifPresent(CheckpointSaver::saveFlushed);
      }
    } catch (TargetFlush.RecordsLostException e) {
      if (state.isCompleted() && !stopRequested) {
        return Optional.of(e);
      }
      ledger.doubt();
      state.note(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      if (!durable) {
        state.note(
            "the target did not confirm that the written records are durable: they may not be"
                + " there");
      }
      if (state.fault().isEmpty()) {
        state.failed(e);
      } else if (durable) {
        state.note(String.valueOf(e.getMessage()));
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return Optional.empty();
  }

  /** The migration is at its end: nothing is left to go on with. */
  void finish() {
    saver.ifPresent(CheckpointSaver::delete);
  }
}
