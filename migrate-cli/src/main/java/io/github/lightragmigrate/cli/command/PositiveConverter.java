package io.github.lightragmigrate.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An integer of at least 1. */
final class PositiveConverter implements ITypeConverter<Integer> {

  @Override
  public Integer convert(String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below, as a number below 1 is
    }
    throw new TypeConversionException("'" + value + "' is not an integer of at least 1");
  }
}
