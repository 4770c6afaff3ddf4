package io.github.lightragmigrate.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/** Whose the lines of a failure log are. */
final class FailureLogLines {

  /** Reads over records of any size. */
  static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .build())
          .build();

  private FailureLogLines() {}

  /** Whether a line begins at this place, and each from there on is of the migration. */
  static boolean areAllOf(String migration, FileChannel log, long from) throws IOException {
    return isStartOfLine(log, from) && areAllOf(migration, log.position(from));
  }

  private static boolean isStartOfLine(FileChannel log, long place) throws IOException {
    ByteBuffer before = ByteBuffer.allocate(1);
    return place == 0 || (log.read(before, place - 1) == 1 && before.get(0) == '\n');
  }

  private static boolean areAllOf(String migration, FileChannel log) throws IOException {
    InputStream in = new BufferedInputStream(Channels.newInputStream(log));
    try (JsonParser lines = JSON.createParser(in)) {
      while (lines.nextToken() != null) {
        if (!isOf(migration, lines)) {
          return false;
        }
      }
      return true;
    } catch (JsonProcessingException e) {
      // torn by a crash: it cannot be told whose it is
      return false;
    }
  }

  private static boolean isOf(String migration, JsonParser line) throws IOException {
    boolean found = false;
    while (line.nextToken() == JsonToken.FIELD_NAME) {
      boolean tells = line.currentName().equals("migration");
      line.nextToken();
      found |= tells && line.getText().equals(migration);
      line.skipChildren();
    }
    return found;
  }
}
