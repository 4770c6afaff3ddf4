package org.example.sqlite;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers rows up to a limit; one that makes no sense is told of, and hides no other. */
final class PageBuilder {

  private final PageLimit limit;
  private final List<CacheRecord> records = new ArrayList<>();
  private final List<UnreadableRecord> unreadable = new ArrayList<>();
  private long bytes;
  private Optional<Cursor> next = Optional.empty();

  PageBuilder(PageLimit limit) {
    this.limit = limit;
  }

  /** Takes a key and a value; returns whether there is room for another. */
  boolean add(ResultSet row) throws SQLException {
    String key = row.getString(1);
    byte[] json = row.getBytes(2);
    try {
      records.add(CacheRecord.ofJson(key, json));
    } catch (MalformedJsonException e) {
      unreadable.add(UnreadableRecord.ofBytes(key, e.getMessage(), json));
    }
    bytes += json.length;
    if (records.size() + unreadable.size() >= limit.records() || bytes >= limit.bytes()) {
      next = Optional.of(new Cursor(SqliteStore.BEHIND + key));
    }
    return next.isEmpty();
  }

  Page build() {
    return new Page(records, unreadable, 0, next);
  }
}
