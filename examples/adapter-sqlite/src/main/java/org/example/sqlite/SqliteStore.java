package org.example.sqlite;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.LoneSurrogates;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** The rows of one workspace. */
final class SqliteStore implements CacheStore {

  /** A cursor is the key behind which to go on, marked, so that no other text is taken for one. */
  private static final String BEHIND = "behind ";

  private final Database database;
  private final String workspace;

  SqliteStore(Database database, String workspace) {
    this.database = database;
    this.workspace = workspace;
  }

  @Override
  public String location() {
    return database.path() + " workspace '" + workspace + "'";
  }

  @Override
  public String workspace() {
    return workspace;
  }

  @Override
  public List<String> workspaces() {
    return database.read(
        connection -> {
          List<String> names = new ArrayList<>();
          try (PreparedStatement select =
                  connection.prepareStatement("SELECT DISTINCT workspace FROM llm_response_cache");
              ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              names.add(rows.getString(1));
            }
          }
          return names;
        });
  }

  /** Reads the index of the primary key only. */
  @Override
  public Counts count(Selection selection, LongConsumer progress) {
    Map<String, Long> counts = new LinkedHashMap<>();
    selection.prefixes().forEach(prefix -> counts.put(prefix, 0L));
    return database.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT key FROM llm_response_cache WHERE workspace = ?")) {
            select.setString(1, workspace);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                selection
                    .prefixOf(rows.getString(1))
                    .ifPresent(prefix -> counts.merge(prefix, 1L, Long::sum));
              }
            }
          }
          return Counts.exact(counts);
        });
  }

  /** By key, so that a cursor stays good whatever is written or removed meanwhile. */
  @Override
  public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
    String behind = key(cursor);
    return database.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT key, value FROM llm_response_cache"
                      + " WHERE workspace = ? AND key > ? ORDER BY key")) {
            select.setString(1, workspace);
            select.setString(2, behind);
            try (ResultSet rows = select.executeQuery()) {
              // SQLite makes rows one by one: what is not asked for costs nothing
              PageBuilder page = new PageBuilder();
              while (rows.next()) {
                String key = rows.getString(1);
                if (selection.matches(key)) {
                  page.add(key, rows.getBytes(2));
                  if (page.isFull(limit)) {
                    return page.build(Optional.of(new Cursor(BEHIND + key)));
                  }
                }
              }
              return page.build(Optional.empty());
            }
          }
        });
  }

  /** The empty text is before every key. */
  private static String key(Cursor cursor) {
    if (!cursor.isStart() && !cursor.text().startsWith(BEHIND)) {
      throw new StoreException(
          StoreException.Kind.INVALID_CURSOR, "no cursor of the SQLite adapter: " + cursor.text());
    }
    return cursor.isStart() ? "" : cursor.text().substring(BEHIND.length());
  }

  @Override
  public Page find(Collection<String> keys) {
    return database.read(
        connection -> {
          PageBuilder page = new PageBuilder();
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT value FROM llm_response_cache WHERE workspace = ? AND key = ?")) {
            for (String key : Set.copyOf(keys)) {
              // the driver would look for another key, with a question mark
              if (LoneSurrogates.areIn(key)) {
                continue;
              }
              select.setString(1, workspace);
              select.setString(2, key);
              try (ResultSet rows = select.executeQuery()) {
                if (rows.next()) {
                  page.add(key, rows.getBytes(1));
                }
              }
            }
          }
          return page.build(Optional.empty());
        });
  }

  @Override
  public List<WriteFailure> rejected(List<CacheRecord> batch) {
    return batch.stream()
        .filter(
            record ->
                LoneSurrogates.areIn(record.key())
                    || record.fields().keySet().stream().anyMatch(LoneSurrogates::areIn))
        .map(
            record ->
                WriteFailure.rejected(
                    record.key(), "a lone surrogate in the key or in the name of a field"))
        .toList();
  }

  @Override
  public WriteResult upsert(List<CacheRecord> batch) {
    List<WriteFailure> failures = rejected(batch);
    Set<String> refused = failures.stream().map(WriteFailure::key).collect(Collectors.toSet());
    database.write(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO llm_response_cache VALUES (?, ?, ?)"
                      + " ON CONFLICT (workspace, key) DO UPDATE SET value = excluded.value")) {
            for (CacheRecord record : batch) {
              if (!refused.contains(record.key())) {
                insert.setString(1, workspace);
                insert.setString(2, record.key());
                insert.setString(3, new String(record.toJson(), StandardCharsets.UTF_8));
                insert.executeUpdate();
              }
            }
          }
          return true;
        });
    return new WriteResult(batch.size() - failures.size(), failures);
  }

  /** Every write was committed, and is durable then. */
  @Override
  public void flush() {}

  @Override
  public void close() {
    database.close();
  }
}
