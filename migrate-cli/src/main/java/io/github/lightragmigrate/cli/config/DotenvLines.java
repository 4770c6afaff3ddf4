package io.github.lightragmigrate.cli.config;

import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.internal.DotenvParser;
import io.github.cdimascio.dotenv.internal.DotenvReader;
import io.github.lightragmigrate.cli.config.EnvStatements.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Gives dotenv-java statements as lines that it reads as python-dotenv does.
 *
 * <p>A plain {@code KEY=value} comes out as it stood in the file. A character that dotenv-java
 * would read differently (quotes, {@code #}, white space, a line break, or one it accepts in no
 * key) travels as its four hex digits. The lines stay in memory: dotenv-java's public builder reads
 * a file only, and a normalised copy on disk would spread secrets.
 */
final class DotenvLines {
  private static final HexFormat HEX = HexFormat.of();
  private static final char KEY_ESCAPE = '.';
  private static final char VALUE_ESCAPE = '\\';
  private static final String NO_VALUE = "\\";

  private DotenvLines() {}

  static List<Statement> read(List<Statement> statements) {
    List<String> lines = statements.stream().map(DotenvLines::line).toList();
    // Not told to throw at a malformed line: its message would hold the line, and so the value.
    List<DotenvEntry> entries = new DotenvParser(new Lines(lines), true, false).parse();
    if (entries.size() != lines.size()) {
      throw new IllegalStateException("dotenv-java skipped a normalised line");
    }
    return entries.stream().map(DotenvLines::statement).toList();
  }

  private static String line(Statement statement) {
    String value = statement.value();
    return encode(statement.key(), DotenvLines::isPlainInKey, KEY_ESCAPE)
        + "="
        + (value == null ? NO_VALUE : encode(value, DotenvLines::isPlainInValue, VALUE_ESCAPE));
  }

  private static Statement statement(DotenvEntry entry) {
    return new Statement(
        decode(entry.getKey(), KEY_ESCAPE),
        entry.getValue().equals(NO_VALUE) ? null : decode(entry.getValue(), VALUE_ESCAPE));
  }

  private static boolean isPlainInKey(int c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  }

  private static boolean isPlainInValue(int c) {
    return c > ' ' && c <= '~' && "\"'#\\".indexOf(c) < 0;
  }

  private static String encode(String text, IntPredicate isPlain, char escape) {
    StringBuilder encoded = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isPlain.test(c)) {
        encoded.append(c);
      } else {
        encoded.append(escape).append(HEX.toHexDigits(c));
      }
    }
    return encoded.toString();
  }

  private static String decode(String text, char escape) {
    StringBuilder decoded = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == escape) {
        decoded.append((char) HexFormat.fromHexDigits(text, i + 1, i + 5));
        i += 4;
      } else {
        decoded.append(text.charAt(i));
      }
    }
    return decoded.toString();
  }

  private static final class Lines extends DotenvReader {
    private final List<String> lines;

    Lines(List<String> lines) {
      super("", "");
      this.lines = lines;
    }

    @Override
    public List<String> read() {
      return lines;
    }
  }
}
