package io.github.lightragmigrate.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Selection;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRangeTest {

  @Test
  void endsBelowTheNextPrefix() {
    assertThat(new KeyRange("default:extract:").upper()).contains("default:extract;");
    assertThat(new KeyRange("a\ud7ff").upper()).contains("a\ue000");
    assertThat(new KeyRange("a\uffff").upper()).contains("a\ud800\udc00");
    assertThat(new KeyRange("a\udbff\udfff").upper()).contains("b");
    assertThat(new KeyRange("").upper()).isEmpty();
  }

  @Test
  void standInTheOrderOfTheIndexWhichIsByCodePoint() {
    Selection selection = Selection.ofPrefixes(List.of("\ud83d\ude00", "\uff00", "b", "a"));
    assertThat(KeyRange.of(selection))
        .containsExactly(
            new KeyRange("a"),
            new KeyRange("b"),
            new KeyRange("\uff00"),
            new KeyRange("\ud83d\ude00"));
  }
}
