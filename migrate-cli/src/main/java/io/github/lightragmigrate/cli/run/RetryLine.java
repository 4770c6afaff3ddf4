package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.progress.RetryEvent;

/** A call that is made again, as a person reads it. */
final class RetryLine {

  private RetryLine() {}

  static String of(RetryEvent event, Diagnostics diagnostics) {
    return String.format(
        "%s failed (attempt %d), again in %s, given up in %s: %s",
        event.what(),
        event.failedAttempts(),
        Text.seconds(event.delay()),
        Text.seconds(event.left()),
        Text.oneLine(diagnostics.masked(event.reason())));
  }
}
