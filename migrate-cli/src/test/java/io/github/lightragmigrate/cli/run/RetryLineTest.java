package io.github.lightragmigrate.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.terminal.Style;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.progress.RetryEvent;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryLineTest {

  private static String line(Duration left) {
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
    Terminal terminal =
        new Terminal(
            new BufferedReader(new StringReader("")),
            nowhere,
            nowhere,
            false,
            Style.PLAIN,
            () -> 80);
    RetryEvent event =
        new RetryEvent("writing", 2, Duration.ofMillis(1500), left, "connection\nreset");
    return RetryLine.of(event, new Diagnostics(terminal, false));
  }

  @Test
  void tellsWhenItIsGivenUp() {
    assertThat(line(Duration.ofSeconds(58)))
        .isEqualTo(
            "writing failed (attempt 2), again in 1.5s, given up in 58.0s: connection reset");
  }

  @Test
  void aBudgetOfAYearIsNoNews() {
    assertThat(line(Duration.ofDays(365)))
        .isEqualTo("writing failed (attempt 2), again in 1.5s: connection reset");
  }
}
