package io.github.lightragmigrate.replay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * One line of a failure log.
 *
 * @param key empty for a torn line
 * @param record that the line holds, if it does
 */
record LogLine(Kind kind, String key, Optional<CacheRecord> record) {

  /** What a replay makes of a line. */
  enum Kind {
    /** Its record can be written. */
    REPLAY,
    /** Its record is in the target already, in a cleaned form. */
    SANITIZED,
    /** It has no record. */
    UNREADABLE,
    /** Its writer was ended in the middle of it. */
    TORN
  }

  /** What every line begins with. */
  private static final byte[] BEGINNING = "{\"key\":".getBytes(US_ASCII);

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /**
   * Parses a line.
   *
   * @param ended there is a line break behind it
   * @throws MalformedJsonException when it is no line of a failure log, nor the beginning of one
   */
  static LogLine parse(byte[] text, boolean ended) {
    try {
      return parse(JsonValue.ofJson(text));
    } catch (MalformedJsonException e) {
      if (isTorn(text, ended)) {
        return new LogLine(Kind.TORN, "", Optional.empty());
      }
      throw e;
    }
  }

  private static LogLine parse(JsonValue line) {
    Map<String, JsonValue> fields = line.kind() == JsonValue.Kind.OBJECT ? line.fields() : Map.of();
    String key = text(fields, "key");
    String type = text(fields, "type");
    JsonValue record = fields.getOrDefault("record", JsonValue.TRUE);
    return switch (record.kind()) {
      case NULL -> new LogLine(Kind.UNREADABLE, key, Optional.empty());
      case OBJECT ->
          new LogLine(
              type.equals("sanitized") ? Kind.SANITIZED : Kind.REPLAY,
              key,
              Optional.of(CacheRecord.of(key, record.fields())));
      default -> throw new MalformedJsonException("'record' is neither an object nor null");
    };
  }

  private static String text(Map<String, JsonValue> fields, String name) {
    return Optional.ofNullable(fields.get(name))
        .flatMap(JsonValue::asString)
        .orElseThrow(() -> new MalformedJsonException("there is no text '" + name + "'"));
  }

  /** A log that is added to after a crash has the torn line in its middle. */
  private static boolean isTorn(byte[] text, boolean ended) {
    int length = Math.min(text.length, BEGINNING.length);
    return Arrays.equals(text, 0, length, BEGINNING, 0, length)
        && (!ended || text[text.length - 1] != '}' || endsTooEarly(text));
  }

  private static boolean endsTooEarly(byte[] text) {
    try (JsonParser parser = JSON.createParser(text)) {
      while (parser.nextToken() != null) {
        // looks for the end alone
      }
      return false;
    } catch (JsonEOFException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
