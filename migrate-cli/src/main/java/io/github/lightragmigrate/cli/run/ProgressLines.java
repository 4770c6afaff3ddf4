package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.terminal.ProgressBar;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.progress.BatchProgress;
import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.progress.RetryEvent;
import io.github.lightragmigrate.progress.WriteEvent;
import io.github.lightragmigrate.spi.Selection;
import java.util.Locale;

/** A bar on a terminal, with a line for each batch that had failures; a line for each elsewhere. */
final class ProgressLines implements MigrationListener {

  private static final int BAR = 20;

  private final Terminal terminal;
  private final Diagnostics diagnostics;
  private final boolean dryRun;
  private final boolean quiet;
  private final ProgressBar bar;
  private volatile boolean written;
  private volatile boolean persisting;

  ProgressLines(Terminal terminal, Diagnostics diagnostics, boolean dryRun, boolean quiet) {
    this.terminal = terminal;
    this.diagnostics = diagnostics;
    this.dryRun = dryRun;
    this.quiet = quiet;
    this.bar = new ProgressBar(terminal, System::nanoTime);
  }

  @Override
  public void batchDone(BatchProgress progress) {
    if (quiet) {
      return;
    }
    if (!terminal.redraws()) {
      terminal.line(batchLine(progress));
      return;
    }
    if (progress.failed() > 0) {
      terminal.line(
          String.format(
              Locale.ROOT,
              "Batch %d/%d - %s %s",
              progress.number(),
              progress.total(),
              progress.group(),
              failed(progress)));
    }
    bar.show(
        progress.done(),
        progress.records(),
        progress.expected(),
        Selection.typeOf(progress.group()));
  }

  @Override
  public void retrying(RetryEvent event) {
    terminal.warning(RetryLine.of(event, diagnostics));
  }

  @Override
  public void written(WriteEvent event) {
    if (event.records() > 0) {
      written = true;
    }
  }

  @Override
  public void flushing() {
    persisting = !dryRun && written;
    if (terminal.redraws() && !quiet) {
      bar.end();
    }
    if (persisting && !quiet) {
      terminal.line("");
      terminal.line("Persisting data to disk...");
    }
  }

  @Override
  public void flushed() {
    if (persisting && !quiet) {
      terminal.line("✓ Data persisted successfully");
    }
    persisting = false;
  }

  private String batchLine(BatchProgress progress) {
    int filled = (int) (BAR * progress.done() / Math.max(1, progress.expected()));
    String start =
        String.format(
            Locale.ROOT,
            "Batch %d/%d: %s%s %s/%s (%s%%) - %s ",
            progress.number(),
            progress.total(),
            "█".repeat(filled),
            "░".repeat(BAR - filled),
            Text.number(progress.done()),
            Text.number(progress.expected()),
            Text.percent(progress.done(), progress.expected(), 1),
            progress.group());
    return start + (progress.failed() == 0 ? "✓" : failed(progress));
  }

  private String failed(BatchProgress progress) {
    return "✗ "
        + Text.number(progress.failed())
        + " of "
        + Text.number(progress.records())
        + (progress.failed() == 1 ? " failed: " : " failed, the first: ")
        + progress.reason().map(this::clean).orElse("no reason given");
  }

  private String clean(String reason) {
    return Text.oneLine(diagnostics.masked(reason));
  }
}
