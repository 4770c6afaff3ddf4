package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.reading.Breach;
import io.github.lightragmigrate.report.Side;
import io.github.lightragmigrate.retry.Retrier;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** An open store with the adapter and the settings that it was opened with. */
public final class Endpoint implements AutoCloseable {

  private final StorageAdapter adapter;
  private final CacheStore store;
  private final Access access;
  private final SecretMask mask;
  private final SecretMask placeMask;
  private final RetryPolicy retryPolicy;
  private final Optional<Consumer<RuntimeException>> closeFaultHandler;

  private Endpoint(
      StorageAdapter adapter,
      CacheStore store,
      Access access,
      SecretMask mask,
      SecretMask placeMask,
      RetryPolicy retryPolicy,
      Optional<Consumer<RuntimeException>> closeFaultHandler) {
    this.placeMask = placeMask;
    this.closeFaultHandler = closeFaultHandler;
    this.retryPolicy = retryPolicy;
    this.adapter = adapter;
    this.store = store;
    this.access = access;
    this.mask = mask;
  }

  /**
   * Checks the settings and connects. Nobody tries again: a store that is away is told of at once.
   *
   * @param settings under LightRAG's names; the environment is not looked at
   * @throws StoreException SETTINGS with all that is missing or malformed in one message, a line
   *     each; UNAVAILABLE or DENIED when the store cannot be reached; FAULT when the adapter does
   *     not keep the contract of the SPI; never with a secret in its message
   */
  public static Endpoint open(StorageAdapter adapter, Settings settings, Access access) {
    return open(adapter, settings, access, Optional.empty());
  }

  /**
   * The same, for those to whom a store that cannot be closed is no fault of the run: what was
   * flushed is durable.
   *
   * @param closeFaultHandler is given what {@link #close} would throw, its message without secrets
   * @throws StoreException as {@link #open(StorageAdapter, Settings, Access)}
   */
  public static Endpoint open(
      StorageAdapter adapter,
      Settings settings,
      Access access,
      Consumer<RuntimeException> closeFaultHandler) {
    return open(adapter, settings, access, Optional.of(closeFaultHandler));
  }

  private static Endpoint open(
      StorageAdapter adapter,
      Settings settings,
      Access access,
      Optional<Consumer<RuntimeException>> closeFaultHandler) {
    List<String> problems = settings.problems(adapter.settings());
    if (!problems.isEmpty()) {
      throw new StoreException(
          StoreException.Kind.SETTINGS,
          "settings of " + adapter.name() + ":\n  " + String.join("\n  ", problems));
    }
    SecretMask mask = SecretMask.of(adapter.settings(), settings);
    try {
      RetryPolicy retryPolicy = adapter.retryPolicy(settings);
      refuseNone(adapter, "readers()", adapter.readers());
      refuseNone(adapter, "writers()", adapter.writers());
      return new Endpoint(
          adapter,
          opened(adapter, settings, access),
          access,
          mask,
          SecretMask.ofPlaces(adapter.settings(), settings, adapter.id(), adapter.name()),
          retryPolicy,
          closeFaultHandler);
    } catch (StoreException e) {
      throw new StoreException(e.kind(), mask.apply(String.valueOf(e.getMessage())), e);
    }
  }

  private static CacheStore opened(StorageAdapter adapter, Settings settings, Access access) {
    CacheStore store = adapter.open(settings, access);
    boolean sound = false;
    try {
      refuseNone(store, "bytesAtOnce()", store.bytesAtOnce());
      sound = true;
      return store;
    } finally {
      if (!sound) {
        store.close();
      }
    }
  }

  private static void refuseNone(Object culprit, String call, long number) {
    if (number < 1) {
      throw Breach.of(culprit, call, "gave " + number + ": it must give 1 at the least");
    }
  }

  /** What opened it. */
  public StorageAdapter adapter() {
    return adapter;
  }

  /** The opened store, which {@link #close} closes. */
  public CacheStore store() {
    return store;
  }

  /** Whether it is open for reading or for writing. */
  public Access access() {
    return access;
  }

  /**
   * Counts the selected records, trying again what may pass.
   *
   * @throws StoreException as {@link CacheStore#count}, without secrets
   */
  public Counts count(Selection selection, LongConsumer progress) {
    try {
      return new Retrier(retryPolicy, MigrationListener.NONE)
          .call("counting", () -> store.count(selection, progress));
    } catch (StoreException e) {
      throw new StoreException(e.kind(), masked(String.valueOf(e.getMessage())), e);
    }
  }

  /**
   * As {@link #count(Selection, LongConsumer)}, for those who do not watch.
   *
   * @throws StoreException as {@link CacheStore#count}, without secrets
   */
  public Counts count(Selection selection) {
    return count(selection, found -> {});
  }

  /** How long a call to this store is tried. */
  public RetryPolicy retryPolicy() {
    return retryPolicy;
  }

  void checkWritable(boolean dryRun) {
    if (!dryRun && access != Access.TARGET) {
      throw new IllegalStateException("the target is open as a source, and this is no dry run");
    }
  }

  /** Removes this side's secrets from a text. */
  public String masked(String text) {
    return mask.apply(text);
  }

  /** This place as it is named in a report. */
  public Side side() {
    return new Side(adapter.name(), store.workspace(), location());
  }

  /** As {@link CacheStore#location}; a secret that the store put into it is taken out. */
  public String location() {
    return placeMask.apply(store.location());
  }

  /** Closes the store; see {@link #open(StorageAdapter, Settings, Access, Consumer)}. */
  @Override
  public void close() {
    try {
      store.close();
    } catch (RuntimeException e) {
      if (closeFaultHandler.isEmpty()) {
        throw e;
      }
      closeFaultHandler
          .get()
          .accept(
              new StoreException(
                  StoreException.Kind.FAULT, masked(String.valueOf(e.getMessage())), e));
    }
  }
}
