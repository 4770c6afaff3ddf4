package io.github.lightragmigrate.json;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Walks through the JSON text of a file of any size, from any position. A library's parser can
 * neither start in the middle nor go on behind a record with broken UTF-8, hence this one.
 *
 * <p>It keeps to the grammar of Python's {@code json} ({@code NaN}, {@code Infinity} and {@code
 * -Infinity} included) strictly, but does not look into the UTF-8 of strings: that is one record's
 * matter. Every method that finds something else throws a {@link BrokenJsonException}.
 */
final class JsonScanner implements Closeable {

  private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};

  /** Beyond what Python reads, and what {@code JsonValue} reads: those name the record. */
  private static final int MAX_DEPTH = 2000;

  /** Names are decoded, in several copies. */
  private static final int MAX_NAME_BYTES = 16 << 20;

  private final FileBytes in;

  JsonScanner(Path file) throws IOException {
    in = new FileBytes(file);
  }

  long position() {
    return in.position();
  }

  void seek(long position) throws IOException {
    in.seek(position);
  }

  /** Part of the file that was passed. */
  byte[] bytes(long from, long to) throws IOException {
    return in.bytes(from, to);
  }

  /** As {@link #bytes}, of any size. */
  void copy(long from, long to, OutputStream out) throws IOException {
    in.copy(from, to, out);
  }

  /** Goes to the next byte that is no white space and returns it; -1 at the end of the file. */
  int peekToken() throws IOException {
    while (true) {
      int c = in.peek();
      if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
        return c;
      }
      in.skip();
    }
  }

  void skipByteOrderMark() throws IOException {
    long start = position();
    for (int b : BYTE_ORDER_MARK) {
      if (in.peek() != b) {
        seek(start);
        return;
      }
      in.skip();
    }
  }

  void expect(char wanted) throws IOException {
    if (peekToken() != wanted) {
      throw broken("expected " + wanted);
    }
    in.skip();
  }

  void expectEnd() throws IOException {
    if (peekToken() != -1) {
      throw broken("text after the end of the object");
    }
  }

  /**
   * Goes to the next name in an object; at the end consumes the brace.
   *
   * @param first the opening brace was consumed last; otherwise a value was
   * @return false at the end of the object
   */
  boolean nextMember(boolean first) throws IOException {
    int c = peekToken();
    if (c == '}') {
      in.skip();
      return false;
    }
    if (!first) {
      if (c != ',') {
        throw broken("expected , or }");
      }
      in.skip();
      c = peekToken();
    }
    if (c != '"') {
      throw broken("expected a name in double quotes");
    }
    return true;
  }

  /** Consumes a string and returns its text in the file, quotes included. */
  byte[] rawString() throws IOException {
    long start = position();
    skipString();
    if (position() - start > MAX_NAME_BYTES) {
      throw new BrokenJsonException("a name longer than " + MAX_NAME_BYTES + " bytes", start);
    }
    return bytes(start, position());
  }

  void skipString() throws IOException {
    expect('"');
    while (true) {
      in.skipPlain();
      int c = in.peek();
      if (c == -1) {
        throw broken("the file ends within a string");
      }
      if (c < 0x20) {
        throw broken("control character in a string");
      }
      if (c == '"') {
        in.skip();
        return;
      }
      if (c == '\\') {
        in.skip();
        skipEscape();
      }
    }
  }

  private void skipEscape() throws IOException {
    switch (in.peek()) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> in.skip();
      case 'u' -> {
        in.skip();
        for (int i = 0; i < 4; i++) {
          if (Character.digit(in.peek(), 16) < 0) {
            throw broken("expected four hexadecimal digits after \\u");
          }
          in.skip();
        }
      }
      default -> throw broken("unknown escape in a string");
    }
  }

  void skipValue() throws IOException {
    skipValue(0);
  }

  private void skipValue(int depth) throws IOException {
    if (depth == MAX_DEPTH) {
      throw broken("nested deeper than " + MAX_DEPTH + " levels");
    }
    switch (peekToken()) {
      case '"' -> skipString();
      case '{' -> {
        in.skip();
        for (boolean more = nextMember(true); more; more = nextMember(false)) {
          skipString();
          expect(':');
          skipValue(depth + 1);
        }
      }
      case '[' -> skipArray(depth);
      case 't' -> skipLiteral("true");
      case 'f' -> skipLiteral("false");
      case 'n' -> skipLiteral("null");
      case 'N' -> skipLiteral("NaN");
      case 'I' -> skipLiteral("Infinity");
      default -> skipNumber();
    }
  }

  private void skipArray(int depth) throws IOException {
    in.skip();
    if (peekToken() == ']') {
      in.skip();
      return;
    }
    while (true) {
      skipValue(depth + 1);
      int c = peekToken();
      if (c != ',' && c != ']') {
        throw broken("expected , or ]");
      }
      in.skip();
      if (c == ']') {
        return;
      }
    }
  }

  private void skipLiteral(String literal) throws IOException {
    for (int i = 0; i < literal.length(); i++) {
      if (in.peek() != literal.charAt(i)) {
        throw broken("expected " + literal);
      }
      in.skip();
    }
  }

  private void skipNumber() throws IOException {
    if (in.peek() == '-') {
      in.skip();
      if (in.peek() == 'I') {
        skipLiteral("Infinity");
        return;
      }
    }
    if (in.peek() == '0') {
      in.skip();
    } else {
      skipDigits("expected a value");
    }
    if (in.peek() == '.') {
      in.skip();
      skipDigits("expected a digit");
    }
    if (in.peek() == 'e' || in.peek() == 'E') {
      in.skip();
      if (in.peek() == '+' || in.peek() == '-') {
        in.skip();
      }
      skipDigits("expected a digit");
    }
  }

  private void skipDigits(String message) throws IOException {
    if (!isDigit(in.peek())) {
      throw broken(message);
    }
    while (isDigit(in.peek())) {
      in.skip();
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private BrokenJsonException broken(String message) throws IOException {
    return new BrokenJsonException(
        in.peek() == -1 ? message + ", but the file ends" : message, position());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
