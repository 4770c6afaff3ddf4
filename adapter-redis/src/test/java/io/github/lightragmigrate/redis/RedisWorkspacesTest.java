package io.github.lightragmigrate.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisWorkspacesTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "llm_response_cache:default:extract:0a, \"\"",
        "llm_response_cache:default, \"\"",
        "llm_response_cache:mix:query:0a:0b, \"\"",
        "a_llm_response_cache:naive:query:0a, a",
        "a_llm_response_cache:hybrid, a",
        "a__llm_response_cache:default:extract:0a, a_",
        "__llm_response_cache:default:extract:0a, _",
        "\" a _llm_response_cache:default:extract:0a\", \" a \"",
        "ä😀*[?]_llm_response_cache:default, ä😀*[?]",
        "llm_response_cache_llm_response_cache:default, llm_response_cache",
        "a_llm_response_cache:b_llm_response_cache:default:extract:0a, a_llm_response_cache:b",
        "a_llm_response_cache:b_llm_response_cache:default, a_llm_response_cache:b",
        "llm_response_cache:b_llm_response_cache:default, llm_response_cache:b",
        "_llm_response_cache:_llm_response_cache:default, _llm_response_cache:",
        "a_llm_response_cache:default:extract:0a_llm_response_cache:0b, a",
        "llm_response_cache:default:extract:0a_llm_response_cache:0b, \"\"",
      })
  void isWhatStandsBeforeTheNamespaceOfACacheKey(String key, String workspace) {
    assertThat(RedisWorkspaces.of(bytes(key))).contains(workspace);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xllm_response_cache:default:extract:0a",
        "a-llm_response_cache:default:extract:0a",
        "_llm_response_cache:default:extract:0a",
        "a_llm_response_cache:",
        "a_llm_response_cache:default:",
        "a_llm_response_cache:default:extract",
        "a_llm_response_cache:default::0a",
        "a_llm_response_cache:lock:default:0a",
        "a_llm_response_cache:defaults",
        "a_llm_response_cache_2:default:extract:0a",
        "a_llm_response_cache_lock",
        "a\\b_llm_response_cache:default:extract:0a",
        "a/b_llm_response_cache:default:extract:0a",
        ".._llm_response_cache:default:extract:0a",
        "._llm_response_cache:default",
        "",
      })
  void aStrangersKeyHasNone(String key) {
    assertThat(RedisWorkspaces.of(bytes(key))).isEmpty();
  }

  @Test
  void onlyTheWorkspaceMustBeUtf8() {
    byte[] broken = bytes("?_llm_response_cache:default:extract:0a");
    broken[0] = (byte) 0xE4;
    assertThat(RedisWorkspaces.of(broken)).isEmpty();
    byte[] brokenHash = bytes("a_llm_response_cache:default:extract:?");
    brokenHash[brokenHash.length - 1] = (byte) 0xE4;
    assertThat(RedisWorkspaces.of(brokenHash)).contains("a");
    assertThat(RedisWorkspaces.of(bytes("a_llm_response_cache:default:extract:\n"))).contains("a");
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
