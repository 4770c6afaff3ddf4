package io.github.lightragmigrate.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the end of what stands for itself in a JSON string, eight bytes at a time: almost all of a
 * cache is such text, and every byte of it is looked at.
 */
public final class PlainText {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long SPACES = ' ' * ONES;

  private PlainText() {}

  /** Index of the first quote, backslash or control character, else {@code to}. */
  public static int end(byte[] text, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long word = (long) WORD.get(text, i);
      long found = special(word);
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (i < to && !isSpecial(text[i])) {
      i++;
    }
    return i;
  }

  /** Index of the first of these or of a byte that is no ASCII, else {@code to}. */
  static int endOfAscii(byte[] text, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long word = (long) WORD.get(text, i);
      long found = special(word) | (word & HIGH_BITS);
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (i < to && text[i] >= 0 && !isSpecial(text[i])) {
      i++;
    }
    return i;
  }

  /** Index of the first such byte, else -1. */
  public static int indexOf(byte[] text, byte wanted) {
    long all = (wanted & 0xFF) * ONES;
    int i = 0;
    for (; i <= text.length - Long.BYTES; i += Long.BYTES) {
      long found = zeros((long) WORD.get(text, i) ^ all) & HIGH_BITS;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    for (; i < text.length; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The high bit of each byte that is special; right for the lowest of them, which is all that is
   * asked for (a borrow can only come from a byte that was found).
   */
  private static long special(long word) {
    return (zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | ((word - SPACES) & ~word))
        & HIGH_BITS;
  }

  private static long zeros(long word) {
    return (word - ONES) & ~word;
  }

  private static boolean isSpecial(byte b) {
    return b == '"' || b == '\\' || (b >= 0 && b < ' ');
  }
}
