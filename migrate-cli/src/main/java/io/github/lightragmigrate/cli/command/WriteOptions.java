package io.github.lightragmigrate.cli.command;

import picocli.CommandLine.Option;

/** How records are written. */
final class WriteOptions {

  @Option(
      names = "--yes",
      description = "Do not ask for confirmation. Without a terminal nothing is asked anyway.",
      order = -15)
  private boolean yes;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "1000",
      converter = PositiveConverter.class,
      description = "Records in a batch (default: ${DEFAULT-VALUE}).",
      order = -13)
  private int batchSize;

  @Option(
      names = "--dry-run",
      description =
          "Read, count and report what would happen; write nothing to the target, not even an"
              + " index or a table.",
      order = -11)
  private boolean dryRun;

  @Option(
      names = "--sanitize",
      description =
          "Take out of strings what the target cannot hold (lone surrogates, NUL) instead of"
              + " rejecting the record. The failure log keeps it as it was, and names it.",
      order = -10)
  private boolean sanitize;

  @Option(names = "--quiet", description = "The report alone, no progress.", order = -2)
  private boolean quiet;

  boolean yes() {
    return yes;
  }

  int batchSize() {
    return batchSize;
  }

  boolean dryRun() {
    return dryRun;
  }

  boolean sanitize() {
    return sanitize;
  }

  boolean quiet() {
    return quiet;
  }
}
