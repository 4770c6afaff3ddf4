package io.github.lightragmigrate.cli.terminal;

import io.github.lightragmigrate.report.Verdict;
import java.time.Duration;
import java.util.Locale;

/** Numbers and names as the screens show them, whatever the locale. */
public final class Text {

  /** LightRAG's own have some 50 characters. */
  private static final int KEY_SHOWN = 100;

  private static final int KEY_HEAD = 70;
  private static final int KEY_TAIL = 20;

  private Text() {}

  /** {@code 8,734}. */
  public static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 8,734 records}, {@code 1 record}. */
  public static String records(long count) {
    return number(count) + (count == 1 ? " record" : " records");
  }

  /**
   * {@code 11.4}, rounded, but never a full hundred before the last record.
   *
   * @param decimals digits after the point
   */
  public static String percent(long part, long whole, int decimals) {
    if (whole <= 0) {
      return String.format(Locale.ROOT, "%." + decimals + "f", 0.0);
    }
    double value = 100.0 * part / whole;
    if (part < whole) {
      value = Math.min(value, 100 - Math.pow(10, -decimals));
    }
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** {@code 2.3s}. */
  public static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1000.0);
  }

  /** {@code Missing in target}. */
  public static String verdict(Verdict verdict) {
    return switch (verdict) {
      case SAME -> "The same in target";
      case MISSING -> "Missing in target";
      case DIFFERENT -> "Different in target";
      case UNREADABLE_IN_TARGET -> "Unreadable in target";
      case UNREADABLE_IN_SOURCE -> "Unreadable in source";
      case CANNOT_HOLD -> "Target cannot hold";
      case KNOWN -> "In the failure log";
      case KEPT -> "Kept in target as asked";
      case VANISHED -> "Vanished from source";
    };
  }

  public static String workspace(String workspace) {
    return workspace.isEmpty() ? "(default)" : oneLine(workspace);
  }

  /** A key, in one line; in the middle of a very long one something is left out. */
  public static String key(String key) {
    int length = key.codePointCount(0, key.length());
    if (length <= KEY_SHOWN) {
      return oneLine(key);
    }
    return oneLine(key.substring(0, key.offsetByCodePoints(0, KEY_HEAD)))
        + "…"
        + oneLine(key.substring(key.offsetByCodePoints(key.length(), -KEY_TAIL)));
  }

  /** Text of a store without what would move a terminal's cursor or break a line. */
  public static String oneLine(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.getType(c) == Character.CONTROL ? (c == '\n' ? ' ' : '?') : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
