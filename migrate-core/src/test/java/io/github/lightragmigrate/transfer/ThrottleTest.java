package io.github.lightragmigrate.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThrottleTest {

  @Test
  void recordsAreDueAtTheirRate() {
    assertThat(Throttle.due(0, 10)).isZero();
    assertThat(Throttle.due(10, 10)).isEqualTo(1_000_000_000L);
    assertThat(Throttle.due(25, 10)).isEqualTo(2_500_000_000L);
    assertThat(Throttle.due(1, 3)).isEqualTo(333_333_333L);
    assertThat(Throttle.due(5_000_000_000L, 1_000_000)).isEqualTo(5_000_000_000_000L);
    assertThat(Throttle.due(1_000_000, 0)).as("no limit").isZero();
  }

  @Test
  void noMoreGoTogetherThanASecondsWorth() {
    assertThat(new Throttle(10).atOnce(1000)).isEqualTo(10);
    assertThat(new Throttle(2000).atOnce(1000)).isEqualTo(1000);
    assertThat(new Throttle(0).atOnce(1000)).isEqualTo(1000);
  }

  @Test
  void whoWaitsIsReleased() throws InterruptedException {
    Throttle throttle = new Throttle(1);
    throttle.admit(1_000_000);
    Thread waiting =
        new Thread(
            () -> {
              try {
                throttle.admit(1);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    waiting.start();
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    throttle.release();
    waiting.join();
    assertThat(waiting.isInterrupted()).isFalse();
  }
}
