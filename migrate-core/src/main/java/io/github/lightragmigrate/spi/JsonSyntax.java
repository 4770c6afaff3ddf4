package io.github.lightragmigrate.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Walks through JSON text in UTF-8 and refuses what Python's {@code json} refuses, with a {@link
 * MalformedJsonException}. Values come out as slices, which is why no library does it: theirs
 * decode every string to tell where it ends.
 */
public final class JsonSyntax {

  /** Python's parser gives up near 1,000 levels. */
  private static final int MAX_DEPTH = 1000;

  private final byte[] json;
  private final int offset;
  private final int end;
  private int at;

  /** Begins at the start of a text. */
  public JsonSyntax(byte[] json) {
    this(json, 0, json.length);
  }

  JsonSyntax(byte[] json, int offset, int length) {
    this.json = json;
    this.offset = offset;
    this.end = offset + length;
    this.at = offset;
  }

  /** The next byte that is no white space, not consumed; 0 at the end. */
  public int peek() {
    while (at < end) {
      byte b = json[at];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b;
      }
      at++;
    }
    return 0;
  }

  /** Refuses text behind the value. */
  public void expectEnd() {
    peek();
    if (at < end) {
      throw malformed("text after the JSON value");
    }
  }

  /** Consumes a value of any kind. */
  public JsonValue value() {
    peek();
    int start = at;
    skipValue(0);
    return JsonValue.ofSlice(json, start, at - start);
  }

  /**
   * Consumes an object.
   *
   * @param field is given each name, and must consume its value
   */
  public void object(Consumer<String> field) {
    expect('{', "expected an object");
    for (boolean more = peek() != '}'; more; more = another('}')) {
      field.accept(name());
    }
    at++;
  }

  /**
   * Consumes an array.
   *
   * @param element must consume an element
   */
  public void array(Runnable element) {
    expect('[', "expected an array");
    for (boolean more = peek() != ']'; more; more = another(']')) {
      element.run();
    }
    at++;
  }

  /** Of a repeated name the last value. */
  Map<String, JsonValue> fields() {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    object(name -> fields.put(name, value()));
    return fields;
  }

  List<JsonValue> elements() {
    List<JsonValue> elements = new ArrayList<>();
    array(() -> elements.add(value()));
    return elements;
  }

  private void skipValue(int depth) {
    if (depth > MAX_DEPTH) {
      throw malformed("nested deeper than " + MAX_DEPTH + " levels");
    }
    switch (peek()) {
      case '"' -> skipString();
      case '{' -> {
        at++;
        for (boolean more = peek() != '}'; more; more = another('}')) {
          name();
          skipValue(depth + 1);
        }
        at++;
      }
      case '[' -> {
        at++;
        for (boolean more = peek() != ']'; more; more = another(']')) {
          skipValue(depth + 1);
        }
        at++;
      }
      case 't' -> skipLiteral("true");
      case 'f' -> skipLiteral("false");
      case 'n' -> skipLiteral("null");
      case 'N' -> skipLiteral("NaN");
      case 'I' -> skipLiteral("Infinity");
      default -> skipNumber();
    }
  }

  /** Whether a comma, which is consumed, follows, and not the closing bracket. */
  private boolean another(char closing) {
    int b = peek();
    if (b != closing) {
      expect(',', "expected , or " + closing);
      return true;
    }
    return false;
  }

  private void expect(char wanted, String message) {
    if (peek() != wanted) {
      throw malformed(message);
    }
    at++;
  }

  /** A name and its colon. */
  private String name() {
    if (peek() != '"') {
      throw malformed("expected a name in double quotes");
    }
    int start = at;
    skipString();
    String name = FieldNames.find(json, start + 1, at - 1);
    if (name == null) {
      name = JsonText.decodeString(json, start, at - start);
      if (LoneSurrogates.areIn(name)) {
        at = start;
        throw malformed("a lone surrogate in the name of a field");
      }
    }
    expect(':', "expected :");
    return name;
  }

  private void skipString() {
    int i = at + 1;
    while (true) {
      i = PlainText.endOfAscii(json, i, end);
      if (i < end && json[i] < 0) {
        i = utf8(i);
      } else if (i < end && json[i] == '"') {
        at = i + 1;
        return;
      } else if (i < end && json[i] == '\\') {
        i += escape(i);
      } else {
        at = i;
        throw malformed(i >= end ? "no end of the string" : "control character in a string");
      }
    }
  }

  private int utf8(int start) {
    int next = Utf8.endOfRun(json, start, end);
    if (next < end && json[next] >= 0) {
      return next;
    }
    at = next;
    throw malformed(next < end ? "invalid UTF-8" : "no end of the string");
  }

  private int escape(int start) {
    int kind = start + 1 < end ? json[start + 1] : 0;
    if (kind == 'u') {
      for (int i = start + 2; i < start + 6; i++) {
        if (i >= end || json[i] < 0 || Character.digit(json[i], 16) < 0) {
          at = start;
          throw malformed("expected four hexadecimal digits after \\u");
        }
      }
      return 6;
    }
    if ("\"\\/bfnrt".indexOf(kind) < 0 || kind == 0) {
      at = start;
      throw malformed("unknown escape in a string");
    }
    return 2;
  }

  private void skipLiteral(String literal) {
    for (int i = 0; i < literal.length(); i++) {
      if (byteAt(at + i) != literal.charAt(i)) {
        throw malformed("expected " + literal);
      }
    }
    at += literal.length();
  }

  private void skipNumber() {
    if (byteAt(at) == '-') {
      at++;
      if (byteAt(at) == 'I') {
        skipLiteral("Infinity");
        return;
      }
    }
    if (byteAt(at) == '0') {
      at++;
    } else {
      skipDigits("expected a value");
    }
    if (byteAt(at) == '.') {
      at++;
      skipDigits("expected a digit");
    }
    if (byteAt(at) == 'e' || byteAt(at) == 'E') {
      at++;
      if (byteAt(at) == '+' || byteAt(at) == '-') {
        at++;
      }
      skipDigits("expected a digit");
    }
  }

  private void skipDigits(String message) {
    int start = at;
    while (byteAt(at) >= '0' && byteAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw malformed(message);
    }
  }

  private int byteAt(int index) {
    return index < end ? json[index] : 0;
  }

  private MalformedJsonException malformed(String message) {
    return new MalformedJsonException(
        message + (at >= end ? ", but the text ends" : "") + " at byte " + (at - offset));
  }
}
