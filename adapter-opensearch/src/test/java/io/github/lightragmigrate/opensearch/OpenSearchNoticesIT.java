package io.github.lightragmigrate.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person is told of an index before the first request to it fails. */
class OpenSearchNoticesIT {

  private static final String INDEX = "noted_llm_response_cache";

  private final List<Runnable> cleanings = new ArrayList<>();

  @AfterEach
  void clean() {
    cleanings.forEach(Runnable::run);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void nothingIsToldOfAnIndexThatIsWellOrAbsent(int version) {
    Server server = server(version);
    assertThat(notices(server, "noted", Access.SOURCE)).isEmpty();
    assertThat(server.status("HEAD", "/" + INDEX)).isEqualTo(404);
    assertThat(notices(server, "noted", Access.TARGET)).isEmpty();
    assertThat(notices(server, "noted", Access.SOURCE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void blocksAreTold(int version) {
    Server server = server(version);
    notices(server, "noted", Access.TARGET);
    block(server, "read_only_allow_delete", true);
    assertThat(notices(server, "noted", Access.TARGET))
        .singleElement()
        .asString()
        .contains(INDEX, "index.blocks.read_only_allow_delete", "free disk space");
    assertThat(notices(server, "noted", Access.SOURCE)).isEmpty();
    block(server, "read_only_allow_delete", false);
    block(server, "write", true);
    assertThat(notices(server, "noted", Access.TARGET))
        .singleElement()
        .asString()
        .contains("index.blocks.write: remove it");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void anIndexWithoutItsShardsIsTold(int version) {
    Server server = server(version);
    server.put(
        "/" + INDEX + "?wait_for_active_shards=0",
        "{\"mappings\": {\"properties\": {\"__mirrored_id\": {\"type\": \"keyword\"}}},"
            + " \"settings\": {\"index.routing.allocation.require._name\": \"nobody\"}}");
    for (Access access : Access.values()) {
      assertThat(notices(server, "noted", access))
          .singleElement()
          .asString()
          .contains(INDEX, "is red", "/_cluster/allocation/explain");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void thatAnIndexMayBeSharedIsTold(int version) {
    Server server = server(version);
    assertThat(notices(server, "Noted", Access.TARGET))
        .singleElement()
        .asString()
        .contains("'Noted'", INDEX, "other workspaces");
    assertThat(notices(server, "Noted", Access.SOURCE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void whoseAnIndexIsAndWhatToDoIsTold(int version) {
    Server server = server(version);
    server.put(
        "/" + INDEX,
        "{\"mappings\": {\"_meta\": {\"lightrag_workspace\": \"Noted\","
            + " \"lightrag_final_namespace\": \"Noted_llm_response_cache\"},"
            + " \"properties\": {\"__mirrored_id\": {\"type\": \"keyword\"}}}}");
    for (Access access : Access.values()) {
      assertThatThrownBy(() -> open(server, "noted", access))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
          .hasMessageContaining(INDEX)
          .hasMessageContaining("not of workspace 'noted'")
          .hasMessageContaining("lightrag_workspace 'Noted'")
          .hasMessageContaining("set its name as OPENSEARCH_WORKSPACE");
    }
    try (CacheStore store = open(server, "Noted", Access.TARGET)) {
      assertThat(store.upsert(SampleRecords.usual(2)).written()).isEqualTo(2);
      assertThat(store.workspaces()).contains("Noted").doesNotContain("noted");
    }
  }

  private static void block(Server server, String block, boolean on) {
    server.put("/" + INDEX + "/_settings", "{\"index.blocks." + block + "\": " + on + "}");
  }

  private static List<String> notices(Server server, String workspace, Access access) {
    try (CacheStore store = open(server, workspace, access)) {
      return store.notices();
    }
  }

  private static CacheStore open(Server server, String workspace, Access access) {
    return new OpenSearchAdapter().open(server.settings(workspace), access);
  }

  private Server server(int version) {
    Server server = version == 2 ? Server.v2() : Server.v3();
    cleanings.add(() -> server.deleteIndex(INDEX));
    server.deleteIndex(INDEX);
    return server;
  }
}
