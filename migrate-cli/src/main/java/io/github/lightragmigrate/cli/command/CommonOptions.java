package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.adapters.AdapterCatalog;
import io.github.lightragmigrate.cli.run.Diagnostics;
import io.github.lightragmigrate.cli.run.UsageException;
import io.github.lightragmigrate.cli.terminal.Style;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
      Style style = new Style(colour.on(host.terminal(), host.environment()), host.unicode());
      terminal = new Terminal(host.in(), host.out(), host.err(), host.terminal(), style);
    }
    return terminal;
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
    return catalog;
  }

  /**
   * The adapter of that name.
   *
   * @param problems is given a line when there is none
   */
  static Optional<StorageAdapter> find(
      AdapterCatalog catalog, String option, String name, List<String> problems) {
    Optional<StorageAdapter> adapter = catalog.find(name);
    if (adapter.isEmpty()) {
      problems.add(option + ": there is no store '" + name + "'; known are " + catalog.names());
    }
    return adapter;
  }
}
