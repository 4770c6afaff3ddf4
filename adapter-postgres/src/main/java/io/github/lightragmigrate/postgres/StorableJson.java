package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.JsonValue;
import java.math.BigDecimal;
import java.util.Map;

/** What PostgreSQL's JSONB holds: storable text, and numbers within the range of numeric. */
final class StorableJson {

  private static final int DIGITS_BEFORE_POINT = 131_072;
  private static final int DIGITS_AFTER_POINT = 16_383;

  private StorableJson() {}

  static void check(String name, JsonValue value) throws UnstorableException {
    switch (value.kind()) {
      case STRING -> StorableText.check(name, value.string());
      case NUMBER -> checkNumber(name, value);
      case OBJECT -> {
        for (Map.Entry<String, JsonValue> field : value.fields().entrySet()) {
          StorableText.check(name, field.getKey());
          check(name, field.getValue());
        }
      }
      case ARRAY -> {
        for (JsonValue element : value.elements()) {
          check(name, element);
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
      case OBJECT -> value.fields().isEmpty();
      case ARRAY -> value.elements().isEmpty();
    };
  }
}
