package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * LightRAG servers that have a cache file in memory. They read it at their start and write all of
 * it back later, so what is migrated into it meanwhile is lost; and they have records that are not
 * in it yet (LightRAG 1.5.7, {@code JsonKVStorage}).
 *
 * <p>Found are servers among the processes that this user sees, and one that answers at {@code
 * PORT} of this machine. A program of somebody's own that uses LightRAG as a library looks like any
 * Python program and is not found, nor is a server on another machine that shares the directory.
 */
final class LightRagServers {

  private final HealthCheck check = new HealthCheck();
  private final Map<Integer, Optional<ServerHealth>> answers = new HashMap<>();
  private final int port;

  /**
   * @param port where to ask for a server that is no visible process, or whose own port is not
   *     known
   */
  LightRagServers(int port) {
    this.port = port;
  }

  /**
   * A line for people for each server that has the file in memory, or may have it.
   *
   * @param directory of the file; it must exist
   */
  List<String> notices(CacheFile file, Path directory, Access access) {
    List<String> notices = new ArrayList<>();
    List<ServerProcess> processes = ServerProcess.running();
    for (ServerProcess process : processes) {
      Holding holding = process.holds(directory);
      if (holding == Holding.UNKNOWN) {
        holding =
            answer(process.port().orElse(port))
                .filter(health -> health.process().filter(process::owns).isPresent())
                .map(health -> health.holds(directory))
                .orElse(holding);
      }
      add(notices, holding, "process " + process.pid(), file, access);
    }
    Optional<ServerHealth> other =
        answer(port).filter(health -> processes.stream().noneMatch(each -> isOf(health, each)));
    if (other.isPresent()) {
      add(notices, other.get().holds(directory), HealthCheck.url(port), file, access);
    }
    return notices;
  }

  private Optional<ServerHealth> answer(int at) {
    return answers.computeIfAbsent(at, check::ask);
  }

  /** Whether this process gave, or where nothing speaks against it may have given, the answer. */
  private boolean isOf(ServerHealth health, ServerProcess process) {
    return health
        .process()
        .map(process::owns)
        .orElseGet(() -> process.port().filter(known -> known != port).isEmpty());
  }

  private static void add(
      List<String> notices, Holding holding, String server, CacheFile file, Access access) {
    if (holding == Holding.NO) {
      return;
    }
    String verb = holding == Holding.YES ? ") holds " : ") may hold ";
    String consequence =
        access == Access.TARGET
            ? " in memory and will then write over it: stop it before the migration."
            : " in memory, with records that are not in the file yet: stop it before the"
                + " migration, which makes it write them.";
    notices.add("LightRAG's server (" + server + verb + file.path() + consequence);
  }
}
