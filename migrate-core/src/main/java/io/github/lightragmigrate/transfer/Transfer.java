package io.github.lightragmigrate.transfer;

import io.github.lightragmigrate.checkpoint.Progress;
import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.reading.Chunk;
import io.github.lightragmigrate.reading.PartReaders;
import io.github.lightragmigrate.report.FailureLog;
import io.github.lightragmigrate.spi.OnConflict;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.worker.Workers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Readers and writers that overlap, with a bounded number of bytes between them. */
public final class Transfer {

  private static final long QUEUE_BYTES = 4L << 20;

  /**
   * What to move, and how.
   *
   * @param batchSize records in a batch
   * @param readers parts of the source that are read at the same time
   * @param writers calls to the target at the same time
   * @param maxRecordsPerSecond on the average; 0 for no limit
   * @param dryRun write nothing
   * @param sanitize clean records that the target cannot hold, where that helps
   */
  public record Options(
      Selection selection,
      OnConflict onConflict,
      int batchSize,
      int readers,
      int writers,
      int maxRecordsPerSecond,
      boolean dryRun,
      boolean sanitize) {}

  private final int writers;
  private final PartReaders parts;
  private final ChunkWriter writer;
  private final RecordSink sink;
  private final Ledger ledger;
  private final Throttle throttle;
  private final Runnable afterChunk;
  private final ByteBoundedQueue queue;

  /**
   * Prepares to move what is left of a migration.
   *
   * @param start how far an earlier run came, or the starts of all parts
   * @param mask takes secrets out of the reasons of failures
   * @param listener is told of calls and failed records
   * @param afterChunk is called by a writer whenever the ledger got on
   */
  public Transfer(
      Route route,
      Options options,
      Progress start,
      Optional<FailureLog> failureLog,
      UnaryOperator<String> mask,
      Ledger ledger,
      MigrationListener listener,
      Runnable afterChunk) {
    this.writers = options.writers();
    this.ledger = ledger;
    this.throttle = new Throttle(options.maxRecordsPerSecond());
    this.afterChunk = afterChunk;
    long chunkBytes = Math.max(route.source().bytesAtOnce(), route.target().bytesAtOnce());
    this.queue = new ByteBoundedQueue(Math.max(QUEUE_BYTES, chunkBytes));
    this.parts =
        new PartReaders(
            route.source(),
            options.selection(),
            ledger.expected(),
            start.next(),
            options.readers(),
            options.batchSize(),
            new PageLimit(throttle.atOnce(options.batchSize()), chunkBytes),
            route.sourceRetrier());
    this.sink =
        options.dryRun()
            ? new DryRunSink(route.target(), route.targetRetrier())
            : new UpsertSink(route.target(), route.targetRetrier(), listener);
    this.writer =
        new ChunkWriter(
            new CacheTypes(options.selection()),
            new ConflictFilter(
                options.onConflict(), new Existing(route.target(), route.targetRetrier())),
            options.sanitize() ? Optional.of(new Sanitizer(route.target())) : Optional.empty(),
            sink,
            new KeptForm(route.target()),
            failureLog,
            mask,
            ledger,
            listener);
  }

  /**
   * Moves all records; returns when no thread is left.
   *
   * @throws StoreException what ended it early; INTERRUPTED when this thread was interrupted
   */
  public void run() {
    Workers.run(tasks(), queue::abort);
  }

  /** Reads no further; what was read is still written. */
  public void stop() {
    parts.stop();
    throttle.release();
  }

  /** Whether records of the source were left unread because of {@link #stop}. */
  public boolean stoppedEarly() {
    return !parts.isAtTheEnd();
  }

  private List<Callable<Void>> tasks() {
    List<Callable<Void>> readers = parts.tasks(this::accept);
    AtomicInteger reading = new AtomicInteger(readers.size());
    List<Callable<Void>> tasks = new ArrayList<>();
    for (Callable<Void> reader : readers) {
      tasks.add(
          () -> {
            reader.call();
            if (reading.decrementAndGet() == 0) {
              queue.close();
            }
            return null;
          });
    }
    tasks.addAll(Collections.nCopies(writers, this::writeAll));
    return tasks;
  }

  private void accept(Chunk chunk) throws InterruptedException {
    throttle.admit(chunk.size());
    ledger.begin(chunk);
    queue.put(chunk);
  }

  private Void writeAll() throws InterruptedException {
    for (Optional<Chunk> chunk = queue.take(); chunk.isPresent(); chunk = queue.take()) {
      writer.write(chunk.get());
      afterChunk.run();
    }
    return null;
  }
}
