package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.report.Accounts;
import io.github.lightragmigrate.report.Finding;
import io.github.lightragmigrate.report.VerificationReport;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.OnConflict;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.verify.Verifier;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of a target with its source: every field of every selected record, by value.
 * Writes nothing, whatever the stores are open for. What else the target has is no matter. Its
 * methods may be called from any thread.
 */
public final class Verification {

  private final VerificationRun run;
  private final Once once = new Once("verification");

  private Verification(VerificationOptions options) {
    this.run = new VerificationRun(options);
  }

  /** Both must be open, for any access. */
  public static Builder builder(Endpoint source, Endpoint target) {
    return new Builder(source, target);
  }

  /** Ends the run early. May be called from any thread, also before the run and after it. */
  public void stop() {
    run.stop();
  }

  /**
   * Compares, and checks that the numbers add up; returns when that is done. An interrupt of this
   * thread ends it early, as STOPPED, and the thread is still interrupted.
   *
   * @return what was found, also when a store failed on the way
   * @throws StoreException SETTINGS when source and target are the same place
   * @throws IllegalStateException the second time, or when one of the endpoints is closed
   */
  public VerificationReport run() {
    once.begin();
    return run.execute();
  }

  /**
   * Options of a comparison. May be built from more than once, and changed between. For one thread
   * at a time.
   */
  public static final class Builder {

    private final Endpoint source;
    private final Endpoint target;
    private MigrationListener listener = MigrationListener.NONE;
    private Consumer<Finding> findingHandler = finding -> {};
    private Consumer<RuntimeException> faultHandler = e -> {};
    private @Nullable RetryPolicy retryPolicy;
    private @Nullable Duration retryBudget;
    private @Nullable Accounts accounts;
    private @Nullable Counts sourceCounts;
    private Selection selection = Selection.ofTypes(Selection.DEFAULT_TYPES);
    private OnConflict onConflict = OnConflict.OVERWRITE;
    private Predicate<String> known = key -> false;
    private int batchSize = 1000;
    private int readers;

    private Builder(Endpoint source, Endpoint target) {
      this.source = Objects.requireNonNull(source, "source");
      this.target = Objects.requireNonNull(target, "target");
      this.readers = source.adapter().readers();
    }

    /** All of LightRAG's default types, unless said otherwise. */
    public Builder selection(Selection value) {
      selection = Objects.requireNonNull(value, "selection");
      return this;
    }

    /** As in the migration: a record that it left as it was is no difference. */
    public Builder onConflict(OnConflict value) {
      onConflict = Objects.requireNonNull(value, "onConflict");
      return this;
    }

    /** Keys that are in the failure log: counted apart when they are not the same. */
    public Builder known(Predicate<String> value) {
      known = Objects.requireNonNull(value, "known");
      return this;
    }

    /**
     * What the migration said that it did. More records that are known to have failed, or were
     * kept, than it told of are a contradiction, and the outcome is no success.
     */
    public Builder accounts(Accounts value) {
      accounts = Objects.requireNonNull(value, "accounts");
      return this;
    }

    /** Records read at once, at least 1; 1,000 unless said otherwise. */
    public Builder batchSize(int value) {
      batchSize = Arguments.atLeastOne("batch size", value);
      return this;
    }

    /**
     * Parts of the source that are read and compared at the same time, 1 to {@link
     * Migration#MAX_THREADS}; unless said otherwise, its adapter knows.
     */
    public Builder readers(int value) {
      readers = Arguments.threads("readers", value);
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

    /**
     * Is told of {@code started}, {@code verified} and {@code retrying}. What it throws ends the
     * comparison.
     */
    public Builder listener(MigrationListener value) {
      listener = Objects.requireNonNull(value, "listener");
      return this;
    }

    /** Is given every difference, by one thread at a time; the report has the first ones. */
    public Builder onFinding(Consumer<Finding> value) {
      findingHandler = Objects.requireNonNull(value, "onFinding");
      return this;
    }

    /** As {@link Migration.Builder#onFault}. */
    public Builder onFault(Consumer<RuntimeException> value) {
      faultHandler = Objects.requireNonNull(value, "onFault");
      return this;
    }

    /** The source's counts, where the caller has just counted. */
    public Builder sourceCounts(Counts value) {
      sourceCounts = Objects.requireNonNull(value, "sourceCounts");
      return this;
    }

    /** Takes the options as they are now. */
    public Verification build() {
      return new Verification(
          new VerificationOptions(
              new Ends(
                  source,
                  target,
                  Optional.ofNullable(retryPolicy),
                  Optional.ofNullable(retryBudget)),
              new Verifier.Options(selection, onConflict, known, batchSize, readers),
              listener,
              findingHandler,
              faultHandler,
              Optional.ofNullable(accounts),
              Optional.ofNullable(sourceCounts)));
    }
  }
}
