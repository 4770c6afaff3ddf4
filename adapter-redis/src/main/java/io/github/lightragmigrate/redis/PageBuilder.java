package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A page that is being read. */
final class PageBuilder {

  private final List<CacheRecord> records = new ArrayList<>();
  private final List<UnreadableRecord> unreadable = new ArrayList<>();
  private int vanished;

  void add(String key, byte[] json) {
    try {
      records.add(CacheRecord.ofJson(key, json));
    } catch (MalformedJsonException e) {
      unreadable(key, String.valueOf(e.getMessage()), json);
    }
  }

  void unreadable(String key, String reason, byte[] found) {
    unreadable.add(UnreadableRecord.ofBytes(key, reason, found));
  }

  void vanished() {
    vanished++;
  }

  boolean isEmpty() {
    return records.isEmpty() && unreadable.isEmpty() && vanished == 0;
  }

  Page build(Optional<Cursor> next) {
    return new Page(records, unreadable, vanished, next);
  }
}
