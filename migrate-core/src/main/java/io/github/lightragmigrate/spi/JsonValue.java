package io.github.lightragmigrate.spi;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One JSON value, kept as it came: as UTF-8 JSON text, which is then passed on untouched, or as a
 * decoded string, of characters or in UTF-8. Each is made from the other when it is asked for.
 * Immutable.
 *
 * <p>Numbers stay text, so any size and {@code NaN}, {@code Infinity}, {@code -Infinity} (which
 * Python reads and writes) survive. Strings may hold lone surrogates; their JSON text then has them
 * as escapes.
 *
 * <p>Two values are equal when they mean the same: field order, white space, escapes and {@code 1}
 * against {@code 1.0} make no difference.
 */
public final class JsonValue {

  /** What a value is. */
  public enum Kind {
    /** Text in quotes. */
    STRING,

    /** Any number, also Python's {@code NaN} and {@code Infinity}. */
    NUMBER,

    /** {@code true} or {@code false}. */
    BOOLEAN,

    /** {@code null}. */
    NULL,

    /** {@code {...}}. */
    OBJECT,

    /** {@code [...]}. */
    ARRAY
  }

  /** {@code null}. */
  public static final JsonValue NULL = ofTrustedJson("null");

  /** {@code true}. */
  public static final JsonValue TRUE = ofTrustedJson("true");

  /** {@code false}. */
  public static final JsonValue FALSE = ofTrustedJson("false");

  private final byte @Nullable [] json;
  private final int offset;
  private final int length;
  private final @Nullable String string;

  /** The decoded string in UTF-8. */
  private final byte @Nullable [] text;

  private JsonValue(
      byte @Nullable [] json,
      int offset,
      int length,
      @Nullable String string,
      byte @Nullable [] text) {
    this.json = json;
    this.offset = offset;
    this.length = length;
    this.string = string;
    this.text = text;
  }

  /** A slice of text that is known to be one valid JSON value without white space around it. */
  static JsonValue ofSlice(byte[] json, int offset, int length) {
    return new JsonValue(json, offset, length, null, null);
  }

  private static JsonValue ofTrustedJson(String json) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    return ofSlice(utf8, 0, utf8.length);
  }

  /**
   * Parses and validates one value. The array is kept, not copied.
   *
   * @throws MalformedJsonException with the position of the fault
   */
  public static JsonValue ofJson(byte[] utf8) {
    return JsonText.parse(utf8, 0, utf8.length);
  }

  /**
   * Parses and validates one value.
   *
   * @throws MalformedJsonException with the position of the fault
   */
  public static JsonValue ofJson(String json) {
    return ofJson(json.getBytes(StandardCharsets.UTF_8));
  }

  /** A string; it may hold lone surrogates. */
  public static JsonValue of(String value) {
    return new JsonValue(null, 0, 0, Objects.requireNonNull(value), null);
  }

  /**
   * A string. The array is kept, not copied.
   *
   * @throws MalformedJsonException when it is no valid UTF-8
   */
  public static JsonValue ofUtf8(byte[] text) {
    int invalid = Utf8.firstInvalid(text);
    if (invalid >= 0) {
      throw new MalformedJsonException("invalid UTF-8 at byte " + invalid);
    }
    return ofValidUtf8(text);
  }

  /**
   * A string of text that a store vouches for: it is not checked, and what is no UTF-8 would go to
   * the target as it is. The array is kept, not copied.
   */
  public static JsonValue ofValidUtf8(byte[] text) {
    return new JsonValue(null, 0, 0, null, text);
  }

  /** An integer. */
  public static JsonValue of(long value) {
    return ofTrustedJson(Long.toString(value));
  }

  /** A number; {@code NaN} and the infinities become the literals that Python uses. */
  public static JsonValue of(double value) {
    return ofTrustedJson(Double.toString(value));
  }

  /** A number, with all its digits. */
  public static JsonValue of(BigDecimal value) {
    return ofTrustedJson(value.toString());
  }

  /** {@code true} or {@code false}. */
  public static JsonValue of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** An object; its fields keep their order. */
  public static JsonValue object(Map<String, JsonValue> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    JsonText.writeObject(fields, out);
    byte[] utf8 = out.toByteArray();
    return ofSlice(utf8, 0, utf8.length);
  }

  /** An array. */
  public static JsonValue array(List<JsonValue> elements) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    String separator = "[";
    for (JsonValue element : elements) {
      out.writeBytes(separator.getBytes(StandardCharsets.US_ASCII));
      element.writeJson(out);
      separator = ", ";
    }
    out.writeBytes((elements.isEmpty() ? "[]" : "]").getBytes(StandardCharsets.US_ASCII));
    byte[] utf8 = out.toByteArray();
    return ofSlice(utf8, 0, utf8.length);
  }

  /** What it is. */
  public Kind kind() {
    if (json == null) {
      return Kind.STRING;
    }
    return switch (json[offset]) {
      case '"' -> Kind.STRING;
      case '{' -> Kind.OBJECT;
      case '[' -> Kind.ARRAY;
      case 't', 'f' -> Kind.BOOLEAN;
      case 'n' -> Kind.NULL;
      default -> Kind.NUMBER;
    };
  }

  /** Whether it is {@code null}. */
  public boolean isNull() {
    return kind() == Kind.NULL;
  }

  /**
   * The decoded string.
   *
   * @throws IllegalStateException when it is none
   */
  public String string() {
    if (string != null) {
      return string;
    }
    if (text != null) {
      return new String(text, StandardCharsets.UTF_8);
    }
    expect(Kind.STRING);
    return JsonText.decodeString(bytes(), offset, length);
  }

  /**
   * The decoded string as UTF-8, not to be changed; empty when half of a surrogate pair is in it,
   * which UTF-8 cannot hold.
   *
   * @throws IllegalStateException when it is no string
   */
  public Optional<byte[]> utf8() {
    expect(Kind.STRING);
    if (text != null) {
      return Optional.of(text);
    }
    if (string == null) {
      return JsonString.decode(bytes(), offset, length);
    }
    return LoneSurrogates.areIn(string)
        ? Optional.empty()
        : Optional.of(string.getBytes(StandardCharsets.UTF_8));
  }

  /** The text of a string; empty for any other kind. */
  public Optional<String> asString() {
    return kind() == Kind.STRING ? Optional.of(string()) : Optional.empty();
  }

  /**
   * The boolean.
   *
   * @throws IllegalStateException when it is no boolean
   */
  public boolean bool() {
    expect(Kind.BOOLEAN);
    return bytes()[offset] == 't';
  }

  /**
   * The number, exact; empty for the literals that are not finite, for exponents beyond an int, and
   * for other kinds.
   */
  public Optional<BigDecimal> asDecimal() {
    if (kind() != Kind.NUMBER) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(toString()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The number when it is a whole one that fits, however written ({@code 5}, {@code 5.0}). */
  public Optional<Long> asLong() {
    return asDecimal().flatMap(JsonText::exactLong);
  }

  /**
   * The fields, in order; of a repeated name the last value.
   *
   * @throws IllegalStateException when it is no object
   */
  public Map<String, JsonValue> fields() {
    expect(Kind.OBJECT);
    return Collections.unmodifiableMap(JsonText.fields(bytes(), offset, length));
  }

  /**
   * The elements, in order.
   *
   * @throws IllegalStateException when it is no array
   */
  public List<JsonValue> elements() {
    expect(Kind.ARRAY);
    return Collections.unmodifiableList(JsonText.elements(bytes(), offset, length));
  }

  /** Length of the JSON text in bytes; an estimate for a decoded string. */
  public int size() {
    if (text != null) {
      return text.length + 2;
    }
    return string != null ? string.length() + 2 : length;
  }

  /** The JSON text on one line. */
  public byte[] toJson() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(size() + 16);
    writeJson(out);
    return out.toByteArray();
  }

  /** Appends the JSON text, on one line. */
  public void writeJson(ByteArrayOutputStream out) {
    if (text != null) {
      out.writeBytes(JsonString.encode(text));
    } else if (json == null) {
      JsonText.writeString(Objects.requireNonNull(string), out);
    } else if (json[offset] == '{' || json[offset] == '[') {
      JsonText.writeOnOneLine(json, offset, length, out);
    } else {
      out.write(json, offset, length);
    }
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof JsonValue that) || kind() != that.kind()) {
      return false;
    }
    if (json != null
        && that.json != null
        && Arrays.equals(
            json, offset, offset + length, that.json, that.offset, that.offset + that.length)) {
      return true;
    }
    if (text != null && that.text != null) {
      return Arrays.equals(text, that.text);
    }
    return switch (kind()) {
      case STRING -> string().equals(that.string());
      case NUMBER -> sameNumber(that);
      case OBJECT -> fields().equals(that.fields());
      case ARRAY -> elements().equals(that.elements());
      // the same literals have the same text
      case BOOLEAN, NULL -> false;
    };
  }

  private boolean sameNumber(JsonValue that) {
    Optional<BigDecimal> mine = asDecimal();
    Optional<BigDecimal> theirs = that.asDecimal();
    return mine.isPresent() && theirs.isPresent() && mine.get().compareTo(theirs.get()) == 0;
  }

  @Override
  public int hashCode() {
    return switch (kind()) {
      case STRING -> string().hashCode();
      case NUMBER -> asDecimal().map(n -> Double.hashCode(n.doubleValue())).orElse(1);
      case OBJECT -> fields().hashCode();
      case ARRAY -> elements().hashCode();
      case BOOLEAN -> bool() ? 2 : 3;
      case NULL -> 4;
    };
  }

  /** The JSON text. */
  @Override
  public String toString() {
    return new String(toJson(), StandardCharsets.UTF_8);
  }

  private void expect(Kind expected) {
    if (kind() != expected) {
      throw new IllegalStateException("expected " + expected + ", but the value is " + kind());
    }
  }

  private byte[] bytes() {
    return Objects.requireNonNull(json, "kind() is STRING for a value without JSON text");
  }
}
