package io.github.lightragmigrate.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Keys and their prefixes, against the plain way to do it. */
class KeyPropertiesTest {

  @Property(tries = 200)
  void aKeyIndexIsAMap(@ForAll Random random) {
    KeyIndex index = new KeyIndex();
    Map<String, Long> map = new HashMap<>();
    int prefixes = 1 + random.nextInt(300);
    for (int i = random.nextInt(3000); i > 0; i--) {
      String key = key(random, prefixes);
      long value = random.nextLong() & KeyIndex.MOST;
      boolean isNew = map.put(key, value) == null;
      assertThat(index.put(key, value)).as("%s is new", key).isEqualTo(isNew);
    }
    assertThat(index.size()).isEqualTo(map.size());
    map.forEach((key, value) -> assertThat(index.get(key)).as(key).isEqualTo(value));
    for (int i = 0; i < 200; i++) {
      String key = key(random, prefixes);
      assertThat(index.get(key)).as(key).isEqualTo(map.getOrDefault(key, -1L));
      assertThat(index.contains(key)).as(key).isEqualTo(map.containsKey(key));
    }
  }

  @Property(tries = 2000)
  void aSelectionIsItsPrefixes(
      @ForAll("prefixes") List<String> prefixes, @ForAll("keys") String key) {
    Selection selection = Selection.ofPrefixes(prefixes);
    assertThat(selection.matches(key)).isEqualTo(prefixes.stream().anyMatch(key::startsWith));
    List<String> selecting = selection.prefixes().stream().filter(key::startsWith).toList();
    assertThat(selecting).as("prefixes do not overlap").hasSizeLessThan(2);
    assertThat(selection.prefixOf(key)).isEqualTo(selecting.stream().findFirst());
    assertThat(prefixes).containsAll(selection.prefixes());
    assertThat(selection.commonPrefix()).isEqualTo(longestCommon(prefixes));
  }

  @Provide
  Arbitrary<List<String>> prefixes() {
    return keys().list().ofMinSize(1).ofMaxSize(5);
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.strings().withChars("ab:").ofMaxLength(6);
  }

  /** Of one: 32 digits as LightRAG has them, or nearly, or something else; some twice. */
  private static String key(Random random, int prefixes) {
    String prefix = "default:type " + random.nextInt(prefixes) + ":";
    String hash =
        "%016x%016x".formatted(random.nextInt(40) * 0x9e3779b97f4a7c15L, random.nextInt(3));
    return switch (random.nextInt(9)) {
      case 0 -> prefix + hash.toUpperCase(Locale.ROOT);
      case 1 -> prefix + hash.substring(1);
      case 2 -> hash;
      case 3 -> ":" + hash;
      case 4 -> prefix + "0".repeat(29) + "%03x".formatted(random.nextInt(40));
      case 5 -> prefix + random.nextInt(20);
      case 6 -> RandomJson.anyString(random);
      default -> prefix + hash;
    };
  }

  private static String longestCommon(List<String> texts) {
    String first = texts.get(0);
    int length = first.length();
    while (!startAll(texts, first.substring(0, length))) {
      length--;
    }
    return first.substring(0, length);
  }

  private static boolean startAll(List<String> texts, String start) {
    return texts.stream().allMatch(text -> text.startsWith(start));
  }
}
