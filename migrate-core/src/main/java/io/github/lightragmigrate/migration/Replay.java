package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.replay.LogAdapter;
import io.github.lightragmigrate.replay.LogIndex;
import io.github.lightragmigrate.replay.LogReplacement;
import io.github.lightragmigrate.replay.Originals;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.report.OutputFile;
import io.github.lightragmigrate.report.ReplayReport;
import io.github.lightragmigrate.retry.Retrier;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.OnConflict;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a target what a failure log holds, by the engine that writes everything else. Of a key
 * that is in the log twice, the last line counts. When all was dealt with and is durable, the log
 * is replaced by what remains: records that failed again, and lines that cannot or need not be
 * replayed. Until then it stays as it is, and can be replayed again. A record that was cleaned is
 * written as it was, where this target can hold it so and has nothing newer. Its methods may be
 * called from any thread.
 */
public final class Replay {

  private final Endpoint target;
  private final boolean dryRun;
  private final Consumer<Migration.Builder> options;
  private final Consumer<RuntimeException> faultHandler;
  private final LogIndex log;
  private final ReplayReports reports;

  private final Once once = new Once("replay");
  private volatile @Nullable Migration running;
  private volatile boolean stopRequested;

  private Replay(Builder builder) {
    this.target = builder.target;
    this.dryRun = builder.dryRun;
    this.options = builder.options;
    this.faultHandler = builder.faultHandler;
    this.log = LogIndex.of(builder.file);
    this.reports = new ReplayReports(log, builder.file, builder.chooseOriginals(log));
  }

  /** The target must be open for writing, unless it is a dry run. */
  public static Builder builder(Path failureLog, Endpoint target) {
    return new Builder(failureLog, target);
  }

  /** Records that can be replayed. */
  public long size() {
    return log.toReplay();
  }

  /**
   * Ends the run early, and leaves the log as it is. May be called from any thread, also before the
   * run and after it.
   */
  public void stop() {
    stopRequested = true;
    Migration migration = running;
    if (migration != null) {
      migration.stop();
    }
  }

  /**
   * Replays; returns when that is done. An interrupt of this thread ends it early, as STOPPED; the
   * log is then as it was, and the thread still interrupted.
   *
   * @return what happened, also when the target failed on the way
   * @throws StoreException SETTINGS when the log is replayed by somebody else, or is not as it was
   *     when the replay was built
   * @throws UncheckedIOException when the log or its directory cannot be written
   * @throws IllegalStateException the second time, or when the target is closed
   */
  public ReplayReport run() {
    once.begin();
    try (Endpoint source =
        Endpoint.open(new LogAdapter(log), Settings.of(Map.of()), Access.SOURCE)) {
      if (dryRun) {
        return reports.of(migrate(source, Optional.empty()), true);
      }
      try (LogReplacement replacement = LogReplacement.begin(log)) {
        MigrationReport report = migrate(source, Optional.of(replacement.failures()));
        return isAtItsEnd(report) ? replaced(replacement, report) : reports.of(report, true);
      }
    }
  }

  private MigrationReport migrate(Endpoint source, Optional<Path> failures) {
    Migration.Builder builder =
        Migration.builder(source, target)
            .selection(log.selection())
            .dryRun(dryRun)
            .onFault(faultHandler);
    options.accept(builder);
    failures.ifPresent(builder::failureLog);
    Migration migration = builder.build();
    running = migration;
    if (stopRequested) {
      migration.stop();
    }
    return migration.run();
  }

  private static boolean isAtItsEnd(MigrationReport report) {
    return report.outcome() == Outcome.COMPLETED
        || report.outcome() == Outcome.COMPLETED_WITH_FAILURES;
  }

  private ReplayReport replaced(LogReplacement replacement, MigrationReport report) {
    try {
      return reports.of(report, replacement.replace());
    } catch (StoreException | UncheckedIOException e) {
      FaultHandler handler = new FaultHandler(target::masked, faultHandler);
      // what was written is written, but the log does not say so
      return reports.failed(report, handler.text(e), handler.tell(e));
    }
  }

  /**
   * Options of a replay. May be built from more than once, and changed between. For one thread at a
   * time.
   */
  public static final class Builder {

    private final Path file;
    private final Endpoint target;
    private boolean dryRun;
    private boolean sanitize;
    private OnConflict onConflict = OnConflict.OVERWRITE;
    private Consumer<RuntimeException> faultHandler = e -> {};
    private Consumer<Migration.Builder> options = migration -> {};

    private Builder(Path file, Endpoint target) {
      this.file = Objects.requireNonNull(file, "failureLog");
      this.target = Objects.requireNonNull(target, "target");
    }

    /** As {@link Migration.Builder#onConflict}. */
    public Builder onConflict(OnConflict value) {
      onConflict = Objects.requireNonNull(value, "onConflict");
      return with(migration -> migration.onConflict(value));
    }

    /** Records in a batch, at least 1; 1,000 unless said otherwise. */
    public Builder batchSize(int value) {
      int checked = Arguments.atLeastOne("batch size", value);
      return with(migration -> migration.batchSize(checked));
    }

    /** As {@link Migration.Builder#writers}. */
    public Builder writers(int value) {
      int checked = Arguments.threads("writers", value);
      return with(migration -> migration.writers(checked));
    }

    /** As {@link Migration.Builder#maxRecordsPerSecond}. */
    public Builder maxRecordsPerSecond(int value) {
      int checked = Arguments.atLeastOne("records a second", value);
      return with(migration -> migration.maxRecordsPerSecond(checked));
    }

    /** Reads and reports, and writes nothing, the log included. */
    public Builder dryRun(boolean value) {
      dryRun = value;
      return this;
    }

    /** As {@link Migration.Builder#sanitize}. */
    public Builder sanitize(boolean value) {
      sanitize = value;
      return with(migration -> migration.sanitize(value));
    }

    /** As {@link Migration.Builder#listener}. */
    public Builder listener(MigrationListener value) {
      Objects.requireNonNull(value, "listener");
      return with(migration -> migration.listener(value));
    }

    /** As {@link Migration.Builder#onFault}. */
    public Builder onFault(Consumer<RuntimeException> value) {
      faultHandler = Objects.requireNonNull(value, "onFault");
      return this;
    }

    /** Instead of what the target's settings say. */
    public Builder retryPolicy(RetryPolicy value) {
      Objects.requireNonNull(value, "retryPolicy");
      return with(migration -> migration.retryPolicy(value));
    }

    /** As {@link Migration.Builder#retryBudget}. */
    public Builder retryBudget(Duration value) {
      Duration checked = Arguments.notNegative("retryBudget", value);
      return with(migration -> migration.retryBudget(checked));
    }

    private long chooseOriginals(LogIndex log) {
      CacheStore store = target.store();
      Retrier retrier = new Retrier(target.retryPolicy(), MigrationListener.NONE);
      try {
        return new Originals(
                log,
                store,
                keys -> retrier.call("looking up", () -> store.find(keys)),
                onConflict,
                sanitize)
            .choose();
      } catch (StoreException e) {
        throw new StoreException(e.kind(), target.masked(String.valueOf(e.getMessage())), e);
      }
    }

    private Builder with(Consumer<Migration.Builder> option) {
      options = options.andThen(option);
      return this;
    }

    /**
     * Reads the log, and asks the target about records that were cleaned.
     *
     * @throws StoreException SETTINGS when there is no such file, also because a replay had nothing
     *     to leave in it, or one of its lines, which is named, is none of a failure log; any kind
     *     when the target cannot be asked
     * @throws UncheckedIOException when the log cannot be read
     * @throws IllegalStateException when the target is closed, or open for reading alone and it is
     *     no dry run
     */
    public Replay build() {
      target.checkWritable(dryRun);
      OutputFile log = OutputFile.failureLog(file);
      if (log.hasNameOfLightRag() || log.isAt(target.side())) {
        throw new StoreException(
            StoreException.Kind.SETTINGS,
            file + " is the file of a store, or is named like one: name a failure log");
      }
      return new Replay(this);
    }
  }
}
