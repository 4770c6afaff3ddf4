package io.github.lightragmigrate.cli.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lightragmigrate.cli.html.Timeline.Interval;
import io.github.lightragmigrate.progress.BatchProgress;
import io.github.lightragmigrate.progress.WriteEvent;
import io.github.lightragmigrate.report.Accounts;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimelineTest {

  private final AtomicLong now = new AtomicLong(7);
  private final Timeline timeline = new Timeline(now::get);

  private void at(Duration time, int records) {
    now.set(7 + time.toNanos());
    timeline.batchDone(
        new BatchProgress(1, 1, 1, 1, "g", records, 0, Optional.empty(), Accounts.NONE));
  }

  @Test
  void aBatchCountsForTheTimeSinceTheOneBefore() {
    at(Duration.ofMillis(50), 100);
    at(Duration.ofMillis(350), 300);

    assertThat(timeline.length()).isEqualTo(Duration.ofMillis(100));
    assertThat(timeline.intervals())
        .extracting(Interval::records)
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-6 ? 0 : 1)
        .containsExactly(150.0, 100.0, 100.0, 50.0);
  }

  @Test
  void aLongRunTakesNoMoreRoomAndLosesNothing() {
    for (int minute = 1; minute <= 600; minute++) {
      at(Duration.ofMinutes(minute), 1000);
      timeline.written(new WriteEvent(1000, 1, Duration.ofSeconds(minute)));
    }

    assertThat(timeline.intervals().size()).isBetween(48, 96);
    assertThat(timeline.length().multipliedBy(timeline.intervals().size()))
        .isGreaterThanOrEqualTo(Duration.ofMinutes(600));
    assertThat(timeline.intervals().stream().mapToDouble(Interval::records).sum())
        .isCloseTo(600_000, within(0.01));
    assertThat(timeline.intervals().stream().mapToLong(Interval::calls).sum()).isEqualTo(600);
    assertThat(timeline.intervals().get(timeline.intervals().size() - 1).longest())
        .isEqualTo(Duration.ofSeconds(600));
  }

  @Test
  void quantilesAreTrueToATenth() {
    Latencies latencies = new Latencies();
    for (int millis = 1; millis <= 1000; millis++) {
      latencies.add(Duration.ofMillis(millis));
    }
    latencies.add(Duration.ZERO);

    assertThat(latencies.quantile(0.5).toMillis()).isBetween(500L, 550L);
    assertThat(latencies.quantile(0.95).toMillis()).isBetween(950L, 1000L);
    assertThat(latencies.quantile(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(latencies.calls()).isEqualTo(1001);
    assertThat(new Latencies().quantile(0.5)).isZero();
  }
}
