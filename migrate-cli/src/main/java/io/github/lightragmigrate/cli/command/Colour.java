package io.github.lightragmigrate.cli.command;

import java.util.Map;

/** When to colour. */
enum Colour {
  /** On a terminal, unless NO_COLOR is set. */
  AUTO,
  ALWAYS,
  NEVER;

  /**
   * @see <a href="https://no-color.org">NO_COLOR</a>
   */
  boolean on(boolean terminal, Map<String, String> environment) {
    return switch (this) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    };
  }
}
