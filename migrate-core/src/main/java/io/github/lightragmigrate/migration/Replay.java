package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.replay.LogAdapter;
import io.github.lightragmigrate.replay.LogIndex;
import io.github.lightragmigrate.replay.LogReplacement;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.report.ReplayReport;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.transfer.OnConflict;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a target what a failure log holds, by the engine that writes everything else. Of a key
 * that is in the log twice, the last line counts. When all was dealt with and is durable, the log
 * is replaced by what remains: records that failed again, and lines that cannot or need not be
 * replayed. Until then it stays as it is, and can be replayed again.
 */
public final class Replay {

  private final Builder options;
  private final LogIndex log;
  private volatile @Nullable Migration running;
  private volatile boolean stopRequested;

  private Replay(Builder options) {
    this.options = options;
    this.log = LogIndex.of(options.file);
  }

  /** The target must be open for writing, unless it is a dry run. */
  public static Builder builder(Path failureLog, Endpoint target) {
    return new Builder(failureLog, target);
  }

  /** Records that can be replayed. */
  public long size() {
    return log.toReplay();
  }

  /** Ends the run early, and leaves the log as it is. May be called from any thread. */
  public void stop() {
    stopRequested = true;
    Migration migration = running;
    if (migration != null) {
      migration.stop();
    }
  }

  /**
   * Replays. Call it once.
   *
   * @return what happened, also when the target failed on the way
   * @throws StoreException SETTINGS when the log is replayed by somebody else
   * @throws UncheckedIOException when the log or its directory cannot be written
   */
  public ReplayReport run() {
    try (Endpoint source =
        Endpoint.open(new LogAdapter(log), Settings.of(Map.of()), Access.SOURCE)) {
      if (options.dryRun) {
        return report(migrate(source, Optional.empty()), true);
      }
      try (LogReplacement replacement = LogReplacement.begin(log)) {
        MigrationReport report = migrate(source, Optional.of(replacement.failures()));
        return isAtItsEnd(report) ? replaced(replacement, report) : report(report, true);
      }
    }
  }

  private MigrationReport migrate(Endpoint source, Optional<Path> failures) {
    Migration.Builder builder =
        Migration.builder(source, options.target)
            .selection(log.selection())
            .onConflict(options.onConflict)
            .batchSize(options.batchSize)
            .dryRun(options.dryRun)
            .sanitize(options.sanitize)
            .listener(options.listener)
            .onFault(options.faultHandler);
    failures.ifPresent(builder::failureLog);
    Optional.ofNullable(options.retryPolicy).ifPresent(builder::retryPolicy);
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
      return report(report, replacement.replace());
    } catch (StoreException | UncheckedIOException e) {
      options.faultHandler.accept(e);
      return report(failed(report, String.valueOf(e.getMessage())), true);
    }
  }

  /** What was written is written, but the log does not say so. */
  private static MigrationReport failed(MigrationReport report, String fault) {
    return with(report, Outcome.FAILED, Optional.of(fault), report.failureLog());
  }

  private ReplayReport report(MigrationReport report, boolean remains) {
    Optional<Path> where = remains ? Optional.of(options.file) : Optional.empty();
    return new ReplayReport(
        with(report, report.outcome(), report.fault(), where),
        log.unreadable(),
        log.sanitized(),
        log.torn(),
        options.file,
        remains);
  }

  private static MigrationReport with(
      MigrationReport report, Outcome outcome, Optional<String> fault, Optional<Path> failureLog) {
    return new MigrationReport(
        report.source(),
        report.target(),
        report.sourceCount(),
        report.accounts(),
        report.resumed(),
        report.batches(),
        report.duration(),
        report.dryRun(),
        outcome,
        fault,
        report.notes(),
        failureLog,
        Optional.empty());
  }

  /** Options of a replay. */
  public static final class Builder {

    private final Path file;
    private final Endpoint target;
    private OnConflict onConflict = OnConflict.OVERWRITE;
    private int batchSize = 1000;
    private boolean dryRun;
    private boolean sanitize;
    private MigrationListener listener = MigrationListener.NONE;
    private Consumer<RuntimeException> faultHandler = e -> {};
    private @Nullable RetryPolicy retryPolicy;

    private Builder(Path file, Endpoint target) {
      this.file = file;
      this.target = target;
    }

    public Builder onConflict(OnConflict value) {
      onConflict = value;
      return this;
    }

    /** Records in a batch, at least 1; 1,000 unless said otherwise. */
    public Builder batchSize(int value) {
      batchSize = value;
      return this;
    }

    /** Reads and reports, and writes nothing, the log included. */
    public Builder dryRun(boolean value) {
      dryRun = value;
      return this;
    }

    /** As {@link Migration.Builder#sanitize}. */
    public Builder sanitize(boolean value) {
      sanitize = value;
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

    /** Instead of what the target's settings say. */
    public Builder retryPolicy(RetryPolicy value) {
      retryPolicy = value;
      return this;
    }

    /**
     * Reads the log.
     *
     * @throws StoreException SETTINGS when there is no such file, or one of its lines, which is
     *     named, is none of a failure log
     */
    public Replay build() {
      return new Replay(this);
    }
  }
}
