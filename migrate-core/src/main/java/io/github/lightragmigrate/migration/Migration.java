package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.checkpoint.Binding;
import io.github.lightragmigrate.checkpoint.CheckpointFile;
import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.OnConflict;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.transfer.Transfer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run from a source to a target. The caller opens and closes both.
 *
 * <pre>{@code
 * try (Endpoint source = Endpoint.open(new JsonStorageAdapter(), from, Access.SOURCE);
 *     Endpoint target = Endpoint.open(new RedisAdapter(), to, Access.TARGET)) {
 *   MigrationReport report = Migration.builder(source, target).build().run();
 * }
 * }</pre>
 *
 * <p>Its methods may be called from any thread. The engine reads and writes in threads of its own,
 * {@code lightrag-migrate-1} and so on, which have ended when {@link #run} returns, however it
 * ends.
 */
public final class Migration {

  /** Readers, and writers, that a migration has at the most: each is a thread. */
  public static final int MAX_THREADS = 256;

  private final MigrationRun run;
  private final Once once = new Once("migration");

  private Migration(MigrationOptions options) {
    this.run = new MigrationRun(options);
  }

  /**
   * Both must be open: the source for any access, the target for writing unless it is a dry run.
   */
  public static Builder builder(Endpoint source, Endpoint target) {
    return new Builder(source, target);
  }

  /**
   * Ends the run early: what was read is written and flushed. May be called from any thread, also
   * before the run and after it.
   */
  public void stop() {
    run.stop();
  }

  /**
   * Moves the selected records, makes them durable and checks that the numbers add up; returns when
   * that is done. An interrupt of this thread ends it early, as STOPPED: what was accepted is
   * flushed, the checkpoint is saved, and the thread is still interrupted.
   *
   * @return what happened, also when a store failed on the way: see {@link MigrationReport#outcome}
   *     and {@link MigrationReport#fault}
   * @throws StoreException SETTINGS when source and target are the same place, when checkpoint or
   *     failure log is a file of something else, or the checkpoint to resume from is of another
   *     migration or none
   * @throws IllegalStateException the second time, or when one of the endpoints is closed
   */
  public MigrationReport run() {
    once.begin();
    return run.execute();
  }

  /**
   * Options of a migration. May be built from more than once, and changed between. For one thread
   * at a time.
   */
  public static final class Builder {

    private final Endpoint source;
    private final Endpoint target;
    private MigrationListener listener = MigrationListener.NONE;
    private @Nullable RetryPolicy retryPolicy;
    private @Nullable Duration retryBudget;
    private Consumer<RuntimeException> faultHandler = e -> {};
    private @Nullable Path failureLog;
    private @Nullable Counts sourceCounts;
    private Selection selection = Selection.ofTypes(Selection.DEFAULT_TYPES);
    private OnConflict onConflict = OnConflict.OVERWRITE;
    private int batchSize = 1000;
    private int readers;
    private int writers;
    private int maxRecordsPerSecond;
    private boolean dryRun;
    private boolean sanitize;
    private @Nullable Path checkpoint;
    private boolean resume;
    private Duration checkpointInterval = Duration.ofSeconds(10);

    private Builder(Endpoint source, Endpoint target) {
      this.source = Objects.requireNonNull(source, "source");
      this.target = Objects.requireNonNull(target, "target");
      this.readers = source.adapter().readers();
      this.writers = target.adapter().writers();
    }

    /** All of LightRAG's default types, unless said otherwise. */
    public Builder selection(Selection value) {
      selection = Objects.requireNonNull(value, "selection");
      return this;
    }

    /**
     * What becomes of a key that the target has; the source's record wins, unless said otherwise.
     */
    public Builder onConflict(OnConflict value) {
      onConflict = Objects.requireNonNull(value, "onConflict");
      return this;
    }

    /** Records in a batch, at least 1; 1,000 unless said otherwise. */
    public Builder batchSize(int value) {
      batchSize = Arguments.atLeastOne("batch size", value);
      return this;
    }

    /**
     * Parts of the source that are read at the same time, 1 to {@link #MAX_THREADS}; unless said
     * otherwise, its adapter knows. A source that cannot be split is read by one, and a run that
     * resumes has the parts of the one before.
     */
    public Builder readers(int value) {
      readers = Arguments.threads("readers", value);
      return this;
    }

    /**
     * Calls to the target at the same time, 1 to {@link #MAX_THREADS}; unless said otherwise, its
     * adapter knows.
     */
    public Builder writers(int value) {
      writers = Arguments.threads("writers", value);
      return this;
    }

    /** Spares both stores: so many records a second at the most, on the average, at least 1. */
    public Builder maxRecordsPerSecond(int value) {
      maxRecordsPerSecond = Arguments.atLeastOne("records a second", value);
      return this;
    }

    /** Reads, counts and reports, and writes nothing. The target may be open as a source. */
    public Builder dryRun(boolean value) {
      dryRun = value;
      return this;
    }

    /** For both sides, instead of what each adapter's settings say. */
    public Builder retryPolicy(RetryPolicy value) {
      retryPolicy = Objects.requireNonNull(value, "retryPolicy");
      return this;
    }

    /** How long a call is tried that fails for the moment, instead of the policies' budget. */
    public Builder retryBudget(Duration value) {
      retryBudget = Arguments.notNegative("retryBudget", value);
      return this;
    }

    /** Is told how the run goes, instead of the one before: {@link MigrationListener#andThen}. */
    public Builder listener(MigrationListener value) {
      listener = Objects.requireNonNull(value, "listener");
      return this;
    }

    /**
     * Is given the exception whose message becomes the report's fault, by the thread that runs: for
     * its kind ({@link StoreException#kind}) and stack trace. Its message and those of its causes
     * are the driver's own and may hold a secret, unlike the report's. What it throws is a note of
     * the report.
     */
    public Builder onFault(Consumer<RuntimeException> value) {
      faultHandler = Objects.requireNonNull(value, "onFault");
      return this;
    }

    /**
     * Where records go that are not in the target; without it, the report alone tells of them. Made
     * at the first failure, and added to where it exists; another kind of file is refused by {@link
     * Migration#run}.
     */
    public Builder failureLog(Path file) {
      failureLog = Objects.requireNonNull(file, "failureLog");
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
     * its end. A dry run saves nothing. A file that exists and is none is refused by {@link
     * Migration#run}.
     */
    public Builder checkpoint(Path file) {
      checkpoint = Objects.requireNonNull(file, "checkpoint");
      return this;
    }

    /**
     * Time between two checkpoints at the least, 10 s unless said otherwise; zero for one after
     * every batch. A target that takes long to flush is asked more seldom, in a twentieth of the
     * time.
     */
    public Builder checkpointInterval(Duration value) {
      checkpointInterval = Arguments.notNegative("checkpointInterval", value);
      return this;
    }

    /**
     * Goes on from the {@link #checkpoint}, if the file exists, and adds to its failure log, unless
     * another is named.
     */
    public Builder resume(boolean value) {
      resume = value;
      return this;
    }

    /** The source's counts, where the caller has just counted. */
    public Builder sourceCounts(Counts value) {
      sourceCounts = Objects.requireNonNull(value, "sourceCounts");
      return this;
    }

    /**
     * Twelve hexadecimal digits, for a file's name. Two migrations with the same stores, selection,
     * {@code onConflict} and {@code sanitize} have the same, and can go on from each other's
     * checkpoints.
     */
    public String fingerprint() {
      return binding().fingerprint();
    }

    /**
     * A migration with the options as they are now. Touches neither store nor file.
     *
     * @throws IllegalStateException when an endpoint is closed, when the target is open for reading
     *     alone and it is no dry run, or {@link #resume} has no {@link #checkpoint}
     */
    public Migration build() {
      source.checkOpen();
      target.checkWritable(dryRun);
      if (resume && checkpoint == null) {
        throw new IllegalStateException("resume(true) needs a checkpoint(file) to go on from");
      }
      return new Migration(
          new MigrationOptions(
              new Ends(
                  source,
                  target,
                  Optional.ofNullable(retryPolicy),
                  Optional.ofNullable(retryBudget)),
              transferOptions(),
              binding(),
              listener,
              faultHandler,
              Optional.ofNullable(failureLog),
              dryRun ? Optional.empty() : Optional.ofNullable(checkpoint).map(CheckpointFile::new),
              resume,
              checkpointInterval,
              Optional.ofNullable(sourceCounts)));
    }

    private Transfer.Options transferOptions() {
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

    private Binding binding() {
      return Binding.of(
          source.side(),
          target.side(),
          selection,
          onConflict.name().toLowerCase(Locale.ROOT),
          sanitize);
    }
  }
}
