package io.github.lightragmigrate.reading;

import io.github.lightragmigrate.retry.Retrier;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads the parts of a source, some of them at the same time. */
public final class PartReaders {

  /** Takes what is read; called by several threads. */
  public interface Receiver {
    void accept(Chunk chunk) throws InterruptedException;
  }

  private final Queue<ChunkReader> unread = new ConcurrentLinkedQueue<>();
  private final int readers;
  private final AtomicInteger unfinished;
  private final Surplus surplus;
  private volatile boolean stopped;

  /**
   * @param count of the source, when it was asked last
   * @param starts a cursor for each part, as {@link Parts} gives them or further on
   * @param readers how many parts to read at the same time
   * @param batchSize records in a batch
   * @param chunk records of a chunk at the most, and its bytes, about: a single record may be
   *     longer
   */
  public PartReaders(
      CacheStore source,
      Selection selection,
      long count,
      List<Cursor> starts,
      int readers,
      int batchSize,
      PageLimit chunk,
      Retrier retrier) {
    for (int part = 0; part < starts.size(); part++) {
      unread.add(
          new ChunkReader(
              source, selection, part, starts.get(part), batchSize, chunk, retrier, () -> stopped));
    }
    this.surplus = new Surplus(source, selection, retrier, count);
    this.readers = Math.min(readers, starts.size());
    this.unfinished = new AtomicInteger(starts.size());
  }

  /**
   * One task for each reader, to be run at the same time. Each throws what the source throws:
   * {@link StoreException} INVALID_CURSOR when the source cannot go on where it was.
   */
  public List<Callable<Void>> tasks(Receiver receiver) {
    Callable<Void> task =
        () -> {
          for (ChunkReader part = unread.poll(); part != null; part = unread.poll()) {
            read(part, receiver);
          }
          return null;
        };
    return new ArrayList<>(Collections.nCopies(readers, task));
  }

  private void read(ChunkReader part, Receiver receiver) throws InterruptedException {
    while (!stopped) {
      Optional<Chunk> chunk = part.next();
      if (chunk.isEmpty()) {
        if (part.isAtTheEnd()) {
          unfinished.decrementAndGet();
        }
        return;
      }
      surplus.read(chunk.get().size());
      receiver.accept(chunk.get());
    }
  }

  /** Reads no further. */
  public void stop() {
    stopped = true;
  }

  /** Whether all parts were read to their ends. */
  public boolean isAtTheEnd() {
    return unfinished.get() == 0;
  }
}
