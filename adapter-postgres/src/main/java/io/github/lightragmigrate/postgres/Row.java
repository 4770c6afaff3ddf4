package io.github.lightragmigrate.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One row of a query of {@link RowQuery}, whose columns are all texts. */
interface Row {

  /** The text in UTF-8, as the server sent it; null for NULL. */
  byte @Nullable [] utf8(String column) throws SQLException;

  /**
   * A key or a number; null for NULL.
   *
   * @throws SQLException when it is no UTF-8, as a database of encoding SQL_ASCII can hold
   */
  default @Nullable String text(String column) throws SQLException {
    byte[] utf8 = utf8(column);
    if (utf8 == null) {
      return null;
    }
    String text = new String(utf8, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0
        && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8)) {
      throw new SQLException("a row whose " + column + " is no UTF-8", "22021");
    }
    return text;
  }

  /** The current row of a result. */
  static Row of(ResultSet rows) {
    return rows::getBytes;
  }
}
