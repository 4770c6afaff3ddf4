package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.terminal.Spelling;
import io.github.lightragmigrate.spi.Selection;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Cache types, separated by commas. */
final class TypesConverter implements ITypeConverter<Selection> {

  /** For annotations; the same as {@link Selection#DEFAULT_TYPES}. */
  static final String DEFAULT = "extract,summary,analysis,smartheading";

  @Override
  public Selection convert(String value) {
    List<String> types = new ArrayList<>();
    for (String part : value.split(",", -1)) {
      String type = part.strip();
      if (!Selection.DEFAULT_TYPES.contains(type)) {
        throw new TypeConversionException(
            "'"
                + type
                + "' is no cache type; known are "
                + String.join(", ", Selection.DEFAULT_TYPES)
                + Spelling.hint(Spelling.nearest(type, Selection.DEFAULT_TYPES)));
      }
      types.add(type);
    }
    return Selection.ofTypes(types);
  }
}
