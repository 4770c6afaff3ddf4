package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.spi.OnConflict;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of an option by their names in lower case. */
abstract class EnumConverter<E extends Enum<E>> implements ITypeConverter<E> {

  private final Class<E> type;

  private EnumConverter(Class<E> type) {
    this.type = type;
  }

  @Override
  public E convert(String value) {
    for (E constant : type.getEnumConstants()) {
      if (name(constant).equals(value)) {
        return constant;
      }
    }
    throw new TypeConversionException(
        "'"
            + value
            + "' is none of "
            + Arrays.stream(type.getEnumConstants())
                .map(EnumConverter::name)
                .collect(Collectors.joining(", ")));
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static final class OfOnConflict extends EnumConverter<OnConflict> {
    OfOnConflict() {
      super(OnConflict.class);
    }
  }

  static final class OfColour extends EnumConverter<Colour> {
    OfColour() {
      super(Colour.class);
    }
  }
}
