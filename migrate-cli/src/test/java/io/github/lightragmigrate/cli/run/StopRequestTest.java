package io.github.lightragmigrate.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.Screen;
import io.github.lightragmigrate.cli.run.StopRequest.Effect;
import io.github.lightragmigrate.cli.terminal.Style;
import io.github.lightragmigrate.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StopRequestTest {

  @Test
  void stopsWhatRunsOnceAndThenEndsAtOnce() {
    AtomicInteger stops = new AtomicInteger();
    StopRequest request = new StopRequest();
    assertThat(request.request()).isEqualTo(Effect.EXIT);

    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(
            new BufferedReader(new StringReader("")), stream, stream, false, Style.PLAIN, () -> 80);
    request.running(stops::incrementAndGet, terminal);

    assertThat(request.request()).isEqualTo(Effect.STOPPING);
    assertThat(request.request()).isEqualTo(Effect.HALT);
    assertThat(stops).hasValue(1);
    terminal.live("half of it");
    request.tell("stopping");
    assertThat(Screen.of(err.toString(StandardCharsets.UTF_8))).isEqualTo("stopping\n");
  }
}
