package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.progress.BatchProgress;
import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.progress.RetryEvent;
import io.github.lightragmigrate.progress.WriteEvent;
import io.github.lightragmigrate.report.FailedRecord;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.worker.Workers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a listener's exceptions from the engine, which would lose count of what it has written or
 * not flush it. The first of them ends the run. Safe for use by several threads.
 */
final class GuardedListener implements MigrationListener {

  private final MigrationListener listener;
  private final Runnable onFirst;
  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

  /**
   * @param onFirst is called after the first exception, by the thread that told the listener
   */
  GuardedListener(MigrationListener listener, Runnable onFirst) {
    this.listener = listener;
    this.onFirst = onFirst;
  }

  /** The first exception that the listener threw. */
  Optional<RuntimeException> failure() {
    return Optional.ofNullable(first.get()).map(GuardedListener::unchecked);
  }

  private static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof OutOfMemoryError) {
      return Workers.outOfMemory(thrown);
    }
    return thrown instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException("the listener threw " + thrown, thrown);
  }

  /**
   * @throws Error the one that the listener threw, when it was one; none of memory, which is a
   *     fault like others
   */
  void rethrowError() {
    if (first.get() instanceof Error error && !(error instanceof OutOfMemoryError)) {
      throw error;
    }
  }

  private void tell(Consumer<MigrationListener> event) {
    try {
      event.accept(listener);
    } catch (Throwable thrown) {
      if (first.compareAndSet(null, thrown)) {
        onFirst.run();
      }
    }
  }

  @Override
  public void started(Counts source) {
    tell(to -> to.started(source));
  }

  @Override
  public void batchDone(BatchProgress progress) {
    tell(to -> to.batchDone(progress));
  }

  @Override
  public void written(WriteEvent event) {
    tell(to -> to.written(event));
  }

  @Override
  public void recordFailed(FailedRecord record) {
    tell(to -> to.recordFailed(record));
  }

  @Override
  public void retrying(RetryEvent event) {
    tell(to -> to.retrying(event));
  }

  @Override
  public void checkpointSaved(long done) {
    tell(to -> to.checkpointSaved(done));
  }

  @Override
  public void flushing() {
    tell(MigrationListener::flushing);
  }

  @Override
  public void flushed() {
    tell(MigrationListener::flushed);
  }

  @Override
  public void verified(long done, long expected) {
    tell(to -> to.verified(done, expected));
  }
}
