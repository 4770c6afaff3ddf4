package io.github.lightragmigrate.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

  private static final List<String> KNOWN = List.of("json", "redis", "postgres", "mongo", "man");

  @ParameterizedTest
  @CsvSource({
    "redsi,redis",
    "rdis,redis",
    "rediss,redis",
    "radis,redis",
    "REDSI,redis",
    "Redis,redis",
    "mna,man",
    "postgresql,postgres",
    "posgre,postgres",
    "mongod,mongo"
  })
  void oneOrTwoSlips(String word, String meant) {
    assertThat(Spelling.nearest(word, KNOWN)).containsExactly(meant);
  }

  @ParameterizedTest
  @CsvSource({"cassandra", "x", "rd", "jn", "sqlite", "postxxxx"})
  void anythingElseIsNoSlip(String word) {
    assertThat(Spelling.nearest(word, KNOWN)).isEmpty();
  }

  @Test
  void onlyTheNearest() {
    assertThat(Spelling.nearest("--from", List.of("--form", "--frame", "--to")))
        .containsExactly("--form");
    assertThat(Spelling.nearest("bat", List.of("cat", "hat", "cart")))
        .containsExactly("cat", "hat");
  }

  @Test
  void asAQuestion() {
    assertThat(Spelling.hint(List.of())).isEmpty();
    assertThat(Spelling.hint(List.of("a", "b"))).isEqualTo("; did you mean 'a' or 'b'?");
  }
}
