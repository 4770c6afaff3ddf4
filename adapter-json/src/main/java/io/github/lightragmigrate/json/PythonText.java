package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.PlainText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes valid JSON text as Python's {@code json.dump(..., indent=2, ensure_ascii=False)} does:
 * non-ASCII characters as they are, short escapes, one member a line. Numbers stay as they came.
 *
 * <p>Refuses what LightRAG 1.5.7 (Python 3.11) cannot live with, each found by trying it:
 *
 * <ul>
 *   <li>a lone surrogate: read from {@code \ud800}, it makes LightRAG's next write of the file fail
 *       and be repeated with U+D800-DFFF, U+FFFE and U+FFFF removed from every record of the file
 *       ({@code write_json});
 *   <li>integers of more than 4,300 digits: the whole file can no longer be read;
 *   <li>more than 400 levels: from 500 on, reading the record fails ({@code copy.deepcopy}).
 * </ul>
 */
final class PythonText {

  private static final int MAX_DIGITS = 4300;
  private static final int MAX_DEPTH = 400;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final byte[] in;
  private final ByteArrayOutputStream out;
  private int next;
  private int depth;

  /**
   * @param json valid, without white space around it
   * @param depth levels of indentation around it
   */
  PythonText(byte[] json, int depth, ByteArrayOutputStream out) {
    this.in = json;
    this.depth = depth;
    this.out = out;
  }

  void write() throws UnfitException {
    while (next < in.length) {
      byte c = in[next];
      switch (c) {
        case ' ', '\n', '\t', '\r' -> next++;
        case '"' -> writeString();
        case '{', '[' -> open(c);
        case '}', ']' -> {
          depth--;
          newLine();
          writeThis();
        }
        case ',' -> {
          writeThis();
          newLine();
        }
        case ':' -> {
          writeThis();
          out.write(' ');
        }
        default -> writeLiteral();
      }
    }
  }

  private void open(byte bracket) throws UnfitException {
    writeThis();
    while (Character.isWhitespace(in[next])) {
      next++;
    }
    // in ASCII a closing bracket is two after its opening one
    if (in[next] == bracket + 2) {
      writeThis();
      return;
    }
    if (++depth > MAX_DEPTH) {
      throw new UnfitException(
          "nested deeper than " + MAX_DEPTH + " levels, which LightRAG fails on");
    }
    newLine();
  }

  private void newLine() {
    out.write('\n');
    for (int i = 0; i < depth; i++) {
      out.write(' ');
      out.write(' ');
    }
  }

  private void writeThis() {
    out.write(in[next++]);
  }

  private void writeLiteral() throws UnfitException {
    int start = next;
    boolean isInteger = true;
    while (next < in.length && " \n\t\r,]}".indexOf(in[next]) < 0) {
      isInteger &= in[next] == '-' || (in[next] >= '0' && in[next] <= '9');
      next++;
    }
    String literal = new String(in, start, next - start, StandardCharsets.US_ASCII);
    if (isInteger && literal.length() > MAX_DIGITS) {
      throw new UnfitException(
          "an integer of more than " + MAX_DIGITS + " digits, which LightRAG cannot read");
    }
    out.write(in, start, next - start);
  }

  private void writeString() throws UnfitException {
    int copied = next++;
    for (next = PlainText.end(in, next, in.length);
        in[next] != '"';
        next = PlainText.end(in, next, in.length)) {
      byte escaped = in[next + 1];
      if (escaped == 'u' || escaped == '/') {
        out.write(in, copied, next - copied);
        next += 2;
        if (escaped == '/') {
          out.write('/');
        } else {
          writeCharacter();
        }
        copied = next;
      } else {
        next += 2;
      }
    }
    next++;
    out.write(in, copied, next - copied);
  }

  /** At the digits of an escape. */
  private void writeCharacter() throws UnfitException {
    char unit = readUnit();
    if (!Character.isSurrogate(unit)) {
      writeBasic(unit);
      return;
    }
    if (Character.isHighSurrogate(unit) && in[next] == '\\' && in[next + 1] == 'u') {
      next += 2;
      char low = readUnit();
      if (Character.isLowSurrogate(low)) {
        out.writeBytes(new String(new char[] {unit, low}).getBytes(StandardCharsets.UTF_8));
        return;
      }
    }
    throw new UnfitException(
        "a lone surrogate: LightRAG would remove it at its next write, and other characters from"
            + " other records with it");
  }

  private char readUnit() {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      unit = unit << 4 | Character.digit(in[next++], 16);
    }
    return (char) unit;
  }

  private void writeBasic(char c) {
    int known = "\"\\\b\f\n\r\t".indexOf(c);
    if (known >= 0) {
      out.write('\\');
      out.write("\"\\bfnrt".charAt(known));
    } else if (c < 0x20) {
      out.writeBytes(new byte[] {'\\', 'u', '0', '0', HEX[c >> 4], HEX[c & 15]});
    } else if (c < 0x80) {
      out.write(c);
    } else {
      if (c < 0x800) {
        out.write(0xC0 | c >> 6);
      } else {
        out.write(0xE0 | c >> 12);
        out.write(0x80 | c >> 6 & 0x3F);
      }
      out.write(0x80 | c & 0x3F);
    }
  }
}
