package io.github.lightragmigrate.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private final RetryPolicy policy =
      new RetryPolicy(5, Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofSeconds(9));

  @Test
  void doublesUpToTheMaximum() {
    assertThat(policy.delay(1, 0.999999)).isEqualTo(Duration.ofMillis(100));
    assertThat(policy.delay(2, 0.999999)).isEqualTo(Duration.ofMillis(200));
    assertThat(policy.delay(3, 0.999999)).isEqualTo(Duration.ofMillis(300));
    assertThat(policy.delay(2000, 0.999999)).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void jitterTakesHalfAtTheMost() {
    assertThat(policy.delay(1, 0)).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void needsAnAttempt() {
    assertThatThrownBy(() -> new RetryPolicy(0, Duration.ZERO, Duration.ZERO, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
