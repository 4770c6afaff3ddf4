package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.adapters.AdapterCatalog;
import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.doctor.Diagnosis;
import io.github.lightragmigrate.cli.doctor.DiagnosisText;
import io.github.lightragmigrate.cli.doctor.Doctor;
import io.github.lightragmigrate.cli.doctor.FitText;
import io.github.lightragmigrate.cli.run.ExitCode;
import io.github.lightragmigrate.cli.run.Stores;
import io.github.lightragmigrate.cli.terminal.Spelling;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code migrate doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "migrate doctor [--store STORE] [OPTIONS]",
      "       migrate doctor --store STORE --to STORE [OPTIONS]"
    },
    description = {
      "Tells what is configured, reachable and held, and what looks wrong.",
      "%nOf each store: its settings, whether it can be reached and why not, and what each workspace"
          + " in it holds; and of names of variables that look like a slip. Writes nothing.",
      "%nWithout --store, looks at every store that a setting leads to, for source and target where"
          + " their settings differ, and at the one that LightRAG uses. With --store and --to, reads"
          + " all records and tells which of them the target would reject; a server may refuse more"
          + " than can be told beforehand."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    optionListHeading = "%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every store that was looked at can be used, whatever it was warned of",
      "1:one cannot be reached, or with --to: not be read to its end",
      "2:usage or settings",
      "3:with --to: some records would be rejected, or cannot be read",
      "5:stopped by the user or a signal"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  migrate doctor",
      "  migrate doctor --store redis --json",
      "  migrate doctor --store json --to postgres"
    })
final class DoctorCommand implements Callable<Integer>, Commands.Reporting {

  private final Host host;

  @Mixin private final CommonOptions common;
  @Mixin private final FileOptions files;
  @Mixin private final SourceOptions sourceOptions = new SourceOptions();
  @Mixin private final TargetOptions targetOptions = new TargetOptions();
  @Mixin private final TypesOption types = new TypesOption();

  @Option(
      names = "--store",
      paramLabel = "STORE",
      completionCandidates = Candidates.OfStores.class,
      description = "Store to look at, even without settings; variables SOURCE_X win over X.",
      order = -20)
  private @Nullable String store;

  @Option(
      names = "--to",
      paramLabel = "STORE",
      completionCandidates = Candidates.OfStores.class,
      description =
          "Target that the records of --store are meant for; variables TARGET_X win over X.",
      order = -19)
  private @Nullable String to;

  @Option(names = "--json", description = "Print one JSON object.", order = -3)
  private boolean json;

  DoctorCommand(Host host) {
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
    Optional<StorageAdapter> source = named.find("--store", store);
    Optional<StorageAdapter> target = named.find("--to", to);
    if (store == null && to != null) {
      named.problem("--to needs --store: the store that the records are in");
    }
    named.refuseProblems();
    AdapterCatalog catalog = named.catalog();
    Stores stores = named.stores();
    String used = stores.lightRagsStorage(Side.SOURCE);
    List<String> warnings = new ArrayList<>(named.misspelled());
    if (catalog.find(used).isEmpty()) {
      warnings.add(
          "LIGHTRAG_KV_STORAGE names no known store: "
              + Text.oneLine(used)
              + Spelling.hint(catalog.nearest(used)));
    }
    warnings.forEach(terminal::warning);
    Doctor doctor = new Doctor(stores, types.selection());
    List<Diagnosis> diagnoses = new ArrayList<>();
    for (StorageAdapter adapter : source.map(List::of).orElseGet(catalog::adapters)) {
      List<Side> sides = target.isPresent() ? List.of(Side.SOURCE) : doctor.sides(adapter);
      for (Side side : sides) {
        diagnoses.add(shown(doctor.examine(side, adapter, source.isPresent())));
      }
    }
    target.ifPresent(adapter -> diagnoses.add(shown(doctor.examine(Side.TARGET, adapter, true))));
    int code = Diagnosis.exitCode(diagnoses);
    Optional<MigrationReport> fit =
        code == ExitCode.OK && target.isPresent()
            ? Optional.of(doctor.fit(source.orElseThrow(), target.get(), host.stop(), terminal))
            : Optional.empty();
    if (json) {
      terminal.line(new DoctorJson(diagnoses, warnings, fit).text());
    } else {
      fit.ifPresent(report -> new FitText(report).lines().forEach(terminal::line));
    }
    fit.flatMap(MigrationReport::fault).ifPresent(terminal::error);
    return code == ExitCode.OK
        ? fit.map(report -> ExitCode.of(report.outcome())).orElse(code)
        : code;
  }

  /** At once, since the next store may take its time. */
  private Diagnosis shown(Diagnosis diagnosis) {
    if (!json) {
      Terminal terminal = common.terminal();
      new DiagnosisText(diagnosis, terminal.style()).lines().forEach(terminal::paragraph);
    }
    return diagnosis;
  }
}
