package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Selection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts a store and shows how that goes on. */
public final class Counting {

  private static final Duration WORTH_A_WORD = Duration.ofSeconds(1);

  private final Terminal terminal;

  public Counting(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Counts the selected records.
   *
   * @throws io.github.lightragmigrate.spi.StoreException as {@code CacheStore.count} does
   */
  public Counts count(Endpoint endpoint, Selection selection) {
    String label = endpoint.adapter().countingLabel();
    if (label.isEmpty()) {
      return endpoint.count(selection, found -> {});
    }
    terminal.part(label + "...");
    AtomicBoolean live = new AtomicBoolean();
    long start = System.nanoTime();
    boolean counted = false;
    try {
      Counts counts =
          endpoint.count(
              selection,
              found -> {
                live.set(true);
                // in a file or a pipe, every line would stay
                if (terminal.interactive()) {
                  terminal.part("\r" + found(label, found));
                }
              });
      end(label, live.get(), counts.total(), Duration.ofNanos(System.nanoTime() - start));
      counted = true;
      return counts;
    } finally {
      if (!counted) {
        terminal.line("");
      }
    }
  }

  private void end(String label, boolean live, long total, Duration took) {
    if (live) {
      terminal.line((terminal.interactive() ? "\r" + label + "..." : "") + foundWords(total));
    } else {
      terminal.line(took.compareTo(WORTH_A_WORD) > 0 ? " (took " + Text.seconds(took) + ")" : "");
    }
  }

  private static String found(String label, long total) {
    return label + "..." + foundWords(total);
  }

  private static String foundWords(long total) {
    return " found " + Text.records(total);
  }
}
