package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.terminal.Spelling;
import io.github.lightragmigrate.spi.OnConflict;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
    List<String> names = Arrays.stream(type.getEnumConstants()).map(EnumConverter::name).toList();
    throw new TypeConversionException(
        "'"
            + value
            + "' is none of "
            + String.join(", ", names)
            + Spelling.hint(Spelling.nearest(value, names)));
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
