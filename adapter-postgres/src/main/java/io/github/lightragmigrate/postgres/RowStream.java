package io.github.lightragmigrate.postgres;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * The rows of a query as COPY TO STDOUT sends them in its binary format (PostgreSQL documentation,
 * COPY): one query for a whole scan, and the server goes on while a page is dealt with, until what
 * it sent fills the connection's buffers. Not safe for use by several threads.
 */
final class RowStream {

  private static final int HEADER_BYTES = 19;
  private static final byte SIGNATURE = 'P';

  private final Connection connection;
  private final CopyOut copy;
  private final List<String> columns;
  private byte @Nullable [] next;
  private boolean started;
  private int lastBytes;

  private RowStream(Connection connection, CopyOut copy, List<String> columns) {
    this.connection = connection;
    this.copy = copy;
    this.columns = columns;
  }

  /**
   * Begins the query.
   *
   * @param columns names of its columns, which are of text types
   */
  static RowStream open(Connection connection, String query, List<String> columns)
      throws SQLException {
    IndexOrder.follow(connection);
    try (Statement statement = connection.createStatement()) {
      // it lasts as long as the pages are dealt with, which is not the server's time
      statement.execute("SET LOCAL statement_timeout = 0");
    }
    CopyOut copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("COPY (" + query + ") TO STDOUT WITH (FORMAT binary)");
    RowStream stream = new RowStream(connection, copy, columns);
    stream.advance();
    return stream;
  }

  Connection connection() {
    return connection;
  }

  boolean isAtTheEnd() {
    return next == null;
  }

  /** The next row, of which there must be one. */
  Row next() throws SQLException {
    if (next == null) {
      throw new IllegalStateException("at the end");
    }
    lastBytes = next.length;
    Row row = row(ByteBuffer.wrap(next));
    advance();
    return row;
  }

  /** Bytes of the row that was given last. */
  int lastBytes() {
    return lastBytes;
  }

  /** A message has one row; the first has the header before it. */
  private void advance() throws SQLException {
    byte[] message = copy.readFromCopy();
    if (message != null && !started) {
      started = true;
      message =
          message.length > 0 && message[0] == SIGNATURE
              ? Arrays.copyOfRange(message, HEADER_BYTES, message.length)
              : message;
      message = message.length == 0 ? copy.readFromCopy() : message;
    }
    boolean isRow = message != null && ByteBuffer.wrap(message).getShort() >= 0;
    next = isRow ? message : null;
    if (message != null && !isRow && copy.readFromCopy() != null) {
      throw new SQLException("rows behind the end of COPY", "08P01");
    }
  }

  private Row row(ByteBuffer message) throws SQLException {
    if (message.getShort() != columns.size()) {
      throw new SQLException("a row of COPY with other columns than were asked for", "08P01");
    }
    byte[][] values = new byte[columns.size()][];
    for (int column = 0; column < values.length; column++) {
      int length = message.getInt();
      if (length >= 0) {
        values[column] = new byte[length];
        message.get(values[column]);
      }
    }
    return column -> values[columns.indexOf(column)];
  }
}
