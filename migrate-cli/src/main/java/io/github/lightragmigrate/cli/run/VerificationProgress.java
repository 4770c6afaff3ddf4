package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.progress.RetryEvent;

/** One line that counts on a terminal; elsewhere, where every line stays, one for each tenth. */
final class VerificationProgress implements MigrationListener {

  private static final int TENTHS = 10;

  private final Terminal terminal;
  private final Diagnostics diagnostics;
  private final boolean quiet;
  private long tenthsShown;
  private boolean lineOpen;

  VerificationProgress(Terminal terminal, Diagnostics diagnostics, boolean quiet) {
    this.terminal = terminal;
    this.diagnostics = diagnostics;
    this.quiet = quiet;
  }

  @Override
  public void verified(long done, long expected) {
    if (quiet) {
      return;
    }
    String text =
        String.format(
            "Comparing... %s/%s (%s%%)",
            Text.number(done), Text.number(expected), Text.percent(done, expected, 1));
    if (terminal.interactive()) {
      lineOpen = true;
      terminal.part("\r" + text);
      return;
    }
    long tenths = TENTHS * done / Math.max(1, expected);
    if (tenths > tenthsShown) {
      tenthsShown = tenths;
      terminal.line(text);
    }
  }

  @Override
  public void retrying(RetryEvent event) {
    end();
    terminal.warning(RetryLine.of(event, diagnostics));
  }

  /** Ends the line that counts. */
  void end() {
    if (lineOpen) {
      lineOpen = false;
      terminal.line("");
    }
  }
}
