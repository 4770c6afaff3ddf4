package io.github.lightragmigrate.cli.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits the text of a {@code .env} file into statements by python-dotenv's grammar.
 *
 * <p>dotenv-java alone cannot do this part: where a statement ends, what is a comment and what a
 * backslash means all differ, and they depend on one another. So this class decides them and {@link
 * DotenvLines} hands dotenv-java the normalised lines.
 */
final class EnvStatements {
  /**
   * One {@code key=value}, or a bare {@code key} (value null, which unsets it).
   *
   * @param value decoded, with {@code ${V}} not yet expanded
   */
  record Statement(String key, @Nullable String value) {}

  /**
   * @param statements in the file's order, repeated keys kept
   * @param invalidLines numbers, from 1, of the lines where a statement begins that is none
   */
  record Parsed(List<Statement> statements, List<Integer> invalidLines) {}

  private static final String ESCAPED = "\\'\"abfnrtv";
  private static final String UNESCAPED = "\\'\"\u0007\b\f\n\r\t\u000b";

  private final String text;
  private final List<Statement> statements = new ArrayList<>();
  private final List<Integer> invalidLines = new ArrayList<>();
  private int position;
  private int line = 1;
  private int lineCountedTo;

  private EnvStatements(String text) {
    this.text = text;
  }

  /**
   * @param text with {@code \n} as the only line end
   */
  static Parsed parse(String text) {
    return new EnvStatements(text).parse();
  }

  private Parsed parse() {
    position = text.startsWith("\ufeff") ? 1 : 0;
    while (true) {
      skipSpace();
      if (atEnd()) {
        return new Parsed(List.copyOf(statements), List.copyOf(invalidLines));
      }
      int start = position;
      Statement statement = peek() == '#' ? null : statement();
      boolean valid = statement != null || peek() == '#';
      skipComment();
      valid &= atEnd() || peek() == '\n';
      if (valid && statement != null) {
        statements.add(statement);
      } else if (!valid) {
        invalidLines.add(lineOf(start));
      }
      skipLine();
    }
  }

  /**
   * Reads as far as the statement makes sense; null where there is none, or only a comment after
   * {@code export}.
   */
  private @Nullable Statement statement() {
    if (text.startsWith("export", position)
        && position + 6 < text.length()
        && isBlank(text.charAt(position + 6))) {
      position += 6;
      skipBlanks();
    }
    String key = peek() == '\'' ? quotedKey() : unquotedKey();
    if (key == null) {
      return null;
    }
    skipBlanks();
    if (peek() != '=') {
      return new Statement(key, null);
    }
    position++;
    int afterEquals = position;
    skipBlanks();
    if (peek() == '#' && position > afterEquals) {
      return new Statement(key, "");
    }
    char first = peek();
    String value = first == '\'' || first == '"' ? quotedValue(first) : unquotedValue();
    return value == null ? null : new Statement(key, value);
  }

  private @Nullable String quotedKey() {
    int end = text.indexOf('\'', position + 1);
    if (end <= position + 1) {
      return null;
    }
    String key = text.substring(position + 1, end);
    position = end + 1;
    return key;
  }

  private @Nullable String unquotedKey() {
    int start = position;
    while (!atEnd() && peek() != '=' && peek() != '#' && !PythonText.isSpace(peek())) {
      position++;
    }
    return position == start ? null : text.substring(start, position);
  }

  private @Nullable String quotedValue(char quote) {
    StringBuilder value = new StringBuilder();
    for (int i = position + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        position = i + 1;
        return value.toString();
      }
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        unescape(text.charAt(i), quote, value);
      } else {
        value.append(c);
      }
    }
    return null;
  }

  private static void unescape(char c, char quote, StringBuilder value) {
    int escape = ESCAPED.indexOf(c);
    boolean known = quote == '"' ? escape >= 0 : c == '\\' || c == '\'';
    if (known) {
      value.append(UNESCAPED.charAt(escape));
    } else {
      value.append('\\').append(c);
    }
  }

  private String unquotedValue() {
    int start = position;
    position = endOfLine();
    String value = text.substring(start, position);
    for (int hash = value.indexOf('#', 1); hash > 0; hash = value.indexOf('#', hash + 1)) {
      if (PythonText.isSpace(value.charAt(hash - 1))) {
        value = value.substring(0, hash);
        break;
      }
    }
    return PythonText.stripTrailing(value);
  }

  private void skipSpace() {
    while (!atEnd() && PythonText.isSpace(peek())) {
      position++;
    }
  }

  private void skipBlanks() {
    while (!atEnd() && isBlank(peek())) {
      position++;
    }
  }

  private void skipComment() {
    skipBlanks();
    if (peek() == '#') {
      position = endOfLine();
    }
  }

  private void skipLine() {
    position = Math.min(endOfLine() + 1, text.length());
  }

  private int endOfLine() {
    int end = text.indexOf('\n', position);
    return end < 0 ? text.length() : end;
  }

  private int lineOf(int index) {
    for (; lineCountedTo < index; lineCountedTo++) {
      if (text.charAt(lineCountedTo) == '\n') {
        line++;
      }
    }
    return line;
  }

  private static boolean isBlank(char c) {
    return c != '\n' && PythonText.isSpace(c);
  }

  private boolean atEnd() {
    return position >= text.length();
  }

  /** The next character, NUL at the end: {@link PythonText#read} lets none into the text. */
  private char peek() {
    return atEnd() ? '\0' : text.charAt(position);
  }
}
