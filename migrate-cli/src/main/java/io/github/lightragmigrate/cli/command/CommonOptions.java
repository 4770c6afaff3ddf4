package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.adapters.AdapterCatalog;
import io.github.lightragmigrate.cli.run.Diagnostics;
import io.github.lightragmigrate.cli.run.UsageException;
import io.github.lightragmigrate.cli.terminal.ScreenWidth;
import io.github.lightragmigrate.cli.terminal.Style;
import io.github.lightragmigrate.cli.terminal.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command, and what they make. */
final class CommonOptions {

  private final Host host;

  @Option(
      names = "--adapter-path",
      paramLabel = "DIR",
      description = "Directory with jars of further adapters (default: adapters/ beside the jar).")
  private @Nullable Path adapterPath;

  @Option(names = "--verbose", description = "Show stack traces of errors, without secrets.")
  private boolean verbose;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      converter = EnumConverter.OfColour.class,
      completionCandidates = Candidates.OfColour.class,
      description =
          "auto, always or never (default: ${DEFAULT-VALUE}, which is on a terminal unless NO_COLOR"
              + " is set).")
  private Colour colour = Colour.AUTO;

  private @Nullable Terminal terminal;
  private @Nullable Diagnostics diagnostics;

  CommonOptions(Host host) {
    this.host = host;
  }

  /** The same at every call, as {@link #diagnostics} is. */
  Terminal terminal() {
    if (terminal == null) {
      boolean ansi = host.terminal() && knowsAnsi(host.environment().getOrDefault("TERM", ""));
      Style style = new Style(colour.on(ansi, host.environment()), host.unicode(), ansi);
      terminal =
          new Terminal(
              host.in(),
              host.out(),
              host.err(),
              host.terminal(),
              style,
              new ScreenWidth(host.environment()));
    }
    return terminal;
  }

  /** Windows' consoles, which need a call before they know them, set no TERM. */
  private static boolean knowsAnsi(String term) {
    return !term.isEmpty() && !term.equals("dumb");
  }

  Diagnostics diagnostics() {
    if (diagnostics == null) {
      diagnostics = new Diagnostics(terminal(), verbose);
    }
    return diagnostics;
  }

  /** Warns of those that cannot be used. */
  AdapterCatalog adapters() {
    Path directory = adapterPath;
    if (directory != null && !Files.isDirectory(directory)) {
      throw new UsageException("--adapter-path " + directory + " is no directory");
    }
    AdapterCatalog catalog = host.adapters().apply(Optional.ofNullable(directory));
    catalog.warnings().forEach(terminal()::warning);
    if (directory != null && catalog.warnings().isEmpty() && !catalog.hasAnyFrom(directory)) {
      terminal().warning("--adapter-path " + directory + " has no jar with an adapter");
    }
    return catalog;
  }
}
