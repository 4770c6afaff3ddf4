package io.github.lightragmigrate.cli;

import io.github.lightragmigrate.cli.adapters.AdapterCatalog;
import io.github.lightragmigrate.cli.command.Commands;
import io.github.lightragmigrate.cli.command.Host;
import io.github.lightragmigrate.cli.run.StopRequest;
import io.github.lightragmigrate.json.JsonStorageAdapter;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One call of the real command line, in this process, with what it may see and what it said. */
public final class Session {

  private final Path directory;
  private final StorageAdapter[] adapters;
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String input = "";
  private boolean terminal;
  private int exitCode = -1;

  public Session(Path directory, StorageAdapter... adapters) {
    this.directory = directory;
    this.adapters = adapters;
    set("WORKING_DIR", directory.resolve("rag_storage").toString());
  }

  public Session set(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Lines that a person types before closing the input. */
  public Session type(String... lines) {
    input = lines.length == 0 ? "" : String.join("\n", lines) + "\n";
    return this;
  }

  public Session onTerminal() {
    terminal = true;
    return set("TERM", "xterm").set("COLUMNS", "80");
  }

  public Session run(String... args) {
    Host host =
        new Host(
            environment,
            directory,
            new BufferedReader(new StringReader(input)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            terminal,
            true,
            "test",
            new StopRequest(),
            jars -> AdapterCatalog.of(adapters));
    exitCode = Commands.run(host, args);
    return this;
  }

  /** What is left on a terminal that shows stdout. */
  public String screen() {
    return Screen.of(out());
  }

  public int exitCode() {
    return exitCode;
  }

  /** The run's time is left out: it differs. */
  public String out() {
    return out.toString(StandardCharsets.UTF_8)
        .replaceAll("(Duration: +)[0-9.]+s", "$1TIME")
        .replace(directory.toString(), "DIR");
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8).replace(directory.toString(), "DIR");
  }

  /** Writes LightRAG's JSON file of a workspace. */
  public static void hold(Path directory, String workspace, List<CacheRecord> records) {
    try (CacheStore store = json(directory, workspace, Access.TARGET)) {
      store.upsert(records);
      store.flush();
    }
  }

  public static long count(Path directory, String workspace) {
    try (CacheStore store = json(directory, workspace, Access.SOURCE)) {
      Counts counts = store.count(Selection.ofTypes(Selection.DEFAULT_TYPES), found -> {});
      return counts.total();
    }
  }

  private static CacheStore json(Path directory, String workspace, Access access) {
    return new JsonStorageAdapter()
        .open(
            Settings.of(
                Map.of(
                    "WORKING_DIR",
                    directory.resolve("rag_storage").toString(),
                    "WORKSPACE",
                    workspace)),
            access);
  }
}
