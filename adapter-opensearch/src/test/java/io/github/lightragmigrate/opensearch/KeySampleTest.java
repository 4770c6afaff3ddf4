package io.github.lightragmigrate.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeySampleTest {

  @Test
  void aWindowHoldsMoreThanAPage() {
    List<String> keys = List.of("a", "b", "c", "d", "e", "f", "g");
    KeySample sample = new KeySample(keys, 700);
    assertThat(sample.end(Optional.empty(), 1)).contains("b");
    assertThat(sample.end(Optional.empty(), 200)).contains("d");
    assertThat(sample.end(Optional.of("a"), 200)).contains("e");
    assertThat(sample.end(Optional.of("aa"), 200)).contains("e");
    assertThat(sample.end(Optional.of("c"), 200)).contains("g");
    assertThat(sample.end(Optional.of("d"), 200)).isEmpty();
    assertThat(sample.end(Optional.of("z"), 1)).isEmpty();
    assertThat(KeySample.NONE.end(Optional.empty(), 1)).isEmpty();
  }

  @Test
  void equalKeysAreBehindOneAnother() {
    KeySample sample = new KeySample(List.of("a", "a", "a", "b", "c"), 5);
    assertThat(sample.end(Optional.of("a"), 1)).isEmpty();
    assertThat(sample.end(Optional.empty(), 1)).contains("a");
    assertThat(new KeySample(List.of("a", "a", "b", "c"), 4_000).end(Optional.of("a"), 1))
        .contains("c");
  }

  @Test
  void theOrderIsThatOfUtf8() {
    KeySample sample = new KeySample(List.of("\uff5e", "\ud83d\ude00", "\ud83d\ude01"), 3_000);
    assertThat(sample.end(Optional.of("\uff5e"), 1)).contains("\ud83d\ude01");
  }
}
