package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.StoreException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in one state of a file, and where the part that it is in ends.
 *
 * @param from position behind an entry; 0 for the start of the file
 * @param until position behind the last entry of the part, or {@link #NO_END}
 */
record FileCursor(long from, long until) {

  /** The end of the file is the end of the part. */
  static final long NO_END = Long.MAX_VALUE;

  private static final FileCursor START = new FileCursor(0, NO_END);
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))? of (.*)");

  Cursor toCursor(FileStamp stamp) {
    if (equals(START)) {
      return Cursor.START;
    }
    return new Cursor(from + (until == NO_END ? "" : "-" + until) + " of " + stamp);
  }

  /**
   * @throws StoreException INVALID_CURSOR when it is of another state of the file
   */
  static FileCursor of(Cursor cursor, FileStamp stamp, Path file) {
    if (cursor.isStart()) {
      return START;
    }
    Matcher text = TEXT.matcher(cursor.text());
    if (text.matches() && text.group(3).equals(stamp.toString())) {
      long from = Long.parseLong(text.group(1));
      long until = text.group(2) == null ? NO_END : Long.parseLong(text.group(2));
      if (from <= stamp.size() && from < until && (until == NO_END || until <= stamp.size())) {
        return new FileCursor(from, until);
      }
    }
    throw new StoreException(
        StoreException.Kind.INVALID_CURSOR, "the cursor is not of the present state of " + file);
  }

  boolean isBefore(long position) {
    return position < until;
  }

  /** Further on in the same part; empty at its end. */
  Optional<FileCursor> at(long position) {
    return position < until ? Optional.of(new FileCursor(position, until)) : Optional.empty();
  }
}
