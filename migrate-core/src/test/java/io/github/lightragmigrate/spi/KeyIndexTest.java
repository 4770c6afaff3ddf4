package io.github.lightragmigrate.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyIndexTest {

  @Test
  void isAMap() {
    Random random = new Random(7);
    Map<String, Long> expected = new HashMap<>();
    KeyIndex index = new KeyIndex();
    for (int i = 0; i < 60_000; i++) {
      String key = randomKey(random);
      long value = random.nextInt(Integer.MAX_VALUE);
      assertThat(index.put(key, value)).isEqualTo(expected.put(key, value) == null);
    }
    assertThat(index.size()).isEqualTo(expected.size());
    expected.forEach((key, value) -> assertThat(index.get(key)).isEqualTo(value));
    assertThat(index.get("default:extract:" + "f".repeat(32))).isEqualTo(-1);
    assertThat(index.get("nothing")).isEqualTo(-1);
  }

  /** Few hashes, many prefixes (more than get an id), and keys that only look canonical. */
  private static String randomKey(Random random) {
    String hash = String.format("%032x", random.nextInt(300));
    return switch (random.nextInt(5)) {
      case 0 -> "default:extract:" + String.format("%016x%016x", random.nextLong(), 5L);
      case 1 -> "p" + random.nextInt(200) + ":" + hash;
      case 2 -> "default:extract:" + hash.toUpperCase(Locale.ROOT);
      case 3 -> ":" + hash;
      default -> "any " + random.nextInt(1000);
    };
  }

  @Test
  void countsByPrefix() {
    Random random = new Random(11);
    KeyIndex index = new KeyIndex();
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      String key = randomKey(random);
      keys.add(key);
      index.put(key, i);
    }
    for (List<String> prefixes :
        List.of(
            List.of("default:extract:"),
            List.of("default:", "p", ":0"),
            List.of("default:extract:a", "default:extract:00", "any 1", "nothing"),
            List.of(""))) {
      Selection selection = Selection.ofPrefixes(prefixes);
      Map<String, Long> expected = new LinkedHashMap<>();
      selection.prefixes().forEach(prefix -> expected.put(prefix, 0L));
      keys.forEach(
          key ->
              selection.prefixOf(key).ifPresent(prefix -> expected.merge(prefix, 1L, Long::sum)));
      assertThat(index.count(selection)).isEqualTo(expected);
    }
  }

  @Test
  void tellsKeysApartThatDifferOnlyInPrefixOrCase() {
    KeyIndex index = new KeyIndex();
    String hash = "abcdef0123456789abcdef0123456789";
    index.put("default:extract:" + hash, 1);
    index.put("default:summary:" + hash, 2);
    index.put("default:extract:" + hash.toUpperCase(Locale.ROOT), 3);
    index.put(hash, 4);
    index.put("default:extract:0" + hash, 5);
    assertThat(index.size()).isEqualTo(5);
    assertThat(index.get("default:extract:" + hash)).isEqualTo(1);
    assertThat(index.contains("default:analysis:" + hash)).isFalse();
  }

  @Test
  void keepsLargeNumbersBesideSmallOnes() {
    KeyIndex index = new KeyIndex();
    for (int i = 0; i < 5000; i++) {
      index.put(String.format("default:extract:%032x", i), i % 2 == 0 ? 0 : (1L << 40) - 1 - i);
    }
    for (int i = 0; i < 5000; i++) {
      assertThat(index.get(String.format("default:extract:%032x", i)))
          .isEqualTo(i % 2 == 0 ? 0 : (1L << 40) - 1 - i);
    }
    assertThatThrownBy(() -> index.put("default:extract:" + "0".repeat(32), 1L << 40))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesNegativeNumbers() {
    assertThatThrownBy(() -> new KeyIndex().put("k", -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
