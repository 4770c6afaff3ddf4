package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.checkpoint.Binding;
import io.github.lightragmigrate.checkpoint.Checkpoint;
import io.github.lightragmigrate.checkpoint.CheckpointFile;
import io.github.lightragmigrate.checkpoint.Progress;
import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.report.Accounts;
import io.github.lightragmigrate.report.FailureLog;
import io.github.lightragmigrate.transfer.Ledger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Saves from time to time how far a run is, once the target has made that much durable. Safe for
 * use by several threads.
 */
final class CheckpointSaver {

  /** A store that takes long to flush, as a file that is written anew, is asked seldom. */
  private static final int FLUSH_SHARE = 20;

  /**
   * Where checkpoints go.
   *
   * @param interval between two of them at the least; zero for one after every batch
   * @param failuresStart bytes of the failure log before the migration's first line
   */
  record Options(
      CheckpointFile file,
      Binding binding,
      Duration interval,
      Optional<FailureLog> failureLog,
      long failuresStart) {}

  private final Options options;
  private final TargetFlush flush;
  private final Ledger ledger;
  private final MigrationListener listener;
  private final ReentrantLock busy = new ReentrantLock();
  private Progress saved;
  private long due;

  CheckpointSaver(Options options, TargetFlush flush, Ledger ledger, MigrationListener listener) {
    this.listener = listener;
    this.options = options;
    this.flush = flush;
    this.ledger = ledger;
    this.saved = ledger.resumable();
    this.due = System.nanoTime() + options.interval().toNanos();
  }

  /**
   * Saves when it is time to.
   *
   * @throws io.github.lightragmigrate.spi.StoreException when the target cannot flush, or lost
   *     records meanwhile
   */
  void afterChunk() {
    if (busy.tryLock()) {
      try {
        if (System.nanoTime() - due >= 0 && ledger.resumable() != saved) {
          flushAndSave();
        }
      } finally {
        busy.unlock();
      }
    }
  }

  private void flushAndSave() {
    Progress progress = ledger.resumable();
    Accounts accounts = ledger.all();
    long start = System.nanoTime();
    flush.run();
    long took = System.nanoTime() - start;
    ledger.confirm(accounts);
    save(progress);
    long interval = options.interval().toNanos();
    due = System.nanoTime() + (interval == 0 ? 0 : Math.max(interval, FLUSH_SHARE * took));
  }

  /** Saves what the target has just made durable; nobody writes any more. */
  void saveFlushed() {
    save(ledger.resumable());
  }

  /** Nothing is left to go on with. */
  void delete() {
    options.file().delete();
  }

  private void save(Progress progress) {
    options
        .file()
        .write(
            new Checkpoint(
                options.binding(),
                flush.incarnation(),
                progress,
                options
                    .failureLog()
                    .map(
                        log ->
                            new Checkpoint.Failures(
                                log.file().toAbsolutePath(),
                                options.failuresStart(),
                                log.length()))));
    saved = progress;
    listener.checkpointSaved(progress.records());
  }
}
