package io.github.lightragmigrate.cli.doctor;

import io.github.lightragmigrate.cli.config.AdapterSettings;
import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.config.ShownValue;
import io.github.lightragmigrate.cli.terminal.Style;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.spi.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A diagnosis as a person reads it. */
public final class DiagnosisText {

  private final Diagnosis diagnosis;
  private final Style style;
  private final List<String> lines = new ArrayList<>();

  public DiagnosisText(Diagnosis diagnosis, Style style) {
    this.diagnosis = diagnosis;
    this.style = style;
  }

  /** The last line is empty. */
  public List<String> lines() {
    lines.add(
        style.emphasis(diagnosis.adapter().id())
            + "  "
            + diagnosis.adapter().name()
            + (diagnosis.side() == Side.TARGET ? "  as the target" : "")
            + (diagnosis.inUse() ? "  (LightRAG's KV storage by LIGHTRAG_KV_STORAGE)" : ""));
    diagnosis.settings().forEach(this::setting);
    switch (diagnosis.status()) {
      case READY -> add("✓ reachable: " + diagnosis.location());
      case NOT_CONFIGURED -> add("– not configured: " + diagnosis.reason());
      case UNUSABLE_SETTINGS -> add("✗ settings: " + diagnosis.reason());
      case UNREACHABLE -> add("✗ not reachable: " + diagnosis.reason());
    }
    diagnosis.holdings().forEach(this::holding);
    diagnosis.warnings().forEach(warning -> add("⚠️ " + warning));
    lines.add("");
    return lines;
  }

  private void setting(AdapterSettings.Entry entry) {
    add(
        entry.setting().name()
            + ShownValue.of(entry).map(value -> " = " + value).orElse("")
            + "  ["
            + entry.origin()
            + "]");
  }

  private void holding(Holding holding) {
    String workspace =
        "workspace "
            + Text.workspace(holding.workspace())
            + (holding.selected() ? " (selected)" : "")
            + ": ";
    if (holding.problem().isPresent()) {
      add(workspace + holding.problem().get());
      return;
    }
    long total = holding.counts().total();
    add(workspace + (total == 0 ? "no records" : Text.records(total) + types(holding)));
    if (holding.legacy() > 0) {
      add(
          "  "
              + Text.number(holding.legacy())
              + " of them in the form of older LightRAG releases: they are migrated like the others");
    }
  }

  private static String types(Holding holding) {
    return holding.counts().byPrefix().entrySet().stream()
        .filter(count -> count.getValue() > 0)
        .map(count -> Selection.typeOf(count.getKey()) + " " + Text.number(count.getValue()))
        .collect(Collectors.joining(", ", " (", holding.counts().exact() ? ")" : ", estimated)"));
  }

  private void add(String text) {
    lines.add("  " + Text.oneLine(text));
  }
}
