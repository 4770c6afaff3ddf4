package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.run.FlagsMigration;
import io.github.lightragmigrate.cli.run.MigrationRunner;
import io.github.lightragmigrate.cli.run.OutputFiles;
import io.github.lightragmigrate.cli.run.Plan;
import io.github.lightragmigrate.cli.run.ReportFile;
import io.github.lightragmigrate.cli.run.RunReport;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.cli.wizard.Wizard;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code migrate}: the wizard, or with --from and --to a migration without questions. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    synopsisHeading = "Usage:%n",
    customSynopsis = {
      "  migrate [OPTIONS]                          a wizard that asks",
      "  migrate --from STORE --to STORE [OPTIONS]  one migration without questions",
      "  migrate COMMAND [OPTIONS]                  one of the commands below"
    },
    description = {
      "%nMoves LightRAG's LLM response cache between key-value stores: the records of mode default."
          + " The source is never changed.",
      "%nSTORE is json, redis, postgres, mongo, opensearch, one of LightRAG's class names"
          + " (JsonKVStorage ...), or the id of a further adapter: see 'migrate adapters'.",
      "%nSettings have LightRAG's names (REDIS_URI ...). For each side counts the first of:"
          + " SOURCE_X or TARGET_X in the environment, in .env; the side's own file; X in the"
          + " environment, in .env; config.ini; the default."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    optionListHeading = "%n",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every selected record is in the target, or was skipped as asked",
      "1:could not be done or finished: a store cannot be reached, the disk is full",
      "2:usage or settings",
      "3:finished, but some records failed; they are in the failure log",
      "4:verification found a difference",
      "5:stopped by the user or a signal; --resume goes on"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  migrate --from json --to redis --dry-run",
      "  migrate --from json --to postgres --yes --verify --report report.html",
      "  migrate --from redis --to json --target-workspace space2",
      "  migrate --from json --to redis --types extract --on-conflict newer",
      "  migrate --from json --to redis --types extract,summary --resume"
    })
final class MigrateCommand implements Callable<Integer>, Commands.Reporting {

  private final Host host;

  @Mixin private final CommonOptions common;
  @Mixin private final FileOptions files;
  @Mixin private final SourceOptions sourceOptions = new SourceOptions();
  @Mixin private final TargetOptions targetOptions = new TargetOptions();
  @Mixin private final TypesOption types = new TypesOption();
  @Mixin private final ConflictOption conflict = new ConflictOption();
  @Mixin private final WriteOptions write = new WriteOptions();
  @Mixin private final CheckpointOptions checkpoint = new CheckpointOptions();
  @Mixin private final PaceOptions pace = new PaceOptions();

  @Option(
      names = "--from",
      paramLabel = "STORE",
      completionCandidates = Candidates.OfStores.class,
      description = "Store to read from.",
      order = -20)
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "STORE",
      completionCandidates = Candidates.OfStores.class,
      description = "Store to write to.",
      order = -19)
  private @Nullable String to;

  @Option(
      names = "--verify",
      description = "After the run, compare every field of every migrated record.",
      order = -10)
  private boolean verify;

  @Option(
      names = "--give-up-after",
      paramLabel = "SECONDS",
      converter = SecondsConverter.class,
      description =
          "How long to try again when a store is away or asks for patience (default: 60, or what"
              + " LightRAG's retry settings say).",
      order = -4)
  private @Nullable Duration giveUpAfter;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Write the report: as a page for a browser when the name ends in .html, else as JSON."
              + " Replaces an earlier report. Where a store could not be opened, it says why.",
      order = -4)
  private @Nullable Path report;

  @Option(
      names = "--failures",
      paramLabel = "FILE",
      description =
          "Where records go that could not be migrated, one JSON object a line; made only when"
              + " there are any, added to an earlier log (default:"
              + " .lightrag-migrate/failures-TIME.ndjson; none in a dry run).",
      order = -3)
  private @Nullable Path failures;

  MigrateCommand(Host host) {
    this.host = host;
    this.common = new CommonOptions(host);
    this.files = new FileOptions(host);
  }

  @Override
  public CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() {
    Terminal terminal = common.terminal();
    NamedStores named =
        new NamedStores(
            common,
            files,
            Map.of(Side.SOURCE, sourceOptions.given(), Side.TARGET, targetOptions.given()));
    Plan plan = plan();
    refuseWrongOptions(plan, named);
    Optional<StorageAdapter> source = named.find(Side.SOURCE, "--from", from);
    Optional<StorageAdapter> target = named.find(Side.TARGET, "--to", to);
    named.refuseProblems();
    plan.report().ifPresent(ReportFile::removeOld);
    RunReport runReport = new RunReport(plan, named.stores(), common.diagnostics(), host.version());
    MigrationRunner runner =
        new MigrationRunner(terminal, common.diagnostics(), host.stop(), plan, runReport);
    try {
      if (source.isPresent() && target.isPresent()) {
        return new FlagsMigration(terminal, named.stores(), plan, runner, runReport, !write.yes())
            .run(source.get(), target.get());
      }
      return new Wizard(
              terminal,
              common.diagnostics(),
              named.catalog().adapters(),
              named.stores(),
              plan,
              runner,
              runReport)
          .run();
    } catch (StoreException e) {
      runReport.notBegun(e);
      throw e;
    }
  }

  private void refuseWrongOptions(Plan plan, NamedStores named) {
    if ((from == null) != (to == null)) {
      named.problem(
          (from == null ? "--from" : "--to") + " is missing: name both stores, or neither");
    }
    if (write.yes() && from == null && to == null) {
      named.problem("--yes needs --from and --to");
    }
    if (write.dryRun() && verify) {
      named.problem("--verify and --dry-run exclude each other: nothing is there to compare");
    }
    if (write.dryRun() && checkpoint.resume()) {
      named.problem("--resume and --dry-run exclude each other: a dry run has no checkpoint");
    }
    OutputFiles.problems(Optional.ofNullable(report), plan.failures(), checkpoint.file())
        .forEach(named::problem);
  }

  private Plan plan() {
    Optional<Path> log =
        Optional.ofNullable(failures)
            .or(() -> write.dryRun() ? Optional.empty() : Optional.of(defaultFailures()));
    return new Plan(
        types.selection(),
        write.batchSize(),
        pace.pace(),
        conflict.onConflict(),
        write.dryRun(),
        write.sanitize(),
        verify,
        Optional.ofNullable(giveUpAfter),
        checkpoint.checkpoints(stateDirectory()),
        log,
        failures != null,
        Optional.ofNullable(report).map(ReportFile::new),
        write.quiet());
  }

  private Path defaultFailures() {
    String time =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(Instant.now());
    return stateDirectory().resolve("failures-" + time + ".ndjson");
  }

  private Path stateDirectory() {
    return host.directory().resolve(".lightrag-migrate");
  }
}
