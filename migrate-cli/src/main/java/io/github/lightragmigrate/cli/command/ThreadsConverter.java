package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.migration.Migration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** As many threads as the engine takes. */
final class ThreadsConverter implements ITypeConverter<Integer> {

  @Override
  public Integer convert(String value) {
    int number = new PositiveConverter().convert(value);
    if (number > Migration.MAX_THREADS) {
      throw new TypeConversionException(
          "'" + value + "' is more than " + Migration.MAX_THREADS + ", the most that it can be");
    }
    return number;
  }
}
