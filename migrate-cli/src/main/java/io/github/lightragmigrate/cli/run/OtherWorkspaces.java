package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where the records may be when the selected workspace has none. */
public final class OtherWorkspaces {

  private static final int MAX_SHOWN = 10;

  private OtherWorkspaces() {}

  /** Asks the store; says nothing when it cannot tell, or there are no others. */
  public static Optional<String> hint(Side side, Endpoint empty) {
    try {
      return hint(side, empty.store().workspace(), empty.store().workspaces());
    } catch (StoreException e) {
      // only a hint, and what was asked for has been answered
      return Optional.empty();
    }
  }

  /**
   * The same for a store that was asked.
   *
   * @param workspaces those that have a cache
   */
  public static Optional<String> hint(Side side, String empty, Collection<String> workspaces) {
    List<String> others = workspaces.stream().filter(name -> !name.equals(empty)).sorted().toList();
    if (others.isEmpty()) {
      return Optional.empty();
    }
    int more = others.size() - MAX_SHOWN;
    return Optional.of(
        "workspace "
            + Text.workspace(empty)
            + " has no records; there is a cache in workspace "
            + others.stream()
                .limit(MAX_SHOWN)
                .map(Text::workspace)
                .collect(Collectors.joining(", "))
            + (more > 0 ? " and " + Text.number(more) + " more" : "")
            + ": choose it with --"
            + side.name().toLowerCase(Locale.ROOT)
            + "-workspace"
            + (others.equals(List.of("")) ? " ''" : ""));
  }
}
