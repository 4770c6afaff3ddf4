package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.progress.RetryEvent;
import java.time.Duration;

/** A call that is made again, as a person reads it. */
final class RetryLine {

  /** LightRAG's settings count attempts: their budget is none that a person waits for. */
  private static final Duration WORTH_A_WORD = Duration.ofDays(1);

  private RetryLine() {}

  static String of(RetryEvent event, Diagnostics diagnostics) {
    return String.format(
        "%s failed (attempt %d), again in %s%s: %s",
        event.what(),
        event.failedAttempts(),
        Text.seconds(event.delay()),
        event.left().compareTo(WORTH_A_WORD) < 0
            ? ", given up in " + Text.seconds(event.left())
            : "",
        Text.oneLine(diagnostics.masked(event.reason())));
  }
}
