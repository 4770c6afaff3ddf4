package io.github.lightragmigrate.cli.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Text as Python's {@code open(file, encoding="utf-8")}, {@code str.isspace} and {@code str.strip}
 * see it.
 */
final class PythonText {
  private PythonText() {}

  /**
   * The file's text with every line end as {@code \n}.
   *
   * @throws SettingsFileException when the file is missing, unreadable, not UTF-8, or holds a NUL
   */
  static String read(Path file) {
    if (!Files.exists(file)) {
      throw new SettingsFileException(file, "there is no such file");
    }
    if (Files.isDirectory(file)) {
      throw new SettingsFileException(file, "is a directory, a file is needed");
    }
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
    } catch (CharacterCodingException e) {
      throw new SettingsFileException(file, "is not UTF-8 text; save it as UTF-8");
    } catch (AccessDeniedException e) {
      throw new SettingsFileException(file, "cannot be read: permission denied");
    } catch (IOException e) {
      throw new SettingsFileException(file, "cannot be read: " + e.getMessage());
    }
    text = text.replace("\r\n", "\n").replace('\r', '\n');
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw new SettingsFileException(
          file, lineAt(text, nul), "holds a NUL character; save the file as UTF-8 text");
    }
    return text;
  }

  /** The number of the line, from 1, that holds the character at {@code index}. */
  private static int lineAt(String text, int index) {
    return 1 + (int) text.substring(0, index).chars().filter(c -> c == '\n').count();
  }

  /** Java's own notions leave out U+001C to U+001F, U+0085 or the no-break spaces. */
  static boolean isSpace(char c) {
    return (c >= '\t' && c <= '\r')
        || (c >= '\u001c' && c <= ' ')
        || c == '\u0085'
        || Character.isSpaceChar(c);
  }

  static String strip(String text) {
    int start = 0;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    return stripTrailing(text.substring(start));
  }

  static String stripTrailing(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }
}
