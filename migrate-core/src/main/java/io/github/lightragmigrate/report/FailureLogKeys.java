package io.github.lightragmigrate.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.lightragmigrate.spi.KeyIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Predicate;

/** Which keys a failure log tells of, in a few bytes each; its records are read over. */
public final class FailureLogKeys {

  private FailureLogKeys() {}

  /**
   * Whether a key has a line; one that a crash tore is none, wherever it is.
   *
   * @throws UncheckedIOException when the log cannot be read
   */
  public static Predicate<String> in(Path log) {
    KeyIndex keys = new KeyIndex();
    try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ)) {
      LineReader lines = new LineReader(file, 0, file.size());
      for (Optional<LineReader.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
        key(line.get().text()).ifPresent(key -> keys.put(key, 0));
      }
    } catch (NoSuchFileException e) {
      return key -> false;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the failure log " + log + ": " + e, e);
    }
    return keys::contains;
  }

  /** Empty for a torn line: its record is logged again, or was never dealt with. */
  private static Optional<String> key(byte[] text) throws IOException {
    try (JsonParser line = FailureLogLines.JSON.createParser(text)) {
      Optional<String> key = Optional.empty();
      line.nextToken();
      while (line.nextToken() == JsonToken.FIELD_NAME) {
        boolean isKey = line.currentName().equals("key");
        if (line.nextToken() == JsonToken.VALUE_STRING && isKey) {
          key = Optional.of(line.getText());
        }
        line.skipChildren();
      }
      return key;
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
