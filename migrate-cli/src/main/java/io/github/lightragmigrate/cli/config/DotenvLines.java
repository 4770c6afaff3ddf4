package io.github.lightragmigrate.cli.config;

import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.internal.DotenvParser;
import io.github.cdimascio.dotenv.internal.DotenvReader;
import io.github.lightragmigrate.cli.config.EnvStatements.Statement;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Gives dotenv-java statements as lines that it reads as python-dotenv does.
 *
 * <p>A plain {@code KEY=value} comes out as it stood in the file. A character that dotenv-java
 * would read differently (quotes, {@code #}, white space, a line break, or one it accepts in no
 * key) travels as its four hex digits. The lines stay in memory: dotenv-java's public builder reads
 * a file only, and a normalised copy on disk would spread secrets.
 */
final class DotenvLines {
  private static final Pattern NOT_PLAIN_IN_KEY = Pattern.compile("[^A-Za-z0-9_]");
  private static final Pattern NOT_PLAIN_IN_VALUE = Pattern.compile("[^!$-&(-\\[\\]-~]");
  private static final char KEY_ESCAPE = '.';
  private static final char VALUE_ESCAPE = '\\';
  private static final String NO_VALUE = "\\";

  private DotenvLines() {}

  static List<Statement> read(List<Statement> statements) {
    List<String> lines = statements.stream().map(DotenvLines::line).toList();
    return new DotenvParser(new Lines(lines), true, true)
        .parse().stream().map(DotenvLines::statement).toList();
  }

  private static String line(Statement statement) {
    String value = statement.value();
    return encode(statement.key(), NOT_PLAIN_IN_KEY, KEY_ESCAPE)
        + "="
        + (value == null ? NO_VALUE : encode(value, NOT_PLAIN_IN_VALUE, VALUE_ESCAPE));
  }

  private static Statement statement(DotenvEntry entry) {
    return new Statement(
        decode(entry.getKey(), KEY_ESCAPE),
        entry.getValue().equals(NO_VALUE) ? null : decode(entry.getValue(), VALUE_ESCAPE));
  }

  private static String encode(String text, Pattern notPlain, char escape) {
    StringBuilder encoded = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      String c = text.substring(i, i + 1);
      encoded.append(
          notPlain.matcher(c).matches() ? String.format("%c%04x", escape, (int) c.charAt(0)) : c);
    }
    return encoded.toString();
  }

  private static String decode(String text, char escape) {
    StringBuilder decoded = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == escape) {
        decoded.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
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
