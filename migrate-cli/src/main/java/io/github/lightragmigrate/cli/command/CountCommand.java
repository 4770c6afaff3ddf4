package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.run.Counting;
import io.github.lightragmigrate.cli.run.ExitCode;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code migrate count}: the source side's settings apply. */
@Command(
    name = "count",
    mixinStandardHelpOptions = true,
    customSynopsis = "migrate count --store STORE [OPTIONS]",
    description = "Counts the records of a store by cache type.",
    sortOptions = false,
    usageHelpAutoWidth = true,
    optionListHeading = "%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:counted",
      "1:the store cannot be reached or read",
      "2:usage or settings",
      "5:stopped by the user or a signal",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  migrate count --store json",
      "  migrate count --store redis --source-workspace space1",
      "  migrate count --store redis --types extract,summary",
      "  migrate count --store postgres --json",
    })
final class CountCommand implements Callable<Integer>, Commands.Reporting {

  @Mixin private final CommonOptions common;
  @Mixin private final FileOptions files;
  @Mixin private final SourceOptions source = new SourceOptions();
  @Mixin private final TypesOption types = new TypesOption();

  @Option(
      names = "--store",
      paramLabel = "STORE",
      required = true,
      completionCandidates = Candidates.OfStores.class,
      description = "Store to count; variables SOURCE_X win over X.",
      order = -20)
  private String store = "";

  @Option(names = "--json", description = "Print one JSON object.", order = -3)
  private boolean json;

  CountCommand(Host host) {
    this.common = new CommonOptions(host);
    this.files = new FileOptions(host);
  }

  /** What {@code --source-workspace} was called here before. */
  @Option(names = "--workspace", hidden = true)
  void workspace(String name) {
    source.workspace(name);
  }

  @Override
  public CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() throws IOException {
    Terminal terminal = common.terminal();
    NamedStores named = new NamedStores(common, files, Map.of(Side.SOURCE, source.given()));
    Optional<StorageAdapter> found = named.find(Side.SOURCE, "--store", store);
    named.refuseProblems();
    try (Endpoint endpoint = named.stores().open(Side.SOURCE, found.orElseThrow(), Access.SOURCE)) {
      endpoint.store().notices().forEach(notice -> terminal.problem(Text.oneLine(notice)));
      Counts counts = count(endpoint, terminal);
      if (counts.total() == 0) {
        named.stores().elsewhere(endpoint, types.selection()).ifPresent(terminal::warning);
      }
    }
    return ExitCode.OK;
  }

  private Counts count(Endpoint endpoint, Terminal terminal) throws IOException {
    if (json) {
      Counts counts = endpoint.count(types.selection(), found -> {});
      terminal.line(new CountJson(endpoint.side(), counts).text());
      return counts;
    }
    Counts counts = new Counting(terminal).count(endpoint, types.selection());
    terminal.line(
        endpoint.adapter().name()
            + " (workspace: "
            + Text.workspace(endpoint.store().workspace())
            + ")");
    counts
        .byPrefix()
        .forEach(
            (prefix, count) ->
                terminal.line("- " + prefix + " " + Text.number(count) + " records"));
    terminal.line(
        "- Total: "
            + Text.number(counts.total())
            + " records"
            + (counts.exact() ? "" : " (estimated)"));
    return counts;
  }
}
