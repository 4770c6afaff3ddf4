package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.spi.Selection;
import picocli.CommandLine.Option;

/** Which records are meant. */
final class TypesOption {

  @Option(
      names = "--types",
      paramLabel = "LIST",
      defaultValue = TypesConverter.DEFAULT,
      converter = TypesConverter.class,
      completionCandidates = Candidates.OfTypes.class,
      description = "Cache types, with commas (default: ${DEFAULT-VALUE}).",
      order = -14)
  private Selection selection = Selection.ofTypes(Selection.DEFAULT_TYPES);

  Selection selection() {
    return selection;
  }
}
