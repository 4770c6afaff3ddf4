package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Epoch seconds to and from timestamps without a zone, which hold UTC in microseconds. */
final class EpochTimes {

  /** What LightRAG's other stores give for a time that is absent. */
  static final LocalDateTime ABSENT = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

  private static final int MICROSECOND_DIGITS = 6;
  private static final LocalDateTime FIRST = LocalDateTime.of(-4712, 1, 1, 0, 0);
  private static final LocalDateTime LAST = LocalDateTime.of(294_276, 12, 31, 23, 59, 59);

  /** Digits before the point, beyond which no time is meant and none must be computed. */
  private static final int MOST_DIGITS = 18;

  private EpochTimes() {}

  static LocalDateTime toTimestamp(String field, JsonValue value) throws UnstorableException {
    BigDecimal seconds =
        value
            .asDecimal()
            .orElseThrow(() -> new UnstorableException(field + " is no number of seconds"));
    if (seconds.precision() - (long) seconds.scale() > MOST_DIGITS) {
      throw outOfRange(field);
    }
    BigDecimal rounded = rounded(seconds);
    BigDecimal whole = rounded.setScale(0, RoundingMode.FLOOR);
    int nanos = rounded.subtract(whole).movePointRight(9).intValueExact();
    try {
      LocalDateTime time =
          LocalDateTime.ofEpochSecond(whole.longValueExact(), nanos, ZoneOffset.UTC);
      if (!time.isBefore(FIRST) && !time.isAfter(LAST)) {
        return time;
      }
    } catch (DateTimeException e) {
      // reported below
    }
    throw outOfRange(field);
  }

  /** To the microsecond; what rounds to none is not expanded into as many digits as it has. */
  static BigDecimal rounded(BigDecimal seconds) {
    if (seconds.precision() - (long) seconds.scale() < -MICROSECOND_DIGITS) {
      return BigDecimal.ZERO;
    }
    return seconds.scale() <= MICROSECOND_DIGITS
        ? seconds
        : seconds.setScale(MICROSECOND_DIGITS, RoundingMode.HALF_EVEN);
  }

  /**
   * Whole seconds become integers.
   *
   * @param seconds what EXTRACT(EPOCH) gives, as text
   * @return null when it is no number: the timestamp is infinite
   */
  static @Nullable JsonValue toJson(String seconds) {
    BigDecimal exact;
    try {
      // servers before 14 compute in floating point
      exact = new BigDecimal(seconds).setScale(MICROSECOND_DIGITS, RoundingMode.HALF_EVEN);
    } catch (NumberFormatException e) {
      return null;
    }
    BigDecimal plain = exact.stripTrailingZeros();
    return JsonValue.of(plain.scale() < 0 ? plain.setScale(0) : plain);
  }

  private static UnstorableException outOfRange(String field) {
    return new UnstorableException(field + " is outside what a timestamp holds");
  }
}
