package io.github.lightragmigrate.reading;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.util.List;
import java.util.Optional;

/**
 * What is dealt with at once: a batch, or a part of one that is bounded in bytes.
 *
 * @param part number of the part of the source that it is of, from 0
 * @param batch number of the batch within that part, from 1
 * @param records no key twice
 * @param vanished keys that were gone when they were read
 * @param last no further chunk of this batch comes
 * @param bytes of the records
 * @param next where the part goes on behind this chunk; empty at its end
 */
public record Chunk(
    int part,
    long batch,
    List<CacheRecord> records,
    List<UnreadableRecord> unreadable,
    int vanished,
    boolean last,
    long bytes,
    Optional<Cursor> next) {

  public int size() {
    return records.size() + unreadable.size() + vanished;
  }
}
