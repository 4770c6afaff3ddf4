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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * An open store with the adapter and the settings that it was opened with. It serves any number of
 * runs, one after the other, and as a source several at the same time; then it is to be closed,
 * which ends its connections. Safe for use by several threads.
 */
public final class Endpoint implements AutoCloseable {

  private final StorageAdapter adapter;
  private final CacheStore store;
  private final Access access;
  private final SecretMask mask;
  private final SecretMask placeMask;
  private final RetryPolicy retryPolicy;
  private final Optional<Consumer<RuntimeException>> closeFaultHandler;
  private final AtomicBoolean closed = new AtomicBoolean();

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
   *     each; UNAVAILABLE or DENIED when the store cannot be reached; FAULT for any other exception
   *     of the adapter, and when it does not keep the contract of the SPI; never with a secret in
   *     its message, though its cause may have one
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
    Objects.requireNonNull(adapter, "adapter");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(access, "access");
    Objects.requireNonNull(closeFaultHandler, "closeFaultHandler");
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
    } catch (RuntimeException e) {
      String what = new FaultHandler(mask::apply, fault -> {}).text(e);
      throw new StoreException(
          StoreException.Kind.FAULT, "cannot open " + adapter.name() + ": " + what, e);
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

  /** What opened it: one kind of store, with the names of its settings. */
  public StorageAdapter adapter() {
    return adapter;
  }

  /** The opened store, for what the engine has no call for. {@link #close} closes it. */
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
   * @param progress is told the number found so far
   * @throws StoreException as {@link CacheStore#count}, without secrets
   * @throws IllegalStateException when it is closed
   */
  public Counts count(Selection selection, LongConsumer progress) {
    Objects.requireNonNull(selection, "selection");
    Objects.requireNonNull(progress, "progress");
    checkOpen();
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

  /**
   * @throws IllegalStateException when it is closed
   */
  void checkOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the endpoint of " + adapter.name() + " is closed");
    }
  }

  /**
   * @throws IllegalStateException when it is closed, or open for reading alone and it is no dry run
   */
  void checkWritable(boolean dryRun) {
    checkOpen();
    if (!dryRun && access != Access.TARGET) {
      throw new IllegalStateException("the target is open as a source, and this is no dry run");
    }
  }

  /** Removes this side's secrets from a text. */
  public String masked(String text) {
    return mask.apply(text);
  }

  /** Storage, workspace and location, as a report names them; without credentials. */
  public Side side() {
    return new Side(adapter.name(), store.workspace(), location());
  }

  /** As {@link CacheStore#location}; a secret that the store put into it is taken out. */
  public String location() {
    return placeMask.apply(store.location());
  }

  /**
   * Closes the store; a run that goes on there fails. The second time does nothing.
   *
   * @see #open(StorageAdapter, Settings, Access, Consumer)
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
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
