package io.github.lightragmigrate.transfer;

import io.github.lightragmigrate.checkpoint.Progress;
import io.github.lightragmigrate.reading.Chunk;
import io.github.lightragmigrate.reading.ChunkReader;
import io.github.lightragmigrate.report.FailureLog;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** One reader and some writers that overlap, with a bounded number of bytes between them. */
public final class Transfer {

  /** What is written by one call, at the most; a single record may be longer. */
  private static final long CHUNK_BYTES = 8L << 20;

  private static final long QUEUE_BYTES = 8L << 20;

  /**
   * What to move, and how.
   *
   * @param batchSize records in a batch
   * @param writers calls to the target at the same time
   * @param maxRecordsPerSecond on the average; 0 for no limit
   * @param dryRun write nothing
   * @param sanitize clean records that the target cannot hold, where that helps
   */
  public record Options(
      Selection selection,
      OnConflict onConflict,
      int batchSize,
      int writers,
      int maxRecordsPerSecond,
      boolean dryRun,
      boolean sanitize) {}

  private final int writers;
  private final ChunkReader reader;
  private final ChunkWriter writer;
  private final RecordSink sink;
  private final Ledger ledger;
  private final Throttle throttle;
  private final Runnable afterChunk;
  private final ByteBoundedQueue queue = new ByteBoundedQueue(QUEUE_BYTES);
  private volatile boolean stopped;
  private volatile boolean readToTheEnd;

  /**
   * Prepares to move what is left of a migration.
   *
   * @param start how far an earlier run came
   * @param mask takes secrets out of the reasons of failures
   * @param afterChunk is called by a writer whenever the ledger got on
   */
  public Transfer(
      Route route,
      Options options,
      Progress start,
      Optional<FailureLog> failureLog,
      UnaryOperator<String> mask,
      Ledger ledger,
      Runnable afterChunk) {
    this.writers = options.writers();
    this.ledger = ledger;
    this.throttle = new Throttle(options.maxRecordsPerSecond());
    this.afterChunk = afterChunk;
    this.reader =
        new ChunkReader(
            route.source(),
            options.selection(),
            start.next(),
            start.batches() + 1,
            options.batchSize(),
            new PageLimit(throttle.atOnce(options.batchSize()), CHUNK_BYTES),
            route.sourceRetrier());
    this.sink =
        options.dryRun()
            ? new DryRunSink(route.target(), route.targetRetrier())
            : new UpsertSink(route.target(), route.targetRetrier());
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
            ledger);
  }

  /**
   * Moves all records; returns when no thread is left.
   *
   * @throws StoreException what ended it early; INTERRUPTED when this thread was interrupted
   */
  public void run() {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    ExecutorService executor =
        Executors.newFixedThreadPool(
            writers + 1,
            task -> {
              Thread thread = new Thread(task, "lightrag-migrate");
              thread.setDaemon(true);
              threads.add(thread);
              return thread;
            });
    try {
      await(executor);
    } finally {
      queue.abort();
      executor.shutdownNow();
      threads.forEach(Transfer::join);
    }
  }

  /** Makes what was written durable. */
  public void flush() {
    sink.flush();
  }

  /** Reads no further; what was read is still written. */
  public void stop() {
    stopped = true;
    throttle.release();
  }

  /** Whether records of the source were left unread because of {@link #stop}. */
  public boolean stoppedEarly() {
    return !readToTheEnd;
  }

  private void await(ExecutorService threads) {
    ExecutorCompletionService<Void> running = new ExecutorCompletionService<>(threads);
    List<Callable<Void>> tasks = new ArrayList<>();
    tasks.add(this::readAll);
    for (int i = 0; i < writers; i++) {
      tasks.add(this::writeAll);
    }
    tasks.forEach(running::submit);
    try {
      for (int i = 0; i < tasks.size(); i++) {
        running.take().get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(StoreException.Kind.INTERRUPTED, "interrupted", e);
    } catch (ExecutionException e) {
      throw unchecked(e.getCause() == null ? e : e.getCause());
    }
  }

  private Void readAll() throws InterruptedException {
    long records = 0;
    while (!stopped) {
      throttle.awaitAfter(records);
      if (stopped) {
        break;
      }
      Optional<Chunk> chunk = reader.next();
      if (chunk.isEmpty()) {
        readToTheEnd = true;
        break;
      }
      records += chunk.get().size();
      ledger.begin(chunk.get());
      queue.put(chunk.get());
    }
    queue.close();
    return null;
  }

  private Void writeAll() throws InterruptedException {
    for (Optional<Chunk> chunk = queue.take(); chunk.isPresent(); chunk = queue.take()) {
      writer.write(chunk.get());
      afterChunk.run();
    }
    return null;
  }

  /**
   * Waits for a thread's end, also when this one is interrupted: a store may be in the middle of a
   * call that no interrupt ends; its own time-outs do.
   */
  private static void join(Thread thread) {
    boolean interrupted = Thread.interrupted();
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException unchecked(Throwable cause) {
    if (cause instanceof OutOfMemoryError) {
      return new StoreException(
          StoreException.Kind.FAULT,
          "out of memory: give Java a larger heap (-Xmx), or ask for smaller batches",
          cause);
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException runtime
        ? runtime
        : new StoreException(StoreException.Kind.INTERRUPTED, "interrupted", cause);
  }
}
