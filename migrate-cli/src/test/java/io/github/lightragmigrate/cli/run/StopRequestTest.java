package io.github.lightragmigrate.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.run.StopRequest.Effect;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StopRequestTest {

  @Test
  void stopsWhatRunsOnceAndThenEndsAtOnce() {
    AtomicInteger stops = new AtomicInteger();
    StopRequest request = new StopRequest();
    assertThat(request.request()).isEqualTo(Effect.EXIT);

    request.running(stops::incrementAndGet);

    assertThat(request.request()).isEqualTo(Effect.STOPPING);
    assertThat(request.request()).isEqualTo(Effect.HALT);
    assertThat(stops).hasValue(1);
  }
}
