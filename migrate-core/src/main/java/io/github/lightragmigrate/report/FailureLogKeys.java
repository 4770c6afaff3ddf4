package io.github.lightragmigrate.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.lightragmigrate.spi.KeyIndex;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Which keys a failure log tells of, in a few bytes each; its records are read over. */
public final class FailureLogKeys {

  private FailureLogKeys() {}

  /**
   * Whether a key has a line.
   *
   * @throws UncheckedIOException when the log cannot be read
   */
  public static Predicate<String> in(Path log) {
    KeyIndex keys = new KeyIndex();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(log));
        JsonParser lines = FailureLogLines.JSON.createParser(in)) {
      while (lines.nextToken() == JsonToken.START_OBJECT) {
        while (lines.nextToken() == JsonToken.FIELD_NAME) {
          boolean isKey = lines.currentName().equals("key");
          if (lines.nextToken() == JsonToken.VALUE_STRING && isKey) {
            keys.put(lines.getText(), 0);
          }
          lines.skipChildren();
        }
      }
    } catch (NoSuchFileException e) {
      return key -> false;
    } catch (JsonProcessingException e) {
      // a line that was torn by a crash is the last
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the failure log " + log + ": " + e, e);
    }
    return keys::contains;
  }
}
