package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.adapters.AdapterCatalog;
import io.github.lightragmigrate.cli.config.AdapterSettings.Entry;
import io.github.lightragmigrate.cli.config.SettingsLayers;
import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.config.ShownValue;
import io.github.lightragmigrate.cli.run.ExitCode;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.spi.Setting;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code migrate adapters}. */
@Command(
    name = "adapters",
    mixinStandardHelpOptions = true,
    customSynopsis = "migrate adapters [OPTIONS]",
    description = {
      "Lists the stores, and every setting that each reads.",
      "%nOf each setting: its present value (secrets are masked), where it comes from, and its place"
          + " in config.ini."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    optionListHeading = "%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:listed", "2:usage or settings", "5:stopped by the user or a signal"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  migrate adapters",
      "  migrate adapters --target-workspace space2 --json",
    })
final class AdaptersCommand implements Callable<Integer>, Commands.Reporting {

  @Mixin private final CommonOptions common;
  @Mixin private final FileOptions files;
  @Mixin private final SourceOptions sourceOptions = new SourceOptions();
  @Mixin private final TargetOptions targetOptions = new TargetOptions();

  @Option(names = "--json", description = "Print one JSON object.", order = -3)
  private boolean json;

  AdaptersCommand(Host host) {
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
    AdapterCatalog catalog = common.adapters();
    SettingsLayers layers =
        files.load(
            Map.of(Side.SOURCE, sourceOptions.given(), Side.TARGET, targetOptions.given()),
            terminal);
    if (json) {
      terminal.line(new AdaptersJson(catalog, layers).text());
    } else {
      catalog.found().forEach(found -> print(found, layers, terminal));
    }
    return ExitCode.OK;
  }

  private static void print(AdapterCatalog.Found found, SettingsLayers layers, Terminal terminal) {
    List<Setting> declared = found.adapter().settings();
    List<Entry> source = layers.resolve(Side.SOURCE, declared).entries();
    List<Entry> target = layers.resolve(Side.TARGET, declared).entries();
    terminal.line(
        terminal.style().emphasis(found.adapter().id())
            + "  "
            + found.adapter().name()
            + "  ("
            + found.origin()
            + ")");
    for (int i = 0; i < declared.size(); i++) {
      Entry forSource = source.get(i);
      Entry forTarget = target.get(i);
      String name = declared.get(i).name();
      if (forSource.found().equals(forTarget.found())) {
        terminal.paragraph("  " + name + value(forSource));
      } else {
        terminal.paragraph("  " + name + " of the source" + value(forSource));
        terminal.paragraph("  " + name + " of the target" + value(forTarget));
      }
      terminal.paragraph("      " + description(forSource));
    }
    terminal.line("");
  }

  private static String value(Entry entry) {
    return ShownValue.of(entry).map(value -> " = " + Text.oneLine(value)).orElse("")
        + "  ["
        + entry.origin()
        + "]";
  }

  private static String description(Entry entry) {
    Setting setting = entry.setting();
    return setting.description()
        + (entry.isNeeded() ? "; required" : "")
        + (setting.section().isEmpty()
            ? ""
            : "; config.ini: " + setting.option() + " in [" + setting.section() + "]");
  }
}
