package io.github.lightragmigrate.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A LightRAG server among the processes of this machine. What it was told is known from its
 * arguments and its environment, where this user may read it; a server whose directory has a {@code
 * .env} may have got everything else from there, and nobody but the server knows.
 */
final class ServerProcess {

  private final long pid;
  private final ServerCommand command;

  /** Null where it cannot be read. */
  private final @Nullable Map<String, String> environment;

  /** Linux's directory of the process; elsewhere there is none. */
  private final Path proc;

  private ServerProcess(long pid, ServerCommand command) {
    this.pid = pid;
    this.command = command;
    this.proc = proc(pid);
    this.environment = environment(proc);
  }

  /** One for each server: gunicorn's workers, which have their parent's command line, are not. */
  static List<ServerProcess> running() {
    List<ServerProcess> found = new ArrayList<>();
    ProcessHandle.allProcesses()
        .forEach(
            process ->
                ServerCommand.of(commandLine(process))
                    .ifPresent(server -> found.add(new ServerProcess(process.pid(), server))));
    Set<Long> pids = found.stream().map(ServerProcess::pid).collect(Collectors.toSet());
    found.removeIf(server -> parent(server.pid).filter(pids::contains).isPresent());
    return found;
  }

  private static List<String> commandLine(ProcessHandle process) {
    try {
      return texts(proc(process.pid()).resolve("cmdline"));
    } catch (IOException e) {
      List<String> line = new ArrayList<>();
      process.info().command().ifPresent(line::add);
      process.info().arguments().ifPresent(arguments -> line.addAll(List.of(arguments)));
      return line;
    }
  }

  private static @Nullable Map<String, String> environment(Path proc) {
    try {
      Map<String, String> environment = new HashMap<>();
      for (String entry : texts(proc.resolve("environ"))) {
        int equals = entry.indexOf('=');
        if (equals > 0) {
          environment.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
      }
      return environment;
    } catch (IOException e) {
      return null;
    }
  }

  /** Texts that end with a NUL each. */
  private static List<String> texts(Path file) throws IOException {
    String all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return all.isEmpty() ? List.of() : List.of(all.split("\0"));
  }

  private static Path proc(long pid) {
    return Path.of("/proc", Long.toString(pid));
  }

  private static Optional<Long> parent(long pid) {
    return ProcessHandle.of(pid).flatMap(ProcessHandle::parent).map(ProcessHandle::pid);
  }

  long pid() {
    return pid;
  }

  /** Whether that process is this server or a worker of it. */
  boolean owns(long process) {
    return process == pid || parent(process).filter(parent -> parent == pid).isPresent();
  }

  /** Where it listens; empty when that is not known. */
  Optional<Integer> port() {
    return told("--port", "PORT", String.valueOf(HealthCheck.DEFAULT_PORT)).map(HealthCheck::port);
  }

  /**
   * Whether it has the cache file of this directory in memory.
   *
   * @param directory one that exists
   */
  Holding holds(Path directory) {
    Optional<String> storage = told("", "LIGHTRAG_KV_STORAGE", Holding.JSON_STORAGE);
    if (storage.filter(name -> !name.equals(Holding.JSON_STORAGE)).isPresent()) {
      return Holding.NO;
    }
    Optional<String> workingDir = told("--working-dir", "WORKING_DIR", "./rag_storage");
    Optional<String> workspace = told("--workspace", "WORKSPACE", "");
    if (workingDir.isEmpty() || workspace.isEmpty()) {
      return Holding.UNKNOWN;
    }
    Holding holding = compare(workingDir.get(), asTheServerWrites(workspace.get()), directory);
    return holding == Holding.YES && storage.isEmpty() ? Holding.UNKNOWN : holding;
  }

  private static String asTheServerWrites(String workspace) {
    return workspace.replaceAll("[^a-zA-Z0-9_]", "_");
  }

  /** Seen from within the process: it may be in a container. */
  private Holding compare(String workingDir, String workspace, Path directory) {
    try {
      if (!Files.isDirectory(proc)) {
        Path theirs = Path.of(workingDir);
        return theirs.isAbsolute()
            ? Holding.of(theirs.resolve(workspace), directory)
            : Holding.UNKNOWN;
      }
      Path base =
          workingDir.startsWith("/")
              ? Path.of(proc + "/root" + workingDir)
              : proc.resolve("cwd").resolve(workingDir);
      return Holding.of(base.resolve(workspace), directory);
    } catch (InvalidPathException e) {
      return Holding.UNKNOWN;
    }
  }

  /** An argument wins over the environment, this over {@code .env}, this over the default. */
  private Optional<String> told(String option, String variable, String otherwise) {
    Optional<String> argument = command.option(option);
    if (argument.isPresent()) {
      return argument;
    }
    if (environment == null) {
      return Optional.empty();
    }
    String value = environment.get(variable);
    if (value != null) {
      return Optional.of(value);
    }
    return Files.exists(proc.resolve("cwd/.env")) ? Optional.empty() : Optional.of(otherwise);
  }
}
