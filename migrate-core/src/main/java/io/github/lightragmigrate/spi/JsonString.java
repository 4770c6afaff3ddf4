package io.github.lightragmigrate.spi;

import java.util.Arrays;
import java.util.Optional;

/** Strings between JSON text and UTF-8, without characters in between. */
final class JsonString {

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private final byte[] json;
  private final int end;
  private final byte[] utf8;
  private int from;
  private int length;

  private JsonString(byte[] json, int from, int end) {
    this.json = json;
    this.from = from;
    this.end = end;
    // no escape is shorter than what it stands for
    this.utf8 = new byte[end - from];
  }

  /**
   * What a valid JSON string stands for; empty when half of a surrogate pair is in it.
   *
   * @param offset of the opening quote
   * @param length quotes included
   */
  static Optional<byte[]> decode(byte[] json, int offset, int length) {
    int start = offset + 1;
    int end = offset + length - 1;
    if (PlainText.end(json, start, end) == end) {
      return Optional.of(Arrays.copyOfRange(json, start, end));
    }
    return new JsonString(json, start, end).unescaped();
  }

  private Optional<byte[]> unescaped() {
    while (from < end) {
      int escape = PlainText.end(json, from, end);
      System.arraycopy(json, from, utf8, length, escape - from);
      length += escape - from;
      from = escape;
      if (from < end && !unescape(json[from + 1])) {
        return Optional.empty();
      }
    }
    return Optional.of(Arrays.copyOf(utf8, length));
  }

  private boolean unescape(byte kind) {
    if (kind == 'u') {
      return unescapeUnit();
    }
    utf8[length++] =
        switch (kind) {
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          default -> kind;
        };
    from += 2;
    return true;
  }

  private boolean unescapeUnit() {
    int c = unit(from);
    from += 6;
    if (Character.isHighSurrogate((char) c)
        && from + 6 <= end
        && json[from] == '\\'
        && json[from + 1] == 'u'
        && Character.isLowSurrogate((char) unit(from))) {
      c = Character.toCodePoint((char) c, (char) unit(from));
      from += 6;
    } else if (Character.isSurrogate((char) c)) {
      return false;
    }
    put(c);
    return true;
  }

  private int unit(int escape) {
    int unit = 0;
    for (int i = escape + 2; i < escape + 6; i++) {
      unit = unit << 4 | Character.digit(json[i], 16);
    }
    return unit;
  }

  private void put(int c) {
    if (c < 0x80) {
      utf8[length++] = (byte) c;
      return;
    }
    if (c < 0x800) {
      utf8[length++] = (byte) (0xC0 | c >> 6);
    } else {
      if (c < 0x10000) {
        utf8[length++] = (byte) (0xE0 | c >> 12);
      } else {
        utf8[length++] = (byte) (0xF0 | c >> 18);
        utf8[length++] = (byte) (0x80 | ((c >> 12) & 0x3F));
      }
      utf8[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
    }
    utf8[length++] = (byte) (0x80 | (c & 0x3F));
  }

  /** The JSON text, quotes included, of valid UTF-8. */
  static byte[] encode(byte[] utf8) {
    byte[] json = new byte[utf8.length + 2 + utf8.length / 16];
    int length = 0;
    json[length++] = '"';
    for (int from = 0; from < utf8.length; ) {
      int special = PlainText.end(utf8, from, utf8.length);
      // room for what is copied, an escape and the closing quote
      if (length + special - from + 7 > json.length) {
        long wanted = length + (utf8.length - from) * 9L / 8 + 16;
        json = Arrays.copyOf(json, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
      }
      System.arraycopy(utf8, from, json, length, special - from);
      length += special - from;
      if (special < utf8.length) {
        length = escape(utf8[special], json, length);
      }
      from = special + 1;
    }
    json[length++] = '"';
    return length == json.length ? json : Arrays.copyOf(json, length);
  }

  private static int escape(byte special, byte[] json, int at) {
    int length = at;
    json[length++] = '\\';
    switch (special) {
      case '\b' -> json[length++] = 'b';
      case '\f' -> json[length++] = 'f';
      case '\n' -> json[length++] = 'n';
      case '\r' -> json[length++] = 'r';
      case '\t' -> json[length++] = 't';
      case '"', '\\' -> json[length++] = special;
      default -> {
        json[length++] = 'u';
        json[length++] = '0';
        json[length++] = '0';
        json[length++] = HEX[special >> 4];
        json[length++] = HEX[special & 0xF];
      }
    }
    return length;
  }
}
