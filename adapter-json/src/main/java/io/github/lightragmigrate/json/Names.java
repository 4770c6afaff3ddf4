package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.LoneSurrogates;
import io.github.lightragmigrate.spi.MalformedJsonException;
import java.nio.charset.StandardCharsets;

/** Names in JSON text: keys of entries and of fields. */
final class Names {

  private Names() {}

  /**
   * Decodes a string that a {@link JsonScanner} passed. Of invalid UTF-8 each byte becomes a lone
   * surrogate, as with Python's {@code surrogateescape}, so that different keys stay different.
   *
   * @param raw with its quotes
   */
  static String decode(byte[] raw) {
    if (isPlainAscii(raw)) {
      return new String(raw, 1, raw.length - 2, StandardCharsets.US_ASCII);
    }
    try {
      return JsonValue.ofJson(raw).string();
    } catch (MalformedJsonException e) {
      StringBuilder text = new StringBuilder(raw.length);
      for (int i = 1; i < raw.length - 1; i++) {
        text.append((char) (raw[i] >= 0 ? raw[i] : 0xDC00 | (raw[i] & 0xFF)));
      }
      return text.toString();
    }
  }

  /** Without lone surrogates, which no store can hold in a key. */
  static boolean isUnicode(String name) {
    return !LoneSurrogates.areIn(name);
  }

  private static boolean isPlainAscii(byte[] raw) {
    for (byte b : raw) {
      if (b < 0 || b == '\\') {
        return false;
      }
    }
    return true;
  }
}
