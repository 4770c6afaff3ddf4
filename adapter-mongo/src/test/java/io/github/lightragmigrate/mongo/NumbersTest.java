package io.github.lightragmigrate.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.JsonValue;
import java.util.Random;
import org.bson.BsonDouble;
import org.bson.BsonNumber;
import org.bson.BsonType;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0, INT32",
    "-0, INT32",
    "2147483647, INT32",
    "-2147483648, INT32",
    "2147483648, INT64",
    "9223372036854775807, INT64",
    "-9223372036854775808, INT64",
    "9223372036854775808, DECIMAL128",
    "1234567890123456789012345678901234, DECIMAL128",
    "1.0, DOUBLE",
    "1e3, DOUBLE",
    "-0.0, DOUBLE",
    "0.1, DOUBLE",
    "1.7e9, DOUBLE",
    "1700000000.123456, DOUBLE",
    "4.9e-324, DOUBLE",
    "0.1234567890123456789, DECIMAL128",
    "1e400, DECIMAL128",
    "NaN, DOUBLE",
    "Infinity, DOUBLE",
    "-Infinity, DOUBLE"
  })
  void takesTheKindThatHoldsTheNumber(String text, BsonType type) {
    JsonValue number = JsonValue.ofJson(text);
    BsonNumber bson = Numbers.toBson(number).orElseThrow();
    assertThat(bson.getBsonType()).isEqualTo(type);
    assertThat(back(bson)).isEqualTo(number);
  }

  @Test
  void aWholeNumberBeyondDecimal128MayStillBeADouble() {
    // 2^120, 37 digits
    JsonValue number = JsonValue.ofJson("1329227995784915872903807060280344576");
    assertThat(Numbers.toBson(number)).isEmpty();
    JsonValue round = JsonValue.ofJson("1" + "0".repeat(200));
    assertThat(Numbers.toBson(round).orElseThrow().getBsonType()).isEqualTo(BsonType.DECIMAL128);
  }

  @Test
  void wholeNumbersWithManyZerosAreHeldUpToTheLargestExponent() {
    for (int zeros : new int[] {400, 6112, 6144}) {
      JsonValue number = JsonValue.ofJson("1" + "0".repeat(zeros));
      assertThat(back(Numbers.toBson(number).orElseThrow())).isEqualTo(number);
    }
    for (int zeros : new int[] {6145, 6200, 100_000}) {
      assertThat(Numbers.toBson(JsonValue.ofJson("1" + "0".repeat(zeros)))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345678901234567890123456789012345",
        "0.12345678901234567890123456789012345",
        "1e99999",
        "1e99999999999"
      })
  void refusesWhatNoKindHoldsExactly(String text) {
    assertThat(Numbers.toBson(JsonValue.ofJson(text))).isEmpty();
  }

  @Test
  void everyDoubleComesBackAsItself() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      long bits = random.nextLong();
      double value =
          Double.isFinite(Double.longBitsToDouble(bits)) ? Double.longBitsToDouble(bits) : 0.5;
      JsonValue json = Numbers.toJson(value);
      assertThat(Double.parseDouble(json.toString())).isEqualTo(value);
      assertThat(Numbers.toBson(json)).contains(new BsonDouble(value));
    }
  }

  @Test
  void aDoubleIsItsShortestText() {
    // Java 17 writes 2.0E-3 as 0.002, but this one with a digit too many
    assertThat(Numbers.toJson(2.0E23)).isEqualTo(JsonValue.ofJson("2e23"));
    assertThat(Numbers.toJson(2.2250738585072014E-308).toString())
        .isEqualTo("2.2250738585072014E-308");
  }

  private static JsonValue back(BsonNumber number) {
    return switch (number.getBsonType()) {
      case INT32, INT64 -> JsonValue.of(number.longValue());
      case DOUBLE -> Numbers.toJson(number.doubleValue());
      default -> Numbers.toJson(new Decimal128(number.decimal128Value().bigDecimalValue()));
    };
  }
}
