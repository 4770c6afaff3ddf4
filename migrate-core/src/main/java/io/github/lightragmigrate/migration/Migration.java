package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.report.FailureLog;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.report.Tally;
import io.github.lightragmigrate.retry.Retrier;
import io.github.lightragmigrate.retry.RetryPolicy;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.transfer.Ledger;
import io.github.lightragmigrate.transfer.OnConflict;
import io.github.lightragmigrate.transfer.Transfer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run from a source to a target. The caller opens and closes both.
 *
 * <pre>{@code
 * try (Endpoint source = Endpoint.open(new JsonStorageAdapter(), from, Access.SOURCE);
 *     Endpoint target = Endpoint.open(new RedisStorageAdapter(), to, Access.TARGET)) {
 *   MigrationReport report = Migration.builder(source, target).build().run();
 * }
 * }</pre>
 */
public final class Migration {

  private final Endpoint source;
  private final Endpoint target;
  private final Builder options;
  private volatile @Nullable Transfer running;
  private volatile boolean stopRequested;

  private Migration(Builder options) {
    this.source = options.source;
    this.target = options.target;
    this.options = options;
  }

  /**
   * Both must be open: the source for any access, the target for writing unless it is a dry run.
   */
  public static Builder builder(Endpoint source, Endpoint target) {
    return new Builder(source, target);
  }

  /** Ends the run early: what was read is written and flushed. May be called from any thread. */
  public void stop() {
    stopRequested = true;
    Transfer transfer = running;
    if (transfer != null) {
      transfer.stop();
    }
  }

  /**
   * Moves the selected records, makes them durable and checks that the numbers add up. Call it
   * once.
   *
   * @return what happened, also when a store failed on the way
   * @throws StoreException SETTINGS when source and target are the same place
   */
  public MigrationReport run() {
    if (source.side().equals(target.side())) {
      throw new StoreException(
          StoreException.Kind.SETTINGS,
          "source and target are the same place: " + source.store().location());
    }
    long start = System.nanoTime();
    Retrier retrier = new Retrier(options.retryPolicy, options.listener);
    Run run = new Run(retrier);
    run.execute();
    return run.report(Duration.ofNanos(System.nanoTime() - start));
  }

  /** The state of one run. */
  private final class Run {

    private final Retrier retrier;
    private final List<String> notes = new ArrayList<>();
    private Outcome outcome = Outcome.COMPLETED;
    private Optional<String> fault = Optional.empty();
    private Ledger ledger;
    private long sourceCount;

    private Run(Retrier retrier) {
      this.retrier = retrier;
      this.ledger = ledger(0);
    }

    private Ledger ledger(long expected) {
      return new Ledger(options.selection, options.batchSize, expected, options.listener);
    }

    private void execute() {
      Optional<FailureLog> log = Optional.ofNullable(options.failures).map(FailureLog::new);
      try {
        Counts counts = options.counts == null ? count() : options.counts;
        sourceCount = counts.total();
        ledger = ledger(sourceCount);
        options.listener.started(counts);
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
    }

    private Counts count() {
      return retrier.call("counting", () -> source.store().count(options.selection, n -> {}));
    }

    private void transfer(Optional<FailureLog> log) {
      Transfer transfer =
          new Transfer(
              source.store(), target.store(), options.transferOptions(), retrier, log, ledger);
      running = transfer;
      if (stopRequested) {
        transfer.stop();
      }
      try {
        transfer.run();
      } catch (RuntimeException e) {
        failed(e);
      }
      if (transfer.isStopped() && outcome == Outcome.COMPLETED) {
        outcome = Outcome.STOPPED;
      }
      flush(transfer);
    }

    /** Also after a fault: what was accepted so far is worth keeping. */
    private void flush(Transfer transfer) {
      boolean interrupted = Thread.interrupted();
      try {
        options.listener.flushing();
        transfer.flush();
        options.listener.flushed();
      } catch (RuntimeException e) {
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
      Counts after = count();
      if (accounted == after.total()) {
        sourceCount = accounted;
        notes.add(
            "the source changed during the run: it had "
                + before.total()
                + " records at the start and has "
                + after.total()
                + " now");
      } else {
        outcome = Outcome.INCONSISTENT;
        fault =
            Optional.of(
                "the source counts "
                    + before.total()
                    + " records (now "
                    + after.total()
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
      options.faultHandler.accept(e);
    }

    private long lost() {
      Tally tally = ledger.total();
      return tally.failed() + tally.unreadable();
    }

    private MigrationReport report(Duration duration) {
      return new MigrationReport(
          source.side(),
          target.side(),
          sourceCount,
          ledger.total(),
          ledger.byType(),
          ledger.batches(),
          duration,
          options.dryRun,
          ledger.errors(),
          outcome,
          fault,
          notes,
          lost() > 0 ? Optional.ofNullable(options.failures) : Optional.empty());
    }
  }

  private String masked(String text) {
    return target.masked(source.masked(text));
  }

  /** Options of a migration. */
  public static final class Builder {

    private final Endpoint source;
    private final Endpoint target;
    private Selection selection = Selection.ofTypes(Selection.DEFAULT_TYPES);
    private OnConflict onConflict = OnConflict.OVERWRITE;
    private int batchSize = 1000;
    private int writers = 1;
    private boolean dryRun;
    private RetryPolicy retryPolicy = RetryPolicy.DEFAULT;
    private MigrationListener listener = MigrationListener.NONE;
    private Consumer<RuntimeException> faultHandler = e -> {};
    private @Nullable Path failures;
    private @Nullable Counts counts;

    private Builder(Endpoint source, Endpoint target) {
      this.source = source;
      this.target = target;
    }

    /** All of LightRAG's default types, unless said otherwise. */
    public Builder selection(Selection value) {
      selection = value;
      return this;
    }

    public Builder onConflict(OnConflict value) {
      onConflict = value;
      return this;
    }

    /** Records in a batch, at least 1; 1,000 unless said otherwise. */
    public Builder batchSize(int value) {
      batchSize = atLeastOne("batch size", value);
      return this;
    }

    /** Calls to the target at the same time, at least 1. */
    public Builder writers(int value) {
      writers = atLeastOne("writers", value);
      return this;
    }

    /** Reads, counts and reports, and writes nothing. The target may be open as a source. */
    public Builder dryRun(boolean value) {
      dryRun = value;
      return this;
    }

    public Builder retryPolicy(RetryPolicy value) {
      retryPolicy = value;
      return this;
    }

    public Builder listener(MigrationListener value) {
      listener = value;
      return this;
    }

    /** Is given the exception whose message becomes the report's fault: for stack traces. */
    public Builder onFault(Consumer<RuntimeException> value) {
      faultHandler = value;
      return this;
    }

    /** Where records go that are not in the target; without it, the report alone tells of them. */
    public Builder failureLog(Path file) {
      failures = file;
      return this;
    }

    /** The source's counts, where the caller has just counted. */
    public Builder sourceCounts(Counts value) {
      counts = value;
      return this;
    }

    /**
     * @throws IllegalStateException when the target is open for reading alone, and it is no dry run
     */
    public Migration build() {
      if (!dryRun && target.access() != Access.TARGET) {
        throw new IllegalStateException("the target is open as a source, and this is no dry run");
      }
      return new Migration(this);
    }

    private Transfer.Options transferOptions() {
      return new Transfer.Options(selection, onConflict, batchSize, writers, dryRun);
    }

    private static int atLeastOne(String what, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(what + " must be at least 1, not " + value);
      }
      return value;
    }
  }
}
