package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.terminal.Style;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.report.Side;
import java.util.List;

/** Source and target as a person reads them, as LightRAG's tool does, and where they are. */
final class SideText {

  private SideText() {}

  /** {@code JsonKVStorage (workspace: space1)}. */
  static String name(Side side, Style style) {
    return style.emphasis(side.storage())
        + " (workspace: "
        + style.emphasis(Text.workspace(side.workspace()))
        + ")";
  }

  /** As wide as {@code Source: }. */
  static String place(Side side) {
    return "        " + Text.oneLine(side.location());
  }

  /** For a report, without colours. */
  static List<String> both(Side source, Side target) {
    return List.of(
        "Source: " + name(source, Style.PLAIN),
        place(source),
        "Target: " + name(target, Style.PLAIN),
        place(target));
  }
}
