package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.config.SettingsLayers.SideOptions;
import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.run.RetryPlan;
import io.github.lightragmigrate.cli.run.RetryRunner;
import io.github.lightragmigrate.cli.run.Stores;
import io.github.lightragmigrate.cli.run.UsageException;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.spi.OnConflict;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code migrate retry}: the target side's settings apply. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the records of a failure log to a store: what now fits is written, the rest stays in"
          + " the log. Of a key that is in it twice, the last line counts.",
      "%nThe log is replaced when all was dealt with and is durable, and removed when nothing"
          + " remains. Until then it stays as it is, and the command can be repeated. Lines without"
          + " a record, and those of records that are in the target in a cleaned form, are kept.%n"
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "%nExit codes:",
      "  0  every record of the log is in the target, or was skipped as asked",
      "  1  could not be done or finished: the store cannot be reached, the disk is full",
      "  2  usage or settings; a line of the log cannot be understood",
      "  3  finished, but some records are in the failure log alone",
      "  5  stopped by the user or a signal; the log is as it was"
    })
final class RetryCommand implements Callable<Integer>, Commands.Reporting {

  private final Host host;

  @Mixin private final CommonOptions common;
  @Mixin private final FileOptions files;

  @Option(
      names = "--failures",
      paramLabel = "FILE",
      required = true,
      description = "Failure log of a migration.",
      order = -11)
  private Path failures = Path.of("");

  @Option(
      names = "--to",
      paramLabel = "STORE",
      required = true,
      description = "Store to write to; variables TARGET_X win over X.",
      order = -10)
  private String to = "";

  @Option(
      names = "--target-env-file",
      paramLabel = "FILE",
      description = "Settings that win over the other files.",
      order = -9)
  private @Nullable Path targetEnvFile;

  @Option(
      names = "--target-workspace",
      paramLabel = "W",
      description = "Workspace to write to; may be empty.",
      order = -8)
  private @Nullable String targetWorkspace;

  @Option(
      names = "--yes",
      description = "Do not ask for confirmation. Without a terminal nothing is asked anyway.",
      order = -7)
  private boolean yes;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "1000",
      converter = PositiveConverter.class,
      description = "Records in a batch (default: ${DEFAULT-VALUE}).",
      order = -6)
  private int batchSize;

  @Option(
      names = "--on-conflict",
      paramLabel = "WHAT",
      defaultValue = "overwrite",
      converter = EnumConverter.OfOnConflict.class,
      description =
          "For a key that the target has: overwrite, skip, or newer, which keeps the record with"
              + " the greater update_time (default: ${DEFAULT-VALUE}).",
      order = -5)
  private OnConflict onConflict = OnConflict.OVERWRITE;

  @Option(
      names = "--dry-run",
      description = "Report what would happen; write nothing, and leave the log as it is.",
      order = -4)
  private boolean dryRun;

  @Option(
      names = "--sanitize",
      description =
          "Take out of strings what the target cannot hold (lone surrogates, NUL) instead of"
              + " rejecting the record. The log keeps it as it was.",
      order = -3)
  private boolean sanitize;

  @Option(names = "--quiet", description = "The report alone, no line for each batch.", order = -2)
  private boolean quiet;

  RetryCommand(Host host) {
    this.host = host;
    this.common = new CommonOptions(host);
    this.files = new FileOptions(host);
  }

  @Override
  public CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() throws IOException {
    Terminal terminal = common.terminal();
    List<String> problems = new ArrayList<>();
    if (!Files.isRegularFile(failures)) {
      problems.add("--failures " + failures + ": there is no such file");
    } else if (Files.size(failures) == 0) {
      // a log is made with its first line, so this is some other file
      problems.add("--failures " + failures + " is empty: no failure log");
    }
    Optional<StorageAdapter> found = CommonOptions.find(common.adapters(), "--to", to, problems);
    Stores stores = new Stores(files.load(side(), terminal), common.diagnostics());
    found.ifPresent(adapter -> problems.addAll(stores.problems(Side.TARGET, adapter)));
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    RetryPlan plan = new RetryPlan(failures, onConflict, batchSize, dryRun, sanitize, !yes, quiet);
    return new RetryRunner(terminal, common.diagnostics(), host.stop(), plan)
        .run(stores, found.orElseThrow());
  }

  private Map<Side, SideOptions> side() {
    return Map.of(
        Side.TARGET,
        new SideOptions(
            Optional.ofNullable(targetEnvFile),
            Optional.ofNullable(targetWorkspace),
            "--target-workspace"));
  }
}
