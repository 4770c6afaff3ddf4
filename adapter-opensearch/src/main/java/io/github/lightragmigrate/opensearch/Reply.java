package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer of the server.
 *
 * @param status of HTTP
 * @param body as it came
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(int status, byte[] body) {

  private static final int LONGEST_REASON = 400;

  boolean isSuccess() {
    return status < 300;
  }

  /** The body as a JSON object; empty when it is none, as a proxy's error page. */
  Map<String, JsonValue> json() {
    try {
      return fields(JsonValue.ofJson(body));
    } catch (MalformedJsonException e) {
      return Map.of();
    }
  }

  /** What is at this place in the body; null where there is nothing. */
  JsonValue at(String... path) {
    JsonValue value = JsonValue.NULL;
    Map<String, JsonValue> fields = json();
    for (String name : path) {
      value = fields.getOrDefault(name, JsonValue.NULL);
      fields = fields(value);
    }
    return value;
  }

  /** Of an object; empty for every other value. */
  static Map<String, JsonValue> fields(JsonValue value) {
    return value.kind() == JsonValue.Kind.OBJECT ? value.fields() : Map.of();
  }

  /** Of an array; empty for every other value. */
  static List<JsonValue> elements(JsonValue value) {
    return value.kind() == JsonValue.Kind.ARRAY ? value.elements() : List.of();
  }

  /** Whether the error, or a cause that it names, is of this type. */
  boolean isError(String type) {
    return !isSuccess() && at("error").toString().contains(type);
  }

  /** What went wrong, in the server's words. */
  String reason() {
    JsonValue error = at("error");
    return error.isNull() ? "HTTP status " + status : reason(error);
  }

  /** Type and reason of an error object and of what caused it. */
  static String reason(JsonValue error) {
    if (error.kind() != JsonValue.Kind.OBJECT) {
      return shortened(error.asString().orElseGet(error::toString));
    }
    Map<String, JsonValue> fields = error.fields();
    String reason = text(fields, "reason").or(() -> text(fields, "type")).orElse("unknown error");
    JsonValue cause = fields.getOrDefault("caused_by", JsonValue.NULL);
    // Jackson adds a second line that says nothing to a person
    String first = reason.lines().findFirst().orElse("");
    return shortened(cause.isNull() ? first : first + ": " + reason(cause));
  }

  private static Optional<String> text(Map<String, JsonValue> fields, String name) {
    return Optional.ofNullable(fields.get(name)).flatMap(JsonValue::asString);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "...";
  }
}
