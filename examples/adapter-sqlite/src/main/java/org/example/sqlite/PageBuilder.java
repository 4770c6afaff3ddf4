package org.example.sqlite;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers rows; one that makes no sense is told of, and ends nothing. */
final class PageBuilder {

  private final List<CacheRecord> records = new ArrayList<>();
  private final List<UnreadableRecord> unreadable = new ArrayList<>();
  private long bytes;

  void add(String key, byte[] json) {
    bytes += json.length;
    try {
      records.add(CacheRecord.ofJson(key, json));
    } catch (MalformedJsonException e) {
      unreadable.add(UnreadableRecord.ofBytes(key, e.getMessage(), json));
    }
  }

  boolean isFull(PageLimit limit) {
    return records.size() + unreadable.size() >= limit.records() || bytes >= limit.bytes();
  }

  Page build(Optional<Cursor> next) {
    return new Page(records, unreadable, 0, next);
  }
}
