package io.github.lightragmigrate.reading;

import io.github.lightragmigrate.retry.Retrier;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.KeyIndex;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pages of a part of the source, whatever their sizes, into chunks that fill batches
 * exactly. Gives a key once. Not safe for use by several threads.
 */
final class ChunkReader {

  private static final int MAX_RESCANS = 3;

  private final int part;
  private final CacheStore source;
  private final Selection selection;
  private final int batchSize;
  private final PageLimit chunk;
  private final Retrier retrier;
  private final BooleanSupplier stopped;
  private final ScanCheck check;
  private final @Nullable KeyIndex seen;

  /** What an earlier run read is not among the keys seen: a scan from the start would repeat it. */
  private final boolean mayRescan;

  private Optional<Cursor> cursor;
  private long batch = 1;
  private int inBatch;
  private int rescans;

  /**
   * @param part number of the part
   * @param start where it begins, or where an earlier run was in it
   * @param batchSize records in a batch
   * @param chunk records of a chunk at the most, and its bytes, about: a single record may be
   *     longer
   * @param stopped whether to read no further page
   */
  ChunkReader(
      CacheStore source,
      Selection selection,
      int part,
      Cursor start,
      int batchSize,
      PageLimit chunk,
      Retrier retrier,
      BooleanSupplier stopped) {
    this.part = part;
    this.cursor = Optional.of(start);
    this.mayRescan = source.mayRepeat() && start.isStart();
    this.source = source;
    this.selection = selection;
    this.batchSize = batchSize;
    this.chunk = chunk;
    this.retrier = retrier;
    this.stopped = stopped;
    this.check = new ScanCheck(source, selection);
    this.seen = source.mayRepeat() ? new KeyIndex() : null;
  }

  /**
   * The next records; empty at the end of the part, and when it was stopped before there were any.
   *
   * @throws StoreException INVALID_CURSOR when the source cannot go on where it was
   */
  Optional<Chunk> next() {
    List<CacheRecord> records = new ArrayList<>();
    List<UnreadableRecord> unreadable = new ArrayList<>();
    int vanished = 0;
    int size = 0;
    long bytes = 0;
    int most = Math.min(batchSize - inBatch, chunk.records());
    while (cursor.isPresent() && size < most && bytes < chunk.bytes() && !stopped.getAsBoolean()) {
      Page page = page(new PageLimit(most - size, chunk.bytes() - bytes));
      for (CacheRecord record : page.records()) {
        if (isNew(record.key())) {
          records.add(record.withoutNullTimes());
          bytes += record.size();
        }
      }
      for (UnreadableRecord record : page.unreadable()) {
        if (isNew(record.key())) {
          unreadable.add(record);
          bytes += record.text().length();
        }
      }
      vanished += page.vanished();
      size = records.size() + unreadable.size() + vanished;
    }
    // the source can turn out to be at its end when a batch has begun, which is then to be closed
    if (size == 0 && (inBatch == 0 || cursor.isPresent())) {
      return Optional.empty();
    }
    inBatch += size;
    boolean last = inBatch >= batchSize || cursor.isEmpty();
    Chunk read = new Chunk(part, batch, records, unreadable, vanished, last, bytes, cursor);
    if (last) {
      batch++;
      inBatch = 0;
    }
    return Optional.of(read);
  }

  boolean isAtTheEnd() {
    return cursor.isEmpty();
  }

  private Page page(PageLimit limit) {
    if (Thread.currentThread().isInterrupted()) {
      throw new StoreException(StoreException.Kind.INTERRUPTED, "interrupted while reading");
    }
    Cursor from = cursor.orElseThrow();
    try {
      Page page = retrier.call("reading", () -> source.scan(selection, from, limit));
      check.check(from, page);
      cursor = page.next();
      return page;
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.INVALID_CURSOR || !mayRescan || ++rescans > MAX_RESCANS) {
        throw e;
      }
      // the records that were read already are known, so a scan from the start only adds the others
      cursor = Optional.of(Cursor.START);
      check.restart();
      return new Page(List.of(), List.of(), 0, cursor);
    }
  }

  private boolean isNew(String key) {
    return seen == null || seen.put(key, 0);
  }
}
