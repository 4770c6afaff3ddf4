package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.adapters.AdapterCatalog;
import io.github.lightragmigrate.cli.run.FlagsMigration;
import io.github.lightragmigrate.cli.run.MigrationRunner;
import io.github.lightragmigrate.cli.run.OutputFiles;
import io.github.lightragmigrate.cli.run.Plan;
import io.github.lightragmigrate.cli.run.ReportFile;
import io.github.lightragmigrate.cli.run.Stores;
import io.github.lightragmigrate.cli.run.UsageException;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.cli.wizard.Wizard;
import io.github.lightragmigrate.spi.OnConflict;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    customSynopsis = {
      "migrate [OPTIONS]                          a wizard that asks",
      "migrate --from STORE --to STORE [OPTIONS]  one migration without questions",
      "migrate COMMAND [OPTIONS]"
    },
    description = {
      "%nMoves LightRAG's LLM response cache between key-value stores: the records of mode default."
          + " The source is never changed.",
      "%nSTORE is json, redis, postgres, mongo, opensearch, one of LightRAG's class names"
          + " (JsonKVStorage ...), or the id of a further adapter: see 'migrate adapters'.%n"
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "%nSettings have LightRAG's names (REDIS_URI ...). For each side counts the first of:"
          + " SOURCE_X or TARGET_X in the environment, in .env; the side's own file; X in the"
          + " environment, in .env; config.ini; the default.",
      "%nExit codes:",
      "  0  every selected record is in the target, or was skipped as asked",
      "  1  could not be done or finished: a store cannot be reached, the disk is full",
      "  2  usage or settings",
      "  3  finished, but some records failed; they are in the failure log",
      "  4  verification found a difference",
      "  5  stopped by the user or a signal; --resume goes on"
    })
final class MigrateCommand implements Callable<Integer>, Commands.Reporting {

  private final Host host;

  @Mixin private final CommonOptions common;
  @Mixin private final FileOptions files;
  @Mixin private final SideFileOptions sideFiles = new SideFileOptions();
  @Mixin private final CheckpointOptions checkpoint = new CheckpointOptions();
  @Mixin private final PaceOptions pace = new PaceOptions();

  @Option(names = "--from", paramLabel = "STORE", description = "Store to read from.", order = -10)
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "STORE", description = "Store to write to.", order = -9)
  private @Nullable String to;

  @Option(
      names = "--yes",
      description =
          "With --from and --to: do not ask for confirmation. Without a terminal nothing is asked"
              + " anyway.",
      order = -8)
  private boolean yes;

  @Option(
      names = "--types",
      paramLabel = "LIST",
      defaultValue = TypesConverter.DEFAULT,
      converter = TypesConverter.class,
      description = "Cache types (default: ${DEFAULT-VALUE}).",
      order = -7)
  private Selection selection = Selection.ofTypes(Selection.DEFAULT_TYPES);

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
      description =
          "Read, count and report what would happen; write nothing to the target, not even an"
              + " index or a table.",
      order = -4)
  private boolean dryRun;

  @Option(
      names = "--verify",
      description = "After the run, compare every field of every migrated record.",
      order = -4)
  private boolean verify;

  @Option(
      names = "--sanitize",
      description =
          "Take out of strings what the target cannot hold (lone surrogates, NUL) instead of"
              + " rejecting the record. The failure log keeps it as it was, and names it.",
      order = -4)
  private boolean sanitize;

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
          "Write the report as JSON; an earlier report there is removed when the run begins. A run"
              + " that could not begin, because a store cannot be opened, writes none.",
      order = -3)
  private @Nullable Path report;

  @Option(
      names = "--failures",
      paramLabel = "FILE",
      description =
          "Where records go that could not be migrated, one JSON object a line; made only when"
              + " there are any, added to an earlier log (default: .lightrag-migrate/failures-TIME.ndjson; none in a dry"
              + " run).",
      order = -2)
  private @Nullable Path failures;

  @Option(names = "--quiet", description = "The report alone, no line for each batch.", order = -1)
  private boolean quiet;

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
    Plan plan = plan();
    List<String> problems = problems(plan);
    AdapterCatalog catalog = common.adapters();
    Optional<StorageAdapter> source =
        Optional.ofNullable(from)
            .flatMap(name -> CommonOptions.find(catalog, "--from", name, problems));
    Optional<StorageAdapter> target =
        Optional.ofNullable(to)
            .flatMap(name -> CommonOptions.find(catalog, "--to", name, problems));
    Stores stores = new Stores(files.load(sideFiles.sides(), terminal), common.diagnostics());
    MigrationRunner runner = new MigrationRunner(terminal, common.diagnostics(), host.stop(), plan);
    FlagsMigration migration = new FlagsMigration(terminal, stores, plan, runner, !yes);
    problems.addAll(migration.problems(source, target));
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    plan.report().ifPresent(ReportFile::removeOld);
    if (from == null && to == null) {
      return new Wizard(terminal, common.diagnostics(), catalog.adapters(), stores, plan, runner)
          .run();
    }
    return migration.run(source.orElseThrow(), target.orElseThrow());
  }

  private List<String> problems(Plan plan) {
    List<String> problems = new ArrayList<>();
    if ((from == null) != (to == null)) {
      problems.add(
          (from == null ? "--from" : "--to") + " is missing: name both stores, or neither");
    }
    if (yes && from == null && to == null) {
      problems.add("--yes needs --from and --to");
    }
    if (dryRun && verify) {
      problems.add("--verify and --dry-run exclude each other: nothing is there to compare");
    }
    if (dryRun && checkpoint.resume()) {
      problems.add("--resume and --dry-run exclude each other: a dry run has no checkpoint");
    }
    problems.addAll(
        OutputFiles.problems(Optional.ofNullable(report), plan.failures(), checkpoint.file()));
    return problems;
  }

  private Plan plan() {
    Optional<Path> log =
        Optional.ofNullable(failures)
            .or(() -> dryRun ? Optional.empty() : Optional.of(defaultFailures()));
    return new Plan(
        selection,
        batchSize,
        pace.pace(),
        onConflict,
        dryRun,
        sanitize,
        verify,
        Optional.ofNullable(giveUpAfter),
        checkpoint.checkpoints(stateDirectory()),
        log,
        failures != null,
        Optional.ofNullable(report).map(ReportFile::new),
        quiet);
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
