package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.terminal.ProgressBar;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.progress.RetryEvent;
import java.util.Locale;

/** A bar on a terminal; elsewhere, where every line stays, a line for each tenth. */
final class VerificationProgress implements MigrationListener {

  private static final int TENTHS = 10;

  private final Terminal terminal;
  private final Diagnostics diagnostics;
  private final boolean quiet;
  private final ProgressBar bar;
  private long doneBefore;
  private long tenthsShown;

  VerificationProgress(Terminal terminal, Diagnostics diagnostics, boolean quiet) {
    this.terminal = terminal;
    this.diagnostics = diagnostics;
    this.quiet = quiet;
    this.bar = new ProgressBar(terminal, System::nanoTime);
  }

  @Override
  public void verified(long done, long expected) {
    if (quiet) {
      return;
    }
    if (terminal.redraws()) {
      bar.show(done, done - doneBefore, expected, "comparing");
      doneBefore = done;
      return;
    }
    long tenths = TENTHS * done / Math.max(1, expected);
    if (tenths > tenthsShown) {
      tenthsShown = tenths;
      terminal.line(
          String.format(
              Locale.ROOT,
              "Comparing... %s/%s (%s%%)",
              Text.number(done),
              Text.number(expected),
              Text.percent(done, expected, 1)));
    }
  }

  @Override
  public void retrying(RetryEvent event) {
    terminal.warning(RetryLine.of(event, diagnostics));
  }

  /** Takes the bar away, or leaves it where all was compared. */
  void end() {
    if (terminal.redraws() && !quiet) {
      bar.end();
    }
  }
}
