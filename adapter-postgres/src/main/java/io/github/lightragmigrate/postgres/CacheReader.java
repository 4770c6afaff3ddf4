package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts and reads rows of one workspace. A cursor is a JSON array of the last row's sort columns.
 */
final class CacheReader {

  /** So many rows are in the driver's memory at once when they are asked for by key. */
  private static final int FETCH_SIZE = 50;

  private final CacheTable table;
  private final String workspace;
  private final RowQuery query;
  private final RowDecoder decoder;
  private @Nullable Set<List<String>> losers;

  CacheReader(CacheTable table, String workspace) {
    this.table = table;
    this.workspace = workspace;
    this.query = new RowQuery(table);
    this.decoder = new RowDecoder(table);
  }

  Counts count(Connection connection, Selection selection) throws SQLException {
    Map<String, Long> counts = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(query.count(selection))) {
      int parameter = 1;
      for (String prefix : selection.prefixes()) {
        statement.setString(parameter++, prefix);
      }
      statement.setString(parameter, workspace);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        int column = 1;
        for (String prefix : selection.prefixes()) {
          counts.put(prefix, row.getLong(column++));
        }
      }
    }
    return Counts.exact(counts);
  }

  /** Of a legacy table: the selected records whose rows are all without a flat key. */
  long countLegacy(Connection connection, Selection selection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(RowQuery.countLegacy(selection))) {
      int parameter = 1;
      statement.setString(parameter++, workspace);
      for (String prefix : selection.prefixes()) {
        statement.setString(parameter++, prefix);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  Page scan(Connection connection, Selection selection, Cursor cursor, PageLimit limit)
      throws SQLException {
    List<String> after = position(cursor);
    Set<List<String>> passedOver = losers(connection);
    try (PreparedStatement statement =
        connection.prepareStatement(query.page(selection, after.isEmpty()))) {
      int parameter = 1;
      statement.setString(parameter++, workspace);
      for (String value : after) {
        statement.setString(parameter++, value);
      }
      for (String prefix : selection.prefixes()) {
        statement.setString(parameter++, prefix);
      }
      statement.setInt(parameter++, limit.records());
      statement.setLong(parameter, limit.bytes());
      return read(statement, passedOver, limit);
    }
  }

  private Page read(PreparedStatement statement, Set<List<String>> passedOver, PageLimit limit)
      throws SQLException {
    List<CacheRecord> records = new ArrayList<>();
    List<UnreadableRecord> unreadable = new ArrayList<>();
    Optional<Cursor> next = Optional.empty();
    try (ResultSet rows = statement.executeQuery()) {
      for (int count = 1; rows.next(); count++) {
        List<String> position = position(rows);
        if (!passedOver.contains(position)) {
          decoder.decode(rows, records, unreadable);
        }
        if (count == limit.records() || rows.getLong(RowQuery.TOTAL) >= limit.bytes()) {
          next = Optional.of(cursor(position));
        }
      }
    }
    return new Page(records, unreadable, 0, next);
  }

  Page find(Connection connection, Collection<String> keys) throws SQLException {
    Set<List<String>> passedOver = losers(connection);
    List<CacheRecord> records = new ArrayList<>();
    List<UnreadableRecord> unreadable = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query.find())) {
      statement.setFetchSize(FETCH_SIZE);
      statement.setString(1, workspace);
      statement.setArray(
          2,
          connection.createArrayOf(
              "varchar", keys.stream().filter(StorableText::isStorable).distinct().toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (!passedOver.contains(position(rows))) {
            decoder.decode(rows, records, unreadable);
          }
        }
      }
    }
    return new Page(records, unreadable, 0, Optional.empty());
  }

  /**
   * Rows that no key leads to: LightRAG 1.5.7, when it migrates a legacy table, drops the column
   * mode before it makes the keys from it, and fails there.
   */
  long countStranded(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RowQuery.countStranded())) {
      statement.setString(1, workspace);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Rows of a legacy table that are left out because another has the same key; read once. */
  private synchronized Set<List<String>> losers(Connection connection) throws SQLException {
    if (losers == null) {
      Set<List<String>> found = new HashSet<>();
      if (table.isLegacy()) {
        try (PreparedStatement statement = connection.prepareStatement(query.losers())) {
          statement.setString(1, workspace);
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              found.add(position(rows));
            }
          }
        }
      }
      losers = found;
    }
    return losers;
  }

  private List<String> position(ResultSet row) throws SQLException {
    List<String> values = new ArrayList<>();
    for (String column : query.sortColumns()) {
      values.add(row.getString(column));
    }
    return values;
  }

  private static Cursor cursor(List<String> position) {
    return new Cursor(JsonValue.array(position.stream().map(JsonValue::of).toList()).toString());
  }

  /** Empty for the start. */
  private List<String> position(Cursor cursor) {
    if (cursor.isStart()) {
      return List.of();
    }
    try {
      JsonValue value = JsonValue.ofJson(cursor.text());
      if (value.kind() == JsonValue.Kind.ARRAY) {
        List<String> position =
            value.elements().stream().flatMap(element -> element.asString().stream()).toList();
        if (position.size() == query.sortColumns().size()
            && position.stream().allMatch(StorableText::isStorable)) {
          return position;
        }
      }
    } catch (MalformedJsonException e) {
      // reported below
    }
    throw new StoreException(
        StoreException.Kind.INVALID_CURSOR,
        "this is no place in " + CacheTable.NAME + ": " + cursor.text());
  }
}
