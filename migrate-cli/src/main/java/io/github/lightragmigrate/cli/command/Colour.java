package io.github.lightragmigrate.cli.command;

import java.util.Map;

/** When to colour. */
enum Colour {
  /** On a terminal that knows escape sequences, unless NO_COLOR is set. */
  AUTO,
  ALWAYS,
  NEVER;

  /**
   * Whether to colour.
   *
   * @param ansi the output is a terminal that knows escape sequences
   * @see <a href="https://no-color.org">NO_COLOR</a>
   */
  boolean on(boolean ansi, Map<String, String> environment) {
    return switch (this) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> ansi && environment.getOrDefault("NO_COLOR", "").isEmpty();
    };
  }
}
