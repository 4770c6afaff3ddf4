package io.github.lightragmigrate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * LightRAG rebuilds its graph from the cache in the order of {@code create_time}: after our
 * migration as before it. What its own tool does to that order is in {@link LightRagToolIT}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RebuildIT {

  private static final List<String> STORES = Places.STORES;

  private Places places;
  private Jar jar;
  private Judge judge;

  @BeforeAll
  void startLightRag(@TempDir Path directory) throws Exception {
    Optional<String> python = Judge.python(RebuildIT.class);
    assumeThat(python).isPresent();
    judge = Judge.start(python.orElseThrow(), directory);
    places = new Places(directory);
    jar = new Jar(directory, places);
    for (String store : List.of("json", "redis")) {
      Map<String, String> settings = places.settings(store, "rebuild");
      judge.write(store, settings, "text_chunks", Extractions.chunks());
      try (Endpoint source = Stores.open(store, settings, Access.TARGET)) {
        source.store().upsert(Extractions.records());
        source.store().flush();
      }
      assertThat(judge.rebuild(store, settings, Extractions.CHUNKS))
          .as("the order on the source")
          .isEqualTo(Extractions.inOrder());
    }
  }

  @AfterAll
  void stopLightRag() {
    if (judge != null) {
      judge.close();
    }
  }

  @ParameterizedTest
  @FieldSource("STORES")
  void comesInTheSameOrder(String store) throws Exception {
    Optional<String> refused = Judge.refused(store);
    refused.ifPresent(why -> System.out.println("RebuildIT skips " + store + ": " + why));
    assumeThat(refused).isEmpty();
    Map<String, String> settings = places.settings(store, "rebuilt");
    judge.write(store, settings, "text_chunks", Extractions.chunks());

    jar.migrate(store.equals("json") ? "redis" : "json", "rebuild", store, "rebuilt");

    assertThat(judge.rebuild(store, settings, Extractions.CHUNKS)).isEqualTo(Extractions.inOrder());
  }
}
