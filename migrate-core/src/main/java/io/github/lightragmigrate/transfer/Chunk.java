package io.github.lightragmigrate.transfer;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.util.List;

/**
 * What is written by one call: a batch, or a part of one that is bounded in bytes.
 *
 * @param batch number of the batch, from 1
 * @param records no key twice
 * @param vanished keys that were gone when they were read
 * @param last no further chunk of this batch comes
 * @param bytes of the records
 */
record Chunk(
    long batch,
    List<CacheRecord> records,
    List<UnreadableRecord> unreadable,
    int vanished,
    boolean last,
    long bytes) {

  int size() {
    return records.size() + unreadable.size() + vanished;
  }
}
