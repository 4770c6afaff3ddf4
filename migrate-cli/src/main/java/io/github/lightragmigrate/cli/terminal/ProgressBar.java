package io.github.lightragmigrate.cli.terminal;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * One line that is drawn anew: {@code ████░░░░ 43.7% 8,734/20,000 ETA 0:03 4,812/s summary}; in a
 * narrow terminal what stands at its end is left out. For one thread at a time.
 */
public final class ProgressBar {

  private static final int CELLS = 20;
  private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();

  private final Terminal terminal;
  private final LongSupplier nanoTime;
  private final Rate rate;
  private final long start;
  private long drawn;
  private long done;
  private long expected;

  /**
   * Time runs from now on.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  public ProgressBar(Terminal terminal, LongSupplier nanoTime) {
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.rate = new Rate(start);
    this.drawn = start - REDRAW_NANOS;
  }

  /**
   * Shows that more is done; not more often than the eye follows.
   *
   * @param more of {@code nowDone}, what came since the last call
   * @param what is being dealt with; may be empty
   */
  public void show(long nowDone, long more, long nowExpected, String what) {
    done = nowDone;
    expected = nowExpected;
    long now = nanoTime.getAsLong();
    rate.add(now, done, more);
    if (now - drawn >= REDRAW_NANOS || done >= expected) {
      drawn = now;
      OptionalLong left = rate.secondsFor(expected - done);
      terminal.live(
          text(
              left.isPresent() ? "ETA " + clock(left.getAsLong()) : "",
              Text.number(Math.round(rate.perSecond())) + "/s",
              what));
    }
  }

  /** Leaves the line as it is when all is done, and takes it away when not. */
  public void end() {
    if (expected > 0 && done >= expected) {
      long seconds = Duration.ofNanos(nanoTime.getAsLong() - start).toSeconds();
      terminal.line(text("in " + clock(seconds), "", ""));
    } else {
      terminal.clearLive();
    }
    expected = 0;
  }

  private String text(String... further) {
    int filled = (int) (CELLS * done / Math.max(1, expected));
    String bar = "█".repeat(filled) + "░".repeat(CELLS - filled);
    StringBuilder line = new StringBuilder(bar);
    String share = String.format("%6s", Text.percent(done, expected, 1) + "%");
    List<String> counts = List.of(share, Text.number(done) + "/" + Text.number(expected));
    // the cursor stands in the last column
    int room = terminal.width() - 1;
    for (String part : counts) {
      append(line, part, room);
    }
    for (String part : further) {
      append(line, part, room);
    }
    return terminal.style().emphasis(bar) + line.substring(bar.length());
  }

  private static void append(StringBuilder line, String part, int room) {
    if (!part.isEmpty() && line.length() + 2 + part.length() <= room) {
      line.append("  ").append(part);
    }
  }

  /** {@code 1:02:03}, {@code 2:03}. */
  private static String clock(long seconds) {
    long hours = seconds / 3600;
    return hours > 0
        ? String.format("%d:%02d:%02d", hours, seconds / 60 % 60, seconds % 60)
        : String.format("%d:%02d", seconds / 60, seconds % 60);
  }
}
