package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.report.Accounts;
import io.github.lightragmigrate.report.Finding;
import io.github.lightragmigrate.report.VerificationReport;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.transfer.OnConflict;
import io.github.lightragmigrate.verify.Verifier;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of a target with its source: every field of every selected record, by value.
 * Writes nothing, whatever the stores are open for. What else the target has is no matter.
 */
public final class Verification {

  private final VerificationRun run;

  private Verification(Builder options) {
    this.run = new VerificationRun(options);
  }

  public static Builder builder(Endpoint source, Endpoint target) {
    return new Builder(source, target);
  }

  /** Ends the run early. May be called from any thread. */
  public void stop() {
    run.stop();
  }

  /**
   * Compares, and checks that the numbers add up. Call it once.
   *
   * @return what was found, also when a store failed on the way
   * @throws StoreException SETTINGS when source and target are the same place
   */
  public VerificationReport run() {
    return run.execute();
  }

  /** Options of a comparison. */
  public static final class Builder {

    final Endpoint source;
    final Endpoint target;
    MigrationListener listener = MigrationListener.NONE;
    Consumer<Finding> findingHandler = finding -> {};
    Consumer<RuntimeException> faultHandler = e -> {};
    @Nullable RetryPolicy retryPolicy;
    @Nullable Duration retryBudget;
    @Nullable Accounts accounts;
    @Nullable Counts sourceCounts;
    Selection selection = Selection.ofTypes(Selection.DEFAULT_TYPES);
    private OnConflict onConflict = OnConflict.OVERWRITE;
    private Predicate<String> known = key -> false;
    private int batchSize = 1000;
    private int readers;

    private Builder(Endpoint source, Endpoint target) {
      this.source = source;
      this.target = target;
      this.readers = source.adapter().readers();
    }

    /** All of LightRAG's default types, unless said otherwise. */
    public Builder selection(Selection value) {
      selection = value;
      return this;
    }

    /** As in the migration: a record that it left as it was is no difference. */
    public Builder onConflict(OnConflict value) {
      onConflict = value;
      return this;
    }

    /** Keys that are in the failure log: counted apart when they are not the same. */
    public Builder known(Predicate<String> value) {
      known = value;
      return this;
    }

    /**
     * What the migration said that it did. More records that are known to have failed, or were
     * kept, than it told of are a contradiction, and the outcome is no success.
     */
    public Builder accounts(Accounts value) {
      accounts = value;
      return this;
    }

    /** Records read at once, at least 1; 1,000 unless said otherwise. */
    public Builder batchSize(int value) {
      batchSize = Migration.Builder.atLeastOne("batch size", value);
      return this;
    }

    /**
     * Parts of the source that are read and compared at the same time, at least 1; unless said
     * otherwise, its adapter knows.
     */
    public Builder readers(int value) {
      readers = Migration.Builder.atLeastOne("readers", value);
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

    /** Is told of {@code started}, {@code verified} and {@code retrying}. */
    public Builder listener(MigrationListener value) {
      listener = value;
      return this;
    }

    /** Is given every difference; the report has the first ones. */
    public Builder onFinding(Consumer<Finding> value) {
      findingHandler = value;
      return this;
    }

    /** Is given the exception whose message becomes the report's fault: for stack traces. */
    public Builder onFault(Consumer<RuntimeException> value) {
      faultHandler = value;
      return this;
    }

    /** The source's counts, where the caller has just counted. */
    public Builder sourceCounts(Counts value) {
      sourceCounts = value;
      return this;
    }

    public Verification build() {
      return new Verification(this);
    }

    Verifier.Options options() {
      return new Verifier.Options(selection, onConflict, known, batchSize, readers);
    }
  }
}
