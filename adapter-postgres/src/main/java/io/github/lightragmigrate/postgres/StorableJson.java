package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import java.math.BigDecimal;
import java.util.Map;

/** What PostgreSQL's JSONB holds: storable text, and numbers within the range of numeric. */
final class StorableJson {

  private static final int DIGITS_BEFORE_POINT = 131_072;
  private static final int DIGITS_AFTER_POINT = 16_383;

  private StorableJson() {}

  static void check(String name, JsonValue value) throws UnstorableException {
    try {
      checkDeeply(name, value);
    } catch (MalformedJsonException e) {
      throw new UnstorableException(name + " could not be read again: " + e.getMessage());
    }
  }

  private static void checkDeeply(String name, JsonValue value) throws UnstorableException {
    switch (value.kind()) {
      case STRING -> StorableText.check(name, value.string());
      case NUMBER -> checkNumber(name, value);
      case OBJECT -> {
        for (Map.Entry<String, JsonValue> field : value.fields().entrySet()) {
          StorableText.check(name, field.getKey());
          checkDeeply(name, field.getValue());
        }
      }
      case ARRAY -> {
        for (JsonValue element : value.elements()) {
          checkDeeply(name, element);
        }
      }
      case BOOLEAN, NULL -> {}
    }
  }

  private static void checkNumber(String name, JsonValue value) throws UnstorableException {
    BigDecimal number =
        value
            .asDecimal()
            .orElseThrow(
                () ->
                    new UnstorableException("a number in " + name + " is not finite or too large"));
    if (number.precision() - (long) number.scale() > DIGITS_BEFORE_POINT
        || number.scale() > DIGITS_AFTER_POINT) {
      throw new UnstorableException(
          "a number in " + name + " has too many digits for PostgreSQL's JSONB");
    }
  }

  /** What Python takes for false, and LightRAG therefore stores as NULL. */
  static boolean isFalsy(JsonValue value) {
    return switch (value.kind()) {
      case NULL -> true;
      case BOOLEAN -> !value.bool();
      case STRING -> value.string().isEmpty();
      case NUMBER -> value.asDecimal().filter(number -> number.signum() == 0).isPresent();
      case OBJECT, ARRAY -> isBlankInside(value.toString());
    };
  }

  /** Cheaper than reading the elements, and the same for a value too deep to be read. */
  private static boolean isBlankInside(String json) {
    return json.substring(1, json.length() - 1).isBlank();
  }
}
