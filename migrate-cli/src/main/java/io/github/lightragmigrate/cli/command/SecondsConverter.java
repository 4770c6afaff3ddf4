package io.github.lightragmigrate.cli.command;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of seconds, not negative. */
final class SecondsConverter implements ITypeConverter<Duration> {

  private static final double MOST = 1e9;

  @Override
  public Duration convert(String value) {
    try {
      double seconds = Double.parseDouble(value);
      if (seconds >= 0 && seconds <= MOST) {
        return Duration.ofMillis(Math.round(seconds * 1000));
      }
    } catch (NumberFormatException e) {
      // reported below, as a negative number is
    }
    throw new TypeConversionException("'" + value + "' is not a number of seconds");
  }
}
