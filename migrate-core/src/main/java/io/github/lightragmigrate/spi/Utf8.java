package io.github.lightragmigrate.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Strict UTF-8, as Python decodes it: no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** Index of the first byte that does not belong, or -1. */
  static int firstInvalid(byte[] bytes) {
    int i = 0;
    while (i < bytes.length) {
      while (i <= bytes.length - Long.BYTES && ((long) WORD.get(bytes, i) & HIGH_BITS) == 0) {
        i += Long.BYTES;
      }
      while (i < bytes.length && bytes[i] >= 0) {
        i++;
      }
      int next = endOfRun(bytes, i, bytes.length);
      if (next == i && i < bytes.length) {
        return i;
      }
      i = next;
    }
    return -1;
  }

  /** Index behind the valid sequences of several bytes that start here, one after the other. */
  static int endOfRun(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && bytes[i] < 0) {
      int usual = i <= end - Long.BYTES ? usual((long) WORD.get(bytes, i)) : 0;
      int size = usual > 0 ? usual : sequenceLength(bytes, i, end);
      if (size == 0) {
        return i;
      }
      i += size;
    }
    return i;
  }

  /**
   * Length of what is most usual, in one look: two or one characters of three bytes (Chinese,
   * Japanese, Korean), or one of two bytes; 0 for anything else, and for leads that allow only some
   * second bytes.
   */
  private static int usual(long word) {
    if ((word & 0xC0C0F0) == 0x8080E0 && isFree(word)) {
      boolean twice = (word & 0xC0C0F0_000000L) == 0x8080E0_000000L && isFree(word >>> 24);
      return twice ? 6 : 3;
    }
    return (word & 0xC0E0) == 0x80C0 && (word & 0xFF) >= 0xC2 ? 2 : 0;
  }

  private static boolean isFree(long word) {
    long lead = word & 0xFF;
    return lead != 0xE0 && lead != 0xED;
  }

  private static int sequenceLength(byte[] bytes, int start, int end) {
    int size = sizeAfter(bytes[start] & 0xFF);
    return size > 0 && start + size <= end && validTail(bytes, start, size) ? size : 0;
  }

  private static int sizeAfter(int lead) {
    if (lead >= 0xC2 && lead <= 0xDF) {
      return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
      return 3;
    }
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
  }

  private static boolean validTail(byte[] bytes, int start, int size) {
    for (int i = start + 1; i < start + size; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return false;
      }
    }
    int second = bytes[start + 1] & 0xFF;
    return switch (bytes[start] & 0xFF) {
      case 0xE0 -> second >= 0xA0;
      case 0xED -> second <= 0x9F;
      case 0xF0 -> second >= 0x90;
      case 0xF4 -> second <= 0x8F;
      default -> true;
    };
  }
}
