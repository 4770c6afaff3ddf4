package io.github.lightragmigrate.checkpoint;

import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A JSON object whose members must be there and of their type.
 *
 * @param members by name
 */
record Node(Map<String, JsonValue> members) {

  static Node of(JsonValue value) {
    if (value.kind() != JsonValue.Kind.OBJECT) {
      throw new MalformedJsonException("an object is expected");
    }
    return new Node(value.fields());
  }

  Set<String> names() {
    return members.keySet();
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  String text(String name) {
    return get(name, JsonValue::asString);
  }

  long number(String name) {
    return get(name, value -> value.asLong().filter(number -> number >= 0));
  }

  boolean flag(String name) {
    return get(
        name,
        value ->
            value.kind() == JsonValue.Kind.BOOLEAN ? Optional.of(value.bool()) : Optional.empty());
  }

  Node node(String name) {
    return get(
        name,
        value -> value.kind() == JsonValue.Kind.OBJECT ? Optional.of(of(value)) : Optional.empty());
  }

  List<Node> nodes(String name) {
    return elements(name).stream().map(Node::of).toList();
  }

  List<String> texts(String name) {
    return elements(name).stream()
        .map(
            value ->
                value
                    .asString()
                    .orElseThrow(() -> new MalformedJsonException("'" + name + "' holds no texts")))
        .toList();
  }

  private List<JsonValue> elements(String name) {
    return get(
        name,
        value ->
            value.kind() == JsonValue.Kind.ARRAY
                ? Optional.of(value.elements())
                : Optional.empty());
  }

  private <T> T get(String name, Function<JsonValue, Optional<T>> as) {
    return Optional.ofNullable(members.get(name))
        .flatMap(as)
        .orElseThrow(
            () -> new MalformedJsonException("'" + name + "' is missing or makes no sense"));
  }
}
