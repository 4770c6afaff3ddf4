package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.spi.OnConflict;
import picocli.CommandLine.Option;

/** What becomes of a record that the target has too. */
final class ConflictOption {

  @Option(
      names = "--on-conflict",
      paramLabel = "WHAT",
      defaultValue = "overwrite",
      converter = EnumConverter.OfOnConflict.class,
      completionCandidates = Candidates.OfOnConflict.class,
      description =
          "For a key that the target has: overwrite, skip, or newer, which keeps the record with"
              + " the greater update_time (default: ${DEFAULT-VALUE}).",
      order = -12)
  private OnConflict onConflict = OnConflict.OVERWRITE;

  OnConflict onConflict() {
    return onConflict;
  }
}
