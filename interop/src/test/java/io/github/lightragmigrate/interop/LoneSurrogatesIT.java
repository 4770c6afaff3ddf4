package io.github.lightragmigrate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Surrogates without a partner, which LightRAG itself lets into one store alone: Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoneSurrogatesIT {

  private static final CacheRecord SOUND = SampleRecords.usual("extract", "sound");
  private static final CacheRecord BROKEN =
      SampleRecords.with(
          SampleRecords.usual("extract", "broken"), "return", JsonValue.of("a\ud800b\ufffec"));
  private static final List<String> KEYS = List.of(BROKEN.key(), SOUND.key());

  private Places places;
  private Jar jar;
  private Judge judge;

  @BeforeAll
  void startLightRag(@TempDir Path directory) throws Exception {
    Optional<String> python = Judge.python(LoneSurrogatesIT.class);
    assumeThat(python).isPresent();
    judge = Judge.start(python.orElseThrow(), directory);
    places = new Places(directory);
    jar = new Jar(directory, places);
  }

  @AfterAll
  void stopLightRag() {
    if (judge != null) {
      judge.close();
    }
  }

  /** The whole batch fails with the record at fault. */
  @ParameterizedTest
  @ValueSource(strings = {"postgres", "mongo", "opensearch"})
  void lightRagCannotWriteThem(String store) {
    Optional<String> refused = Judge.refused(store);
    refused.ifPresent(why -> System.out.println("LoneSurrogatesIT skips " + store + ": " + why));
    assumeThat(refused).isEmpty();
    Map<String, String> settings = new HashMap<>(places.settings(store, "broken"));
    settings.put("OPENSEARCH_MAX_RETRIES", "0");
    assertThatThrownBy(() -> judge.write(store, settings, List.of(BROKEN, SOUND)))
        .hasMessageContaining("surrogates not allowed");
    assertThat(judge.read(store, settings, KEYS)).isEmpty();
  }

  /** With them U+FFFE and U+FFFF, which stay in a file without surrogates. */
  @Test
  void lightRagTakesThemOutOfTheJsonFile() {
    assertThat(writtenByLightRag("json")).isEqualTo("abc");
  }

  @Test
  void lightRagKeepsThemInRedisAndWeRefuseOrCleanThem() throws Exception {
    assertThat(writtenByLightRag("redis")).isEqualTo("a\ud800b\ufffec");

    Jar.Result refused = migrateToJson("broken_refused");
    assertThat(refused.exit()).as(refused.output()).isEqualTo(3);
    assertThat(judge.read("json", places.settings("json", "broken_refused"), KEYS))
        .containsOnlyKeys(SOUND.key());

    Jar.Result cleaned = migrateToJson("broken_cleaned", "--sanitize");
    assertThat(cleaned.exit()).as(cleaned.output()).isZero();
    Map<String, CacheRecord> read =
        judge.read("json", places.settings("json", "broken_cleaned"), KEYS);
    assertThat(read.get(BROKEN.key()).field("return")).contains(JsonValue.of("ab\ufffec"));
  }

  private String writtenByLightRag(String store) {
    Map<String, String> settings = places.settings(store, "broken");
    judge.write(store, settings, List.of(BROKEN, SOUND));
    return judge
        .read(store, settings, KEYS)
        .get(BROKEN.key())
        .field("return")
        .orElseThrow()
        .string();
  }

  private Jar.Result migrateToJson(String workspace, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--from", "redis", "--to", "json", "--yes"));
    arguments.addAll(List.of(more));
    return jar.run(jar.workspaces("redis", "broken", "json", workspace), arguments);
  }
}
