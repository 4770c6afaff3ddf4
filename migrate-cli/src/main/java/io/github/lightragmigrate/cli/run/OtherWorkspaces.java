package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The workspaces beside one that turned out empty. */
final class OtherWorkspaces {

  private static final int FIRST = 10;

  private OtherWorkspaces() {}

  /** Names them in a sentence; empty when there are none, or the store does not tell. */
  static Optional<String> of(Endpoint endpoint) {
    List<String> others;
    try {
      others =
          endpoint.store().workspaces().stream()
              .filter(name -> !name.equals(endpoint.store().workspace()))
              .sorted()
              .toList();
    } catch (StoreException e) {
      // only a hint, and what was asked for has been answered
      return Optional.empty();
    }
    if (others.isEmpty()) {
      return Optional.empty();
    }
    String names =
        others.stream().limit(FIRST).map(Text::workspace).collect(Collectors.joining(", "));
    return Optional.of(
        (others.size() == 1
                ? "there is a cache of the workspace "
                : "there are caches of the workspaces ")
            + names
            + (others.size() > FIRST ? " and " + (others.size() - FIRST) + " more" : "")
            + ": name one with --source-workspace");
  }
}
