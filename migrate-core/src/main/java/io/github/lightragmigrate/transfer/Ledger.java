package io.github.lightragmigrate.transfer;

import io.github.lightragmigrate.checkpoint.Progress;
import io.github.lightragmigrate.progress.BatchProgress;
import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.reading.Chunk;
import io.github.lightragmigrate.report.Accounts;
import io.github.lightragmigrate.report.FailedRecord;
import io.github.lightragmigrate.report.MigrationReport.Batches;
import io.github.lightragmigrate.report.Tally;
import io.github.lightragmigrate.spi.Cursor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the accounts: what became of every record, and how far everything is dealt with. Batches of
 * a part are announced in the order in which they were read, whatever the order in which writers
 * finish. Safe for use by several threads.
 */
public final class Ledger {

  private final CacheTypes types;
  private final int batchSize;
  private final long expected;
  private final MigrationListener listener;

  private final List<Part> parts;
  private Accounts all;
  private Accounts durable;
  private Progress committed;
  private Progress resumable;

  /**
   * Goes on where an earlier run of the same migration was.
   *
   * @param expected records of the source
   * @param start with where each part begins
   */
  public Ledger(
      CacheTypes types, int batchSize, long expected, Progress start, MigrationListener listener) {
    this.types = types;
    this.batchSize = batchSize;
    this.expected = expected;
    this.listener = listener;
    this.parts = start.next().stream().map(Part::new).toList();
    this.all = types.none().plus(start.accounts());
    this.durable = all;
    this.committed = new Progress(start.next(), start.batches(), start.failedBatches(), all);
    this.resumable = committed;
  }

  long expected() {
    return expected;
  }

  /** Before the chunk is handed to a writer. */
  synchronized void begin(Chunk chunk) {
    OpenBatch batch =
        parts.get(chunk.part()).open.computeIfAbsent(chunk.batch(), number -> new OpenBatch());
    batch.pending++;
    batch.complete |= chunk.last();
    batch.next = chunk.next();
    if (batch.group.isEmpty()) {
      batch.group = types.groupOf(chunk);
    }
  }

  /**
   * When some of a chunk's records are dealt with and the run ends, or all and the failed ones
   * could not be logged: no checkpoint may lie behind them.
   */
  synchronized void doneUnlogged(Accounts accounts) {
    all = all.plus(accounts);
  }

  /** When all of the chunk's records are dealt with, and the failed ones are in the log. */
  synchronized void done(Chunk chunk, Accounts accounts, List<FailedRecord> failures) {
    all = all.plus(accounts);
    Part part = parts.get(chunk.part());
    OpenBatch batch = part.open.get(chunk.batch());
    if (batch == null) {
      throw new IllegalStateException("batch " + chunk.batch() + " was never begun");
    }
    batch.pending--;
    batch.records += chunk.size();
    batch.failed += failures.size();
    batch.accounts = batch.accounts.plus(accounts);
    if (batch.reason.isEmpty() && !failures.isEmpty()) {
      batch.reason = Optional.of(failures.get(0).reason());
    }
    announce(part);
  }

  /** What became of all records so far. */
  public synchronized Accounts all() {
    return all;
  }

  /** Of all records so far, also those of batches that are not announced yet. */
  public synchronized Tally total() {
    return all.total();
  }

  /** How far all batches are dealt with, and the source has a place to go on; not the very end. */
  public synchronized Progress resumable() {
    return resumable;
  }

  /**
   * Says that the target made durable what it had accepted.
   *
   * @param accounts as {@link #all} was before the target was asked to
   */
  public synchronized void confirm(Accounts accounts) {
    durable = accounts;
  }

  /** Says that nothing of this run can be counted on. */
  public synchronized void doubt() {
    durable = types.none();
  }

  /** As {@link #all}, with what the target has not confirmed apart. */
  public synchronized Accounts confirmed() {
    return all.confirmed(durable);
  }

  public synchronized Batches batches() {
    return new Batches(
        expectedBatches(),
        committed.batches() - committed.failedBatches(),
        committed.failedBatches());
  }

  private void announce(Part part) {
    while (true) {
      OpenBatch batch = part.open.get(part.done + 1);
      if (batch == null || !batch.complete || batch.pending > 0) {
        return;
      }
      part.open.remove(++part.done);
      part.next = batch.next;
      List<Cursor> next = parts.stream().flatMap(each -> each.next.stream()).toList();
      committed =
          new Progress(
              next,
              committed.batches() + 1,
              committed.failedBatches() + (batch.failed > 0 ? 1 : 0),
              committed.accounts().plus(batch.accounts));
      if (!next.isEmpty()) {
        resumable = committed;
      }
      long done = committed.records();
      listener.batchDone(
          new BatchProgress(
              committed.batches(),
              expectedBatches(),
              done,
              Math.max(expected, done),
              batch.group,
              batch.records,
              batch.failed,
              batch.reason,
              batch.accounts));
    }
  }

  private long expectedBatches() {
    return Math.max((expected + batchSize - 1) / batchSize, committed.batches());
  }

  /** One part of the source. */
  private static final class Part {
    private final Map<Long, OpenBatch> open = new HashMap<>();
    private long done;
    private Optional<Cursor> next;

    Part(Cursor start) {
      next = Optional.of(start);
    }
  }

  private static final class OpenBatch {
    private int pending;
    private boolean complete;
    private int records;
    private int failed;
    private String group = "";
    private Accounts accounts = Accounts.NONE;
    private Optional<Cursor> next = Optional.empty();
    private Optional<String> reason = Optional.empty();
  }
}
