package io.github.lightragmigrate.mongo;

import io.github.lightragmigrate.spi.JsonValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import org.bson.BsonDecimal128;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNumber;
import org.bson.types.Decimal128;

/**
 * JSON numbers, which are text of any size, to and from BSON's four kinds, exactly or not at all.
 */
final class Numbers {

  /** That Decimal128 holds. */
  private static final int DIGITS = 34;

  /** Of a Decimal128 that is written out: 6,145 before the point and 6,176 behind. */
  private static final int WRITTEN_DIGITS = 12_321;

  private Numbers() {}

  /**
   * Whole numbers become int32, else int64; numbers written with a point or an exponent, NaN and
   * the infinities become double, as LightRAG's driver stores them. What those cannot hold exactly
   * becomes Decimal128, whole numbers also double; empty when none holds it.
   */
  static Optional<BsonNumber> toBson(JsonValue number) {
    String text = number.toString();
    if (text.endsWith("NaN") || text.endsWith("Infinity")) {
      return Optional.of(new BsonDouble(Double.parseDouble(text)));
    }
    Optional<BigDecimal> decimal = number.asDecimal();
    if (decimal.isEmpty()) {
      return Optional.empty();
    }
    if (isWhole(text)) {
      return number
          .asLong()
          .map(Numbers::integer)
          .or(() -> decimal128(decimal.get()))
          .or(() -> binary(decimal.get(), text));
    }
    return binary(decimal.get(), text).or(() -> decimal128(decimal.get()));
  }

  /** The decimal that people and Python mean by a double: the shortest that is read back as it. */
  static JsonValue toJson(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return JsonValue.of(value);
    }
    String text = shortest(value);
    // a double stays one when it is written again
    return JsonValue.ofJson(isWhole(text) ? text + ".0" : text);
  }

  static JsonValue toJson(Decimal128 value) {
    return JsonValue.ofJson(value.toString());
  }

  private static boolean isWhole(String text) {
    return text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
  }

  private static BsonNumber integer(long value) {
    return value == (int) value ? new BsonInt32((int) value) : new BsonInt64(value);
  }

  private static Optional<BsonNumber> binary(BigDecimal decimal, String text) {
    double value = Double.parseDouble(text);
    return Double.isFinite(value) && toJson(value).equals(JsonValue.of(decimal))
        ? Optional.of(new BsonDouble(value))
        : Optional.empty();
  }

  private static Optional<BsonNumber> decimal128(BigDecimal decimal) {
    if (decimal.precision() > WRITTEN_DIGITS) {
      return Optional.empty();
    }
    // the driver fails on more digits when they make too large a number
    BigDecimal significant = decimal.precision() > DIGITS ? decimal.stripTrailingZeros() : decimal;
    try {
      return Optional.of(new BsonDecimal128(new Decimal128(significant)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Before Java 19 {@link Double#toString} gives a digit too many for some values. */
  private static String shortest(double value) {
    String text = Double.toString(value);
    if (new BigDecimal(text).precision() > 15) {
      for (int digits = 15; digits <= 16; digits++) {
        BigDecimal rounded =
            new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        if (rounded.doubleValue() == value) {
          return rounded.toString();
        }
      }
    }
    return text;
  }
}
