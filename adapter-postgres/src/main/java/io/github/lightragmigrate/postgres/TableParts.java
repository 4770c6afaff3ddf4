package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.Cursor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Parts of one workspace with about as many rows each, selected or not. */
record TableParts(RowQuery query, String workspace) {

  /** Where each begins, {@code most} of them at the most. */
  List<Cursor> split(Connection connection, int most) throws SQLException {
    IndexOrder.follow(connection);
    long rows = count(connection);
    List<Cursor> starts = new ArrayList<>();
    ScanPosition part = ScanPosition.START;
    for (long number = 1; number < most; number++) {
      long last = rows * number / most - 1;
      List<String> until = last < 0 ? List.of() : rowAt(connection, last);
      if (!until.isEmpty() && !until.equals(part.after())) {
        starts.add(new ScanPosition(part.after(), until).toCursor());
        part = new ScanPosition(until, List.of());
      }
    }
    starts.add(part.toCursor());
    return starts;
  }

  private long count(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RowQuery.countRows())) {
      statement.setString(1, workspace);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private List<String> rowAt(Connection connection, long place) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query.rowAt())) {
      statement.setString(1, workspace);
      statement.setLong(2, place);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? query.sortValues(Row.of(row)) : List.of();
      }
    }
  }
}
