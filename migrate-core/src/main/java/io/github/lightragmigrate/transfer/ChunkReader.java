package io.github.lightragmigrate.transfer;

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
import org.jspecify.annotations.Nullable;

/** Reads the source's pages, whatever their sizes, into chunks that fill batches exactly. */
final class ChunkReader {

  private static final int MAX_RESCANS = 3;

  private final CacheStore source;
  private final Selection selection;
  private final int batchSize;
  private final long chunkBytes;
  private final Retrier retrier;
  private final @Nullable KeyIndex seen;

  private Optional<Cursor> cursor = Optional.of(Cursor.START);
  private long batch = 1;
  private int inBatch;
  private int rescans;

  ChunkReader(
      CacheStore source, Selection selection, int batchSize, long chunkBytes, Retrier retrier) {
    this.source = source;
    this.selection = selection;
    this.batchSize = batchSize;
    this.chunkBytes = chunkBytes;
    this.retrier = retrier;
    this.seen = source.mayRepeat() ? new KeyIndex() : null;
  }

  /** Empty at the end of the source. */
  Optional<Chunk> next() {
    List<CacheRecord> records = new ArrayList<>();
    List<UnreadableRecord> unreadable = new ArrayList<>();
    int vanished = 0;
    int size = 0;
    long bytes = 0;
    while (cursor.isPresent() && inBatch + size < batchSize && bytes < chunkBytes) {
      Page page = page(new PageLimit(batchSize - inBatch - size, chunkBytes - bytes));
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
    if (size == 0) {
      return Optional.empty();
    }
    inBatch += size;
    boolean last = inBatch >= batchSize || cursor.isEmpty();
    Chunk chunk = new Chunk(batch, records, unreadable, vanished, last, bytes);
    if (last) {
      batch++;
      inBatch = 0;
    }
    return Optional.of(chunk);
  }

  private Page page(PageLimit limit) {
    Cursor from = cursor.orElseThrow();
    try {
      Page page = retrier.call("reading", () -> source.scan(selection, from, limit));
      cursor = page.next();
      return page;
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.INVALID_CURSOR
          || seen == null
          || ++rescans > MAX_RESCANS) {
        throw e;
      }
      // the records that were read already are known, so a scan from the start only adds the others
      cursor = Optional.of(Cursor.START);
      return new Page(List.of(), List.of(), 0, cursor);
    }
  }

  private boolean isNew(String key) {
    return seen == null || seen.put(key, 0);
  }
}
