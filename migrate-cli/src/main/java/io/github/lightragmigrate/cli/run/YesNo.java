package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.terminal.Terminal;
import java.util.Locale;
import java.util.Optional;

/** The question before anything is written. */
final class YesNo {

  private YesNo() {}

  /** Asks until it is answered; the end of the input is a no. */
  static boolean mayContinue(Terminal terminal) {
    while (true) {
      Optional<String> answer = terminal.ask("\nContinue? (y/n): ");
      if (answer.isEmpty()) {
        terminal.line("");
        return false;
      }
      switch (answer.get().toLowerCase(Locale.ROOT)) {
        case "y", "yes" -> {
          return true;
        }
        case "n", "no" -> {
          return false;
        }
        default -> terminal.line("✗ Invalid choice. Please enter one of: y, n");
      }
    }
  }
}
