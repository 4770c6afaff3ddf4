package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
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
import org.postgresql.PGConnection;

/** Counts and reads rows of one workspace. */
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
    this.decoder = new RowDecoder(table, query.dataColumns());
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

  /** Begins a scan: of all rows from there on, up to the end of the part. */
  RowStream open(Connection connection, Selection selection, Cursor cursor) throws SQLException {
    losers(connection);
    PGConnection postgres = connection.unwrap(PGConnection.class);
    return RowStream.open(
        connection,
        query.scan(
            workspace,
            selection,
            ScanPosition.of(cursor, query.sortColumns().size()),
            text -> literal(postgres, text)),
        query.columns());
  }

  /** The next page of a scan that is at this cursor. */
  Page read(RowStream rows, Cursor cursor, PageLimit limit) throws SQLException {
    Set<List<String>> passedOver = losers(rows.connection());
    ScanPosition position = ScanPosition.of(cursor, query.sortColumns().size());
    List<CacheRecord> records = new ArrayList<>();
    List<UnreadableRecord> unreadable = new ArrayList<>();
    long bytes = 0;
    while (!rows.isAtTheEnd()
        && records.size() + unreadable.size() < limit.records()
        && bytes < limit.bytes()) {
      Row row = rows.next();
      position = position.behind(query.sortValues(row));
      if (!passedOver.contains(position.after())) {
        decoder.decode(row, records, unreadable);
      }
      bytes += rows.lastBytes();
    }
    return new Page(
        records,
        unreadable,
        0,
        rows.isAtTheEnd() ? Optional.empty() : Optional.of(position.toCursor()));
  }

  List<Cursor> split(Connection connection, int parts) throws SQLException {
    return new TableParts(query, workspace).split(connection, parts);
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
          Row row = Row.of(rows);
          if (!passedOver.contains(query.sortValues(row))) {
            decoder.decode(row, records, unreadable);
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
              found.add(query.sortValues(Row.of(rows)));
            }
          }
        }
      }
      losers = found;
    }
    return losers;
  }

  private static String literal(PGConnection connection, String text) {
    try {
      return "'" + connection.escapeLiteral(text) + "'";
    } catch (SQLException e) {
      throw new StoreException(
          StoreException.Kind.INVALID_CURSOR, "what PostgreSQL cannot hold is no key of it", e);
    }
  }
}
