package io.github.lightragmigrate.json;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The command line of a LightRAG server.
 *
 * @param arguments what its own parser sees
 */
record ServerCommand(List<String> arguments) {

  private static final Set<String> SCRIPTS =
      Set.of("lightrag-server", "lightrag-gunicorn", "lightrag_server.py", "run_with_gunicorn.py");

  private static final String PACKAGE = "lightrag.api";

  /** Options of Python's own that have a value as the next argument. */
  private static final Set<String> WITH_VALUE = Set.of("-X", "-W");

  /** Empty for another program, also for one that only names a server: an editor, a shell. */
  static Optional<ServerCommand> of(List<String> commandLine) {
    if (commandLine.isEmpty()) {
      return Optional.empty();
    }
    String program = fileName(commandLine.get(0));
    if (SCRIPTS.contains(program)) {
      return Optional.of(after(commandLine, 0));
    }
    return program.startsWith("python") ? ofPython(commandLine) : Optional.empty();
  }

  private static Optional<ServerCommand> ofPython(List<String> commandLine) {
    int at = 1;
    while (at < commandLine.size() && isPythonOption(commandLine.get(at))) {
      at += WITH_VALUE.contains(commandLine.get(at)) ? 2 : 1;
    }
    if (at >= commandLine.size()) {
      return Optional.empty();
    }
    if (!commandLine.get(at).equals("-m")) {
      return SCRIPTS.contains(fileName(commandLine.get(at)))
          ? Optional.of(after(commandLine, at))
          : Optional.empty();
    }
    boolean isServer = at + 1 < commandLine.size() && isModule(commandLine.get(at + 1));
    return isServer ? Optional.of(after(commandLine, at + 1)) : Optional.empty();
  }

  private static boolean isPythonOption(String argument) {
    return argument.startsWith("-") && !argument.equals("-m") && !argument.equals("-c");
  }

  private static boolean isModule(String name) {
    return name.equals(PACKAGE) || name.startsWith(PACKAGE + ".");
  }

  private static ServerCommand after(List<String> commandLine, int index) {
    return new ServerCommand(List.copyOf(commandLine.subList(index + 1, commandLine.size())));
  }

  private static String fileName(String path) {
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    return name.endsWith(".exe") ? name.substring(0, name.length() - 4) : name;
  }

  /** The value of {@code --name value} or {@code --name=value}; the last one counts. */
  Optional<String> option(String name) {
    Optional<String> value = Optional.empty();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith(name + "=")) {
        value = Optional.of(argument.substring(name.length() + 1));
      } else if (argument.equals(name) && i + 1 < arguments.size()) {
        value = Optional.of(arguments.get(++i));
      }
    }
    return value;
  }
}
