package io.github.lightragmigrate.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Selection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedisKeysTest {

  private static final Selection ALL = Selection.ofTypes(Selection.DEFAULT_TYPES);

  @Test
  void keysHaveLightRagsPrefix() {
    assertThat(new RedisKeys("").of("default:extract:1").bytes())
        .isEqualTo(utf8("llm_response_cache:default:extract:1"));
    assertThat(new RedisKeys("space1").of("default:extract:1").bytes())
        .isEqualTo(utf8("space1_llm_response_cache:default:extract:1"));
  }

  @Test
  void globCharactersOfTheWorkspaceAndThePrefixAreEscaped() {
    assertThat(new RedisKeys("a*b?[c]").pattern(ALL))
        .isEqualTo(utf8("a\\*b\\?\\[c\\]_llm_response_cache:default:*"));
    assertThat(new RedisKeys("").pattern(Selection.ofPrefixes(List.of("default:\\*:"))))
        .isEqualTo(utf8("llm_response_cache:default:\\\\\\*:*"));
  }

  @Test
  void onlySelectedKeysOfThisWorkspaceAreTaken() {
    RedisKeys keys = new RedisKeys("w");
    assertThat(taken(keys, "w_llm_response_cache:default:extract:1"))
        .isEqualTo("default:extract:1");
    assertThat(taken(keys, "w_llm_response_cache:default:extractor:1")).isEmpty();
    assertThat(taken(keys, "w_llm_response_cache:default")).isEmpty();
    assertThat(taken(keys, "x_w_llm_response_cache:default:extract:1")).isEmpty();
    assertThat(taken(keys, "w_llm")).isEmpty();
  }

  @Test
  void aKeyThatIsNoUtf8IsMarked() {
    byte[] key = utf8("llm_response_cache:default:extract:_");
    key[key.length - 1] = (byte) 0xFF;
    Optional<RedisKey> selected = new RedisKeys("").selected(key, ALL);
    assertThat(selected).isPresent();
    assertThat(selected.orElseThrow().text()).isFalse();
    assertThat(selected.orElseThrow().bytes()).isEqualTo(key);
  }

  @Test
  void modesAreNamedByThePrefixes() {
    assertThat(RedisKeys.nestedModes(ALL)).containsExactly("default");
    assertThat(RedisKeys.nestedModes(Selection.ofPrefixes(List.of("mix:query:", "m"))))
        .containsExactly("mix");
    assertThat(RedisKeys.nestedModes(Selection.ofPrefixes(List.of("")))).hasSize(6);
  }

  private static String taken(RedisKeys keys, String redisKey) {
    return keys.selected(utf8(redisKey), ALL).map(RedisKey::cacheKey).orElse("");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void keysThatAreNoTextStayDifferent() {
    RedisKeys keys = new RedisKeys("");
    Selection all = Selection.ofTypes(Selection.DEFAULT_TYPES);
    Set<String> names = new HashSet<>();
    for (byte[] end :
        List.of(
            new byte[] {(byte) 0xFF},
            new byte[] {(byte) 0xFE},
            new byte[] {(byte) 0xE2, (byte) 0x82},
            "\ufffd".getBytes(StandardCharsets.UTF_8),
            "ä".getBytes(StandardCharsets.UTF_8))) {
      byte[] prefix = "llm_response_cache:default:extract:".getBytes(StandardCharsets.UTF_8);
      byte[] key = Arrays.copyOf(prefix, prefix.length + end.length);
      System.arraycopy(end, 0, key, prefix.length, end.length);
      names.add(keys.selected(key, all).orElseThrow().cacheKey());
    }
    assertThat(names)
        .hasSize(5)
        .contains("default:extract:\udcff", "default:extract:\ufffd", "default:extract:ä");
  }
}
