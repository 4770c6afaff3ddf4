package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.config.SettingsLayers.SideOptions;
import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.run.Counting;
import io.github.lightragmigrate.cli.run.ExitCode;
import io.github.lightragmigrate.cli.run.Stores;
import io.github.lightragmigrate.cli.run.UsageException;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Selection;
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

/** {@code migrate count}: the source side's settings apply. */
@Command(
    name = "count",
    mixinStandardHelpOptions = true,
    description = "Counts the records of a store by cache type.",
    sortOptions = false,
    usageHelpAutoWidth = true)
final class CountCommand implements Callable<Integer>, Commands.Reporting {

  @Mixin private final CommonOptions common;
  @Mixin private final FileOptions files;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      required = true,
      description = "Store to count; variables SOURCE_X win over X.",
      order = -4)
  private String store = "";

  @Option(
      names = "--workspace",
      paramLabel = "W",
      description = "Workspace to count; may be empty.",
      order = -3)
  private @Nullable String workspace;

  @Option(
      names = "--types",
      paramLabel = "LIST",
      defaultValue = TypesConverter.DEFAULT,
      converter = TypesConverter.class,
      description = "Cache types (default: ${DEFAULT-VALUE}).",
      order = -2)
  private Selection selection = Selection.ofTypes(Selection.DEFAULT_TYPES);

  @Option(names = "--json", description = "Print one JSON object.", order = -1)
  private boolean json;

  CountCommand(Host host) {
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
    Optional<StorageAdapter> found =
        CommonOptions.find(common.adapters(), "--store", store, problems);
    Stores stores = new Stores(files.load(side(), terminal), common.diagnostics());
    found.ifPresent(adapter -> problems.addAll(stores.problems(Side.SOURCE, adapter)));
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    try (Endpoint endpoint = stores.open(Side.SOURCE, found.orElseThrow(), Access.SOURCE)) {
      endpoint.store().notices().forEach(notice -> terminal.problem(Text.oneLine(notice)));
      Counts counts = count(endpoint, terminal);
      if (counts.total() == 0) {
        stores.otherSpelling(endpoint, selection).ifPresent(terminal::warning);
      }
    }
    return ExitCode.OK;
  }

  private Counts count(Endpoint endpoint, Terminal terminal) throws IOException {
    if (json) {
      Counts counts = endpoint.count(selection, found -> {});
      terminal.line(new CountJson(endpoint.side(), counts).text());
      return counts;
    }
    Counts counts = new Counting(terminal).count(endpoint, selection);
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

  private Map<Side, SideOptions> side() {
    return Map.of(
        Side.SOURCE,
        new SideOptions(Optional.empty(), Optional.ofNullable(workspace), "--workspace"));
  }
}
