package io.github.lightragmigrate.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {

  private final Selection all = Selection.ofTypes(Selection.DEFAULT_TYPES);

  @Test
  void selectsByPrefix() {
    assertThat(all.matches("default:extract:abc")).isTrue();
    assertThat(all.prefixOf("default:smartheading:abc")).contains("default:smartheading:");
    assertThat(all.matches("default:extractor:abc")).isFalse();
    assertThat(all.matches("mix:extract:abc")).isFalse();
    assertThat(all.matches("default:extract")).isFalse();
  }

  @Test
  void knowsWhatAllKeysStartWith() {
    assertThat(all.commonPrefix()).isEqualTo("default:");
    assertThat(Selection.ofTypes(List.of("summary", "smartheading")).commonPrefix())
        .isEqualTo("default:s");
    assertThat(Selection.ofTypes(List.of("summary")).commonPrefix()).isEqualTo("default:summary:");
  }

  @Test
  void prefixesNeverOverlap() {
    assertThat(Selection.ofPrefixes(List.of("a:b:", "a:", "c:", "a:")).prefixes())
        .containsExactly("a:", "c:");
  }

  @Test
  void isNotEmpty() {
    assertThatThrownBy(() -> Selection.ofPrefixes(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Selection.ofTypes(List.of("extract", " ")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
