package io.github.lightragmigrate.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Selection;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRangeTest {

  @Test
  void endsBelowTheNextPrefix() {
    assertThat(KeyRange.of("default:extract:").upper()).contains("default:extract;");
    assertThat(KeyRange.of("a\ud7ff").upper()).contains("a\ue000");
    assertThat(KeyRange.of("a\uffff").upper()).contains("a\ud800\udc00");
    assertThat(KeyRange.of("a\udbff\udfff").upper()).contains("b");
    assertThat(KeyRange.of("").upper()).isEmpty();
  }

  @Test
  void standInTheOrderOfTheIndexWhichIsByCodePoint() {
    Selection selection = Selection.ofPrefixes(List.of("\ud83d\ude00", "\uff00", "b", "a"));
    assertThat(KeyRange.of(selection))
        .containsExactly(
            KeyRange.of("a"), KeyRange.of("b"), KeyRange.of("\uff00"), KeyRange.of("\ud83d\ude00"));
  }
}
