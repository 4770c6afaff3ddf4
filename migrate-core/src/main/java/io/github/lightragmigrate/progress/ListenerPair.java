package io.github.lightragmigrate.progress;

import io.github.lightragmigrate.report.FailedRecord;
import io.github.lightragmigrate.spi.Counts;
import java.util.Objects;
import java.util.function.Consumer;

/** Tells two, one after the other. */
record ListenerPair(MigrationListener first, MigrationListener second)
    implements MigrationListener {

  ListenerPair {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "next");
  }

  private void both(Consumer<MigrationListener> event) {
    event.accept(first);
    event.accept(second);
  }

  @Override
  public void started(Counts source) {
    both(listener -> listener.started(source));
  }

  @Override
  public void batchDone(BatchProgress progress) {
    both(listener -> listener.batchDone(progress));
  }

  @Override
  public void written(WriteEvent event) {
    both(listener -> listener.written(event));
  }

  @Override
  public void recordFailed(FailedRecord record) {
    both(listener -> listener.recordFailed(record));
  }

  @Override
  public void retrying(RetryEvent event) {
    both(listener -> listener.retrying(event));
  }

  @Override
  public void checkpointSaved(long done) {
    both(listener -> listener.checkpointSaved(done));
  }

  @Override
  public void flushing() {
    both(MigrationListener::flushing);
  }

  @Override
  public void flushed() {
    both(MigrationListener::flushed);
  }

  @Override
  public void verified(long done, long expected) {
    both(listener -> listener.verified(done, expected));
  }
}
