package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.run.RetryPlan;
import io.github.lightragmigrate.cli.run.RetryRunner;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code migrate retry}: the target side's settings apply. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    customSynopsis = "migrate retry --failures FILE --to STORE [OPTIONS]",
    description = {
      "Writes the records of a failure log to a store.",
      "%nWhat now fits is written, the rest stays in the log. Of a key that is in it twice, the last"
          + " line counts.",
      "%nThe log is replaced when all was dealt with and is durable, and removed when nothing"
          + " remains. Until then, and in a dry run, it stays as it is, and the command can be"
          + " repeated. A record that was cleaned is written as it was, where this store can hold it"
          + " so and has nothing newer; else its line is kept, as is one without a record."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    optionListHeading = "%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every record of the log is in the target, or was skipped as asked",
      "1:could not be done or finished: the store cannot be reached, the disk is full",
      "2:usage or settings; a line of the log cannot be understood",
      "3:finished, but some records are in the failure log alone",
      "5:stopped by the user or a signal; the log is as it was"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  migrate retry --failures failures.ndjson --to redis --dry-run",
      "  migrate retry --failures failures.ndjson --to redis --sanitize --yes"
    })
final class RetryCommand implements Callable<Integer>, Commands.Reporting {

  private final Host host;

  @Mixin private final CommonOptions common;
  @Mixin private final FileOptions files;
  @Mixin private final TargetOptions target = new TargetOptions();
  @Mixin private final ConflictOption conflict = new ConflictOption();
  @Mixin private final WriteOptions write = new WriteOptions();

  @Option(
      names = "--failures",
      paramLabel = "FILE",
      required = true,
      description = "Failure log of a migration.",
      order = -20)
  private Path failures = Path.of("");

  @Option(
      names = "--to",
      paramLabel = "STORE",
      required = true,
      completionCandidates = Candidates.OfStores.class,
      description = "Store to write to; variables TARGET_X win over X.",
      order = -19)
  private String to = "";

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
    NamedStores named = new NamedStores(common, files, Map.of(Side.TARGET, target.given()));
    new FailureLogFile(failures).problem().ifPresent(named::problem);
    Optional<StorageAdapter> found = named.find(Side.TARGET, "--to", to);
    named.refuseProblems();
    RetryPlan plan =
        new RetryPlan(
            failures,
            conflict.onConflict(),
            write.batchSize(),
            write.dryRun(),
            write.sanitize(),
            !write.yes(),
            write.quiet());
    return new RetryRunner(common.terminal(), common.diagnostics(), host.stop(), plan)
        .run(named.stores(), found.orElseThrow());
  }
}
