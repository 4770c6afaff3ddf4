package io.github.lightragmigrate.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheIndexTest {

  /** The expected names were computed by LightRAG 1.5.7's _sanitize_index_name. */
  @ParameterizedTest
  @CsvSource({
    "llm_response_cache, llm_response_cache",
    "TeamA_llm_response_cache, teama_llm_response_cache",
    "_x, x_x",
    "-x, x-x",
    "+x, x_x",
    "ü.b c, x__b_c",
    "😀a, x_a",
    "İ, i_",
    "ΑΣ, x__",
    "Kelvin\u212A, kelvink"
  })
  void namesAreThoseOfLightRag(String namespace, String index) {
    assertThat(CacheIndex.nameOf(namespace)).isEqualTo(index);
  }

  @Test
  void theLocaleOfTheMachineIsOfNoAccount() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertThat(CacheIndex.nameOf("WIKI")).isEqualTo("wiki");
    } finally {
      Locale.setDefault(before);
    }
  }
}
