package io.github.lightragmigrate.spi;

/** Strict UTF-8, as Python decodes it: no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {

  private Utf8() {}

  /** Length of the sequence of several bytes that starts here; 0 when it is none. */
  static int sequenceLength(byte[] bytes, int start, int end) {
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
