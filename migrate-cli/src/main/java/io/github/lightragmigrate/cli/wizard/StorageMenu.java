package io.github.lightragmigrate.cli.wizard;

import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A numbered list to choose from. */
final class StorageMenu {

  private final Terminal terminal;

  StorageMenu(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Empty when the person wants to leave, or is gone. */
  Optional<StorageAdapter> choose(String side, String title, List<StorageAdapter> adapters) {
    terminal.line("");
    terminal.line(title);
    for (int i = 0; i < adapters.size(); i++) {
      terminal.line("[" + (i + 1) + "] " + adapters.get(i).name());
    }
    String range = adapters.size() == 1 ? "1" : "1-" + adapters.size();
    String question = "\nSelect " + side + " storage type (" + range + ") (Press Enter to exit): ";
    List<String> numbers =
        IntStream.rangeClosed(1, adapters.size()).mapToObj(String::valueOf).toList();
    while (true) {
      Optional<String> answer = terminal.ask(question);
      if (answer.isEmpty()) {
        terminal.line("");
      }
      String choice = answer.orElse("");
      if (choice.isEmpty() || choice.equals("0")) {
        terminal.line("");
        terminal.line("✓ Migration cancelled by user");
        return Optional.empty();
      }
      int index = numbers.indexOf(choice);
      if (index >= 0) {
        return Optional.of(adapters.get(index));
      }
      terminal.line(
          "✗ Invalid choice. Please enter one of: "
              + numbers.stream().collect(Collectors.joining(", ")));
    }
  }
}
