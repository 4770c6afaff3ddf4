package io.github.lightragmigrate.spi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON text to and from {@link JsonValue}: parses as Python's {@code json} does. */
final class JsonText {

  /** Python's parser gives up near 1,000 levels. */
  private static final int MAX_DEPTH = 1000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** Bytes of UTF-32's units. */
  private static final int LONGEST_UNIT = 4;

  private JsonText() {}

  /** Validates all of the text, its UTF-8 included, and returns the value that it is. */
  static JsonValue parse(byte[] json, int offset, int length) {
    checkUtf8(json, offset, length);
    return read(
        json,
        offset,
        length,
        parser -> {
          if (parser.nextToken() == null) {
            throw new MalformedJsonException("no JSON value at byte 0");
          }
          JsonValue value = slice(parser, json, offset);
          checkEnd(parser);
          return value;
        });
  }

  /** The fields of a text that must be one JSON object; validates as {@link #parse} does. */
  static Map<String, JsonValue> parseObject(byte[] json) {
    checkUtf8(json, 0, json.length);
    return read(
        json,
        0,
        json.length,
        parser -> {
          if (parser.nextToken() != JsonToken.START_OBJECT) {
            parse(json, 0, json.length);
            throw new MalformedJsonException("the value is no JSON object");
          }
          Map<String, JsonValue> fields = fields(parser, json, 0);
          checkEnd(parser);
          return fields;
        });
  }

  private static void checkUtf8(byte[] json, int offset, int length) {
    int invalid = Utf8.firstInvalid(json, offset, length);
    if (invalid >= 0) {
      throw new MalformedJsonException("invalid UTF-8 at byte " + (invalid - offset));
    }
    // Jackson would take a text that begins so for UTF-16 or UTF-32
    for (int i = offset; i < offset + Math.min(length, LONGEST_UNIT); i++) {
      if (json[i] == 0) {
        throw new MalformedJsonException("NUL character at byte " + (i - offset));
      }
    }
  }

  private static void checkEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw new MalformedJsonException(
          "text after the JSON value at byte " + parser.currentTokenLocation().getByteOffset());
    }
  }

  static Map<String, JsonValue> fields(byte[] json, int offset, int length) {
    return read(
        json,
        offset,
        length,
        parser -> {
          parser.nextToken();
          return fields(parser, json, offset);
        });
  }

  private static Map<String, JsonValue> fields(JsonParser parser, byte[] json, int offset)
      throws IOException {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, slice(parser, json, offset));
    }
    return fields;
  }

  static List<JsonValue> elements(byte[] json, int offset, int length) {
    return read(
        json,
        offset,
        length,
        parser -> {
          List<JsonValue> elements = new ArrayList<>();
          parser.nextToken();
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(slice(parser, json, offset));
          }
          return elements;
        });
  }

  static String decodeString(byte[] json, int offset, int length) {
    if (isPlain(json, offset + 1, length - 2)) {
      return new String(json, offset + 1, length - 2, StandardCharsets.UTF_8);
    }
    return read(
        json,
        offset,
        length,
        parser -> {
          parser.nextToken();
          return parser.getText();
        });
  }

  private static boolean isPlain(byte[] json, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (json[i] == '\\') {
        return false;
      }
    }
    return true;
  }

  static void writeString(String value, ByteArrayOutputStream out) {
    out.write('"');
    if (LoneSurrogates.areIn(value)) {
      writeEscapingSurrogates(value, out);
    } else {
      out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(value));
    }
    out.write('"');
  }

  /** UTF-8 has no lone surrogates; JSON escapes do. */
  private static void writeEscapingSurrogates(String value, ByteArrayOutputStream out) {
    StringBuilder text = new StringBuilder(value.length() + 16);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isSurrogate(c)) {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        JsonStringEncoder.getInstance().quoteAsString(String.valueOf(c), text);
      }
    }
    out.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  static void writeObject(Map<String, JsonValue> fields, ByteArrayOutputStream out) {
    String separator = "{";
    for (Map.Entry<String, JsonValue> field : fields.entrySet()) {
      out.writeBytes(separator.getBytes(StandardCharsets.US_ASCII));
      writeString(field.getKey(), out);
      out.writeBytes(": ".getBytes(StandardCharsets.US_ASCII));
      field.getValue().writeJson(out);
      separator = ", ";
    }
    out.writeBytes((fields.isEmpty() ? "{}" : "}").getBytes(StandardCharsets.US_ASCII));
  }

  /** A line break in valid JSON is white space between tokens: never part of a string. */
  static void writeOnOneLine(byte[] json, int offset, int length, ByteArrayOutputStream out) {
    int end = offset + length;
    int from = offset;
    for (int i = offset; i < end; i++) {
      if (json[i] == '\n' || json[i] == '\r') {
        out.write(json, from, i - from);
        out.write(' ');
        from = i + 1;
      }
    }
    out.write(json, from, end - from);
  }

  static Optional<Long> exactLong(BigDecimal number) {
    // a huge exponent must not be expanded into as many digits
    if (number.precision() - (long) number.scale() > 19) {
      return Optional.empty();
    }
    try {
      return Optional.of(number.longValueExact());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** The value that starts at the parser's current token; the parser ends on its last token. */
  private static JsonValue slice(JsonParser parser, byte[] json, int offset) throws IOException {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      int end = endOfString(json, offset + start);
      if (end > 0) {
        return JsonValue.ofSlice(json, offset + start, end - offset - start);
      }
    }
    skip(parser, json, offset);
    parser.finishToken();
    int end = (int) parser.currentLocation().getByteOffset();
    // past a number that stands alone the parser takes the white space along
    while (json[offset + end - 1] <= ' ') {
      end--;
    }
    return JsonValue.ofSlice(json, offset + start, end - start);
  }

  /** To the last token of the value, and as strict as reading it: what is sliced can be read. */
  private static void skip(JsonParser parser, byte[] json, int offset) throws IOException {
    int depth = 0;
    while (true) {
      switch (parser.currentToken()) {
        case START_OBJECT, START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        case FIELD_NAME -> parser.currentName();
        case VALUE_NUMBER_FLOAT -> checkNumber(parser, json, offset);
        default -> {}
      }
      if (depth == 0) {
        return;
      }
      parser.nextToken();
    }
  }

  /** Jackson takes INF and +Infinity too, which no Python writes or reads. */
  private static void checkNumber(JsonParser parser, byte[] json, int offset) throws IOException {
    int start = offset + (int) parser.currentTokenLocation().getByteOffset();
    byte first = json[start] == '-' ? json[start + 1] : json[start];
    if (first >= '0' && first <= '9') {
      return;
    }
    String text = parser.getText();
    if (!List.of("NaN", "Infinity", "-Infinity").contains(text)) {
      throw new MalformedJsonException(text + " is no number at byte " + (start - offset));
    }
  }

  /**
   * Behind the closing quote, or 0 where there is none. The parser, which would decode the string
   * to tell its end, checks it when it goes on.
   */
  private static int endOfString(byte[] json, int start) {
    for (int i = start + 1; i < json.length; i++) {
      if (json[i] == '"') {
        return i + 1;
      }
      if (json[i] == '\\') {
        i++;
      }
    }
    return 0;
  }

  private interface Reading<T> {
    T from(JsonParser parser) throws IOException;
  }

  private static <T> T read(byte[] json, int offset, int length, Reading<T> reading) {
    try (JsonParser parser = JSON.createParser(json, offset, length)) {
      return reading.from(parser);
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      throw new MalformedJsonException(
          location == null
              ? e.getOriginalMessage()
              : e.getOriginalMessage() + " at byte " + location.getByteOffset());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
