package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.checkpoint.Binding;
import io.github.lightragmigrate.checkpoint.CheckpointFile;
import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.transfer.OnConflict;
import io.github.lightragmigrate.transfer.Transfer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
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

  private final MigrationRun run;

  private Migration(Builder options) {
    this.run = new MigrationRun(options);
  }

  /**
   * Both must be open: the source for any access, the target for writing unless it is a dry run.
   */
  public static Builder builder(Endpoint source, Endpoint target) {
    return new Builder(source, target);
  }

  /** Ends the run early: what was read is written and flushed. May be called from any thread. */
  public void stop() {
    run.stop();
  }

  /**
   * Moves the selected records, makes them durable and checks that the numbers add up. Call it
   * once.
   *
   * @return what happened, also when a store failed on the way
   * @throws StoreException SETTINGS when source and target are the same place, or the checkpoint to
   *     resume from is of another migration or none
   */
  public MigrationReport run() {
    return run.execute();
  }

  /** Options of a migration. */
  public static final class Builder {

    final Endpoint source;
    final Endpoint target;
    MigrationListener listener = MigrationListener.NONE;
    @Nullable RetryPolicy retryPolicy;
    @Nullable Duration retryBudget;
    Consumer<RuntimeException> faultHandler = e -> {};
    @Nullable Path failureLog;
    @Nullable Counts sourceCounts;
    private Selection selection = Selection.ofTypes(Selection.DEFAULT_TYPES);
    private OnConflict onConflict = OnConflict.OVERWRITE;
    private int batchSize = 1000;
    private int readers;
    private int writers;
    private int maxRecordsPerSecond;
    private boolean dryRun;
    private boolean sanitize;
    private @Nullable Path checkpoint;
    boolean resume;
    Duration checkpointInterval = Duration.ofSeconds(10);

    private Builder(Endpoint source, Endpoint target) {
      this.source = source;
      this.target = target;
      this.readers = source.adapter().readers();
      this.writers = target.adapter().writers();
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

    /**
     * Parts of the source that are read at the same time, at least 1; unless said otherwise, its
     * adapter knows. A source that cannot be split is read by one, and a run that resumes has the
     * parts of the one before.
     */
    public Builder readers(int value) {
      readers = atLeastOne("readers", value);
      return this;
    }

    /**
     * Calls to the target at the same time, at least 1; unless said otherwise, its adapter knows.
     */
    public Builder writers(int value) {
      writers = atLeastOne("writers", value);
      return this;
    }

    /** Spares both stores: so many records a second at the most, on the average, at least 1. */
    public Builder maxRecordsPerSecond(int value) {
      maxRecordsPerSecond = atLeastOne("records a second", value);
      return this;
    }

    /** Reads, counts and reports, and writes nothing. The target may be open as a source. */
    public Builder dryRun(boolean value) {
      dryRun = value;
      return this;
    }

    /** For both sides, instead of what each adapter's settings say. */
    public Builder retryPolicy(RetryPolicy value) {
      retryPolicy = value;
      return this;
    }

    /** How long a call is tried that fails for the moment, instead of the policies' budget. */
    public Builder retryBudget(Duration value) {
      retryBudget = value;
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
      failureLog = file;
      return this;
    }

    /**
     * Takes out of strings what the target cannot hold (lone surrogates, NUL), where that is all
     * that keeps a record out. The failure log has the record as it was.
     */
    public Builder sanitize(boolean value) {
      sanitize = value;
      return this;
    }

    /**
     * Where to save how far the run is, so that another can go on. Removed when the migration is at
     * its end. A dry run saves nothing.
     */
    public Builder checkpoint(Path file) {
      checkpoint = file;
      return this;
    }

    /**
     * Time between two checkpoints at the least, 10 s unless said otherwise; zero for one after
     * every batch. A target that takes long to flush is asked more seldom, in a twentieth of the
     * time.
     */
    public Builder checkpointInterval(Duration value) {
      if (value.isNegative()) {
        throw new IllegalArgumentException("checkpoint interval must not be negative: " + value);
      }
      checkpointInterval = value;
      return this;
    }

    /**
     * Goes on from the checkpoint, if there is one, and adds to its failure log, unless another is
     * named.
     */
    public Builder resume(boolean value) {
      resume = value;
      return this;
    }

    /** The source's counts, where the caller has just counted. */
    public Builder sourceCounts(Counts value) {
      sourceCounts = value;
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

    Transfer.Options transferOptions() {
      return new Transfer.Options(
          selection,
          onConflict,
          batchSize,
          readers,
          writers,
          maxRecordsPerSecond,
          dryRun,
          sanitize);
    }

    /** Which migration this is: two with the same can go on from each other's checkpoints. */
    public Binding binding() {
      return Binding.of(
          source.side(),
          target.side(),
          selection,
          onConflict.name().toLowerCase(Locale.ROOT),
          sanitize);
    }

    Optional<CheckpointFile> checkpoint() {
      return dryRun ? Optional.empty() : Optional.ofNullable(checkpoint).map(CheckpointFile::new);
    }

    Optional<Path> failureLog() {
      return Optional.ofNullable(failureLog);
    }

    String masked(String text) {
      return target.masked(source.masked(text));
    }

    static int atLeastOne(String what, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(what + " must be at least 1, not " + value);
      }
      return value;
    }
  }
}
