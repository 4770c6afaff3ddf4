package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every storage adapter must do. Extend it in the adapter's tests, say how to reach a store,
 * and all tests run against it. Each message says which call must do what, and why.
 *
 * <p>A test that has not ended after 300 seconds fails, and names the call that it waits for:
 * JUnit's configuration parameter {@code migrate.contract.timeout} sets another number.
 */
@ExtendWith(TimeLimit.class)
public abstract class StoreContract
    implements PlaceRules,
        DescriptionRules,
        ReadingRules,
        ResumingRules,
        SplittingRules,
        WritingRules,
        CountingRules,
        AccountingRules,
        ConcurrencyRules {

  /** JUnit's configuration parameter for the seconds that a test may take. */
  static final String TIMEOUT = "migrate.contract.timeout";

  /** The adapter under test. */
  protected abstract StorageAdapter adapter();

  /**
   * Settings of a place that is empty, was never opened, and is another one for every test method;
   * the same for every call within a test but for the workspace.
   *
   * @param workspace empty for none
   */
  protected abstract Settings settings(String workspace);

  /**
   * Whether anything (file, table, index, collection, key) exists at the place of these settings.
   */
  protected abstract boolean exists(Settings settings);

  /**
   * Records that this store cannot hold, beside those of {@link PoisonRecords}: too long for it, or
   * of a form that it does not know. Each with a key of its own under {@code default:extract:}.
   */
  protected List<CacheRecord> unholdable() {
    return List.of();
  }

  /**
   * Whether the server refuses records for reasons that only it knows, so that {@link
   * CacheStore#rejected} cannot name them beforehand.
   */
  protected boolean serverMayRefuseMore() {
    return false;
  }

  /**
   * Removes these keys by the store's own means, as somebody else would. The SPI has no such call:
   * without it the rules on records that go during a scan are only half tested.
   */
  protected void remove(Settings settings, Collection<String> keys) {}

  /**
   * What is to be expected of {@link CacheStore#asStored}, where a test knows better: the record
   * itself.
   */
  protected CacheRecord expected(CacheRecord written) {
    return written;
  }

  /** For the rules alone. */
  @Override
  public final Place place() {
    return new Place(this);
  }
}
