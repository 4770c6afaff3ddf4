package io.github.lightragmigrate.spi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON text to and from {@link JsonValue}: parses as Python's {@code json} does. */
final class JsonText {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final byte[] COMMA = {',', ' '};
  private static final byte[] COLON = {':', ' '};

  private JsonText() {}

  /** Validates all of the text, its UTF-8 included, and returns the value that it is. */
  static JsonValue parse(byte[] json, int offset, int length) {
    JsonSyntax syntax = new JsonSyntax(json, offset, length);
    JsonValue value = syntax.value();
    syntax.expectEnd();
    return value;
  }

  /** The fields of a text that must be one JSON object; validates as {@link #parse} does. */
  static Map<String, JsonValue> parseObject(byte[] json) {
    JsonSyntax syntax = new JsonSyntax(json, 0, json.length);
    if (syntax.peek() != '{') {
      parse(json, 0, json.length);
      throw new MalformedJsonException("the value is no JSON object");
    }
    Map<String, JsonValue> fields = syntax.fields();
    syntax.expectEnd();
    return fields;
  }

  static Map<String, JsonValue> fields(byte[] json, int offset, int length) {
    return new JsonSyntax(json, offset, length).fields();
  }

  static List<JsonValue> elements(byte[] json, int offset, int length) {
    return new JsonSyntax(json, offset, length).elements();
  }

  static String decodeString(byte[] json, int offset, int length) {
    return JsonString.decode(json, offset, length)
        .map(utf8 -> new String(utf8, StandardCharsets.UTF_8))
        .orElseGet(() -> decodeSurrogates(json, offset, length));
  }

  private static String decodeSurrogates(byte[] json, int offset, int length) {
    try (JsonParser parser = JSON.createParser(json, offset, length)) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void writeString(String value, ByteArrayOutputStream out) {
    out.write('"');
    if (isPlainAscii(value)) {
      out.writeBytes(value.getBytes(StandardCharsets.ISO_8859_1));
    } else if (LoneSurrogates.areIn(value)) {
      writeEscapingSurrogates(value, out);
    } else {
      out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(value));
    }
    out.write('"');
  }

  /** As almost all keys and names are: the library below looks at each character several times. */
  private static boolean isPlainAscii(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
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
    out.write('{');
    writeFields(fields, out);
    out.write('}');
  }

  /** With one more field behind the others. */
  static void writeObject(
      Map<String, JsonValue> fields, String name, JsonValue value, ByteArrayOutputStream out) {
    out.write('{');
    writeFields(fields, out);
    if (!fields.isEmpty()) {
      out.writeBytes(COMMA);
    }
    writeField(name, value, out);
    out.write('}');
  }

  private static void writeFields(Map<String, JsonValue> fields, ByteArrayOutputStream out) {
    boolean first = true;
    for (Map.Entry<String, JsonValue> field : fields.entrySet()) {
      if (!first) {
        out.writeBytes(COMMA);
      }
      first = false;
      writeField(field.getKey(), field.getValue(), out);
    }
  }

  private static void writeField(String name, JsonValue value, ByteArrayOutputStream out) {
    writeString(name, out);
    out.writeBytes(COLON);
    value.writeJson(out);
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
}
