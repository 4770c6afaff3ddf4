package org.example.sqlite;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.LoneSurrogates;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.UnreadableRecord;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** The rows of one workspace. */
record SqliteStore(Database database, String workspace) implements CacheStore {

  /** A cursor is the key behind which to go on, marked, so that no other text is taken for one. */
  private static final String BEHIND = "behind ";

  @Override
  public String location() {
    return "SQLite file " + database.path() + ", workspace '" + workspace + "'";
  }

  @Override
  public List<String> workspaces() {
    List<String> names = new ArrayList<>();
    String sql = "SELECT DISTINCT workspace FROM llm_response_cache";
    database.query(sql, List.of(), row -> names.add(row.getString(1)));
    return names;
  }

  @Override
  public Counts count(Selection selection, LongConsumer progress) {
    Map<String, Long> counts = new LinkedHashMap<>();
    selection.prefixes().forEach(prefix -> counts.put(prefix, 0L));
    database.query(
        "SELECT key FROM llm_response_cache WHERE workspace = ?",
        List.of(workspace),
        row -> {
          selection.prefixOf(row.getString(1)).ifPresent(key -> counts.merge(key, 1L, Long::sum));
          return true;
        });
    return Counts.exact(counts);
  }

  /** By key, so that a cursor stays good whatever is written or removed meanwhile. */
  @Override
  public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
    if (!cursor.isStart() && !cursor.text().startsWith(BEHIND)) {
      throw new StoreException(StoreException.Kind.INVALID_CURSOR, "no cursor of a SQLite file");
    }
    // the empty text is before every key
    String behind = cursor.isStart() ? "" : cursor.text().substring(BEHIND.length());
    PageBuilder page = new PageBuilder();
    database.query(
        "SELECT key, value FROM llm_response_cache WHERE workspace = ? AND key > ? ORDER BY key",
        List.of(workspace, behind),
        row -> !selection.matches(row.getString(1)) || page.add(row, limit));
    return page.build();
  }

  @Override
  public Page find(Collection<String> keys) {
    PageBuilder page = new PageBuilder();
    PageLimit none = new PageLimit(Integer.MAX_VALUE, Long.MAX_VALUE);
    String sql = "SELECT key, value FROM llm_response_cache WHERE workspace = ? AND key = ?";
    keys.stream()
        .distinct()
        // the driver would take half a pair for a question mark, and find another key
        .filter(key -> !LoneSurrogates.areIn(key))
        .forEach(key -> database.query(sql, List.of(workspace, key), row -> page.add(row, none)));
    return page.build();
  }

  @Override
  public List<WriteFailure> rejected(List<CacheRecord> batch) {
    return batch.stream()
        .filter(SqliteStore::isRefused)
        .map(record -> WriteFailure.rejected(record.key(), "a lone surrogate in the key or a name"))
        .toList();
  }

  /** UTF-8 cannot hold them; in values they are written as escapes of JSON. */
  private static boolean isRefused(CacheRecord record) {
    return LoneSurrogates.areIn(record.key())
        || record.fields().keySet().stream().anyMatch(LoneSurrogates::areIn);
  }

  @Override
  public WriteResult upsert(List<CacheRecord> batch) {
    List<CacheRecord> taken = batch.stream().filter(record -> !isRefused(record)).toList();
    if (!taken.isEmpty()) {
      // the driver's SQLite takes 250,000 parameters; so many records are more than a batch's bytes
      database.update(
          "INSERT INTO llm_response_cache (workspace, key, value) VALUES "
              + String.join(",", Collections.nCopies(taken.size(), "(?, ?, ?)"))
              + " ON CONFLICT (workspace, key) DO UPDATE SET value = excluded.value",
          taken.stream().flatMap(this::row).toList());
    }
    return new WriteResult(taken.size(), rejected(batch));
  }

  private Stream<String> row(CacheRecord record) {
    return Stream.of(workspace, record.key(), new String(record.toJson(), StandardCharsets.UTF_8));
  }

  /** Nothing to do: each batch was committed, which is durable here. */
  @Override
  public void flush() {}

  @Override
  public void close() {
    try {
      database.connection().close();
    } catch (SQLException e) {
      throw Database.fault(database.path(), e);
    }
  }

  /** Gathers rows up to a limit; one that makes no sense is told of, and hides no other. */
  private static final class PageBuilder {
    private final List<CacheRecord> records = new ArrayList<>();
    private final List<UnreadableRecord> unreadable = new ArrayList<>();
    private long bytes;
    private Optional<Cursor> next = Optional.empty();

    /** Takes a key and a value; returns whether there is room for another. */
    boolean add(ResultSet row, PageLimit limit) throws SQLException {
      String key = row.getString(1);
      byte[] json = row.getBytes(2);
      try {
        records.add(CacheRecord.ofJson(key, json));
      } catch (MalformedJsonException e) {
        unreadable.add(UnreadableRecord.ofBytes(key, e.getMessage(), json));
      }
      bytes += json.length;
      if (records.size() + unreadable.size() >= limit.records() || bytes >= limit.bytes()) {
        next = Optional.of(new Cursor(BEHIND + key));
      }
      return next.isEmpty();
    }

    Page build() {
      return new Page(records, unreadable, 0, next);
    }
  }
}
