package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.run.VerificationRunner;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.report.VerificationJson;
import io.github.lightragmigrate.report.VerificationReport;
import io.github.lightragmigrate.spi.OnConflict;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code migrate verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    customSynopsis = "migrate verify --from STORE --to STORE [OPTIONS]",
    description = {
      "Compares every selected record of a source with what the target has.",
      "%nEvery field is compared, by value. Nothing is written to either. What else the target has"
          + " is no difference.",
      "%nA difference is looked at twice, so that a record written meanwhile is not reported. What"
          + " the target does not keep by its nature (other fields than its columns, fractions of"
          + " seconds) is told, and is no difference."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    optionListHeading = "%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every selected record is the same",
      "1:could not be done or finished: a store cannot be reached",
      "2:usage or settings",
      "4:there is a difference: a record is missing, different, or cannot be read or held",
      "5:stopped by the user or a signal"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  migrate verify --from json --to redis",
      "  migrate verify --from json --to postgres --types extract --json"
    })
final class VerifyCommand implements Callable<Integer>, Commands.Reporting {

  private final Host host;

  @Mixin private final CommonOptions common;
  @Mixin private final FileOptions files;
  @Mixin private final SourceOptions sourceOptions = new SourceOptions();
  @Mixin private final TargetOptions targetOptions = new TargetOptions();
  @Mixin private final TypesOption types = new TypesOption();

  @Option(
      names = "--from",
      paramLabel = "STORE",
      completionCandidates = Candidates.OfStores.class,
      required = true,
      description = "Store that was migrated from.",
      order = -20)
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "STORE",
      completionCandidates = Candidates.OfStores.class,
      required = true,
      description = "Store that was migrated to.",
      order = -19)
  private String to = "";

  @Option(
      names = "--on-conflict",
      paramLabel = "WHAT",
      defaultValue = "overwrite",
      converter = EnumConverter.OfOnConflict.class,
      completionCandidates = Candidates.OfOnConflict.class,
      description =
          "What the migration was given: a record that skip or newer left as the target had it is"
              + " no difference (default: ${DEFAULT-VALUE}).",
      order = -12)
  private OnConflict onConflict = OnConflict.OVERWRITE;

  @Option(names = "--json", description = "Print one JSON object.", order = -2)
  private boolean json;

  @Option(names = "--quiet", description = "The report alone, no progress.", order = -2)
  private boolean quiet;

  VerifyCommand(Host host) {
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
    NamedStores named =
        new NamedStores(
            common,
            files,
            Map.of(Side.SOURCE, sourceOptions.given(), Side.TARGET, targetOptions.given()));
    Optional<StorageAdapter> source = named.find(Side.SOURCE, "--from", from);
    Optional<StorageAdapter> target = named.find(Side.TARGET, "--to", to);
    named.refuseProblems();
    VerificationRunner runner =
        new VerificationRunner(terminal, common.diagnostics(), host.stop(), quiet || json);
    VerificationReport report =
        runner.run(
            named.stores(),
            source.orElseThrow(),
            target.orElseThrow(),
            types.selection(),
            onConflict);
    if (json) {
      terminal.line(text(report));
    } else {
      runner.show(report);
    }
    return VerificationRunner.exitCode(report);
  }

  private static String text(VerificationReport report) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    VerificationJson.write(report, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
