package io.github.lightragmigrate.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenSearchWorkspacesIT {

  private static final Selection DEFAULT = Selection.ofTypes(Selection.DEFAULT_TYPES);

  private final List<Runnable> cleanings = new ArrayList<>();

  @AfterEach
  void clean() {
    cleanings.forEach(Runnable::run);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void eachIndexIsFoundUnderANameThatLeadsToIt(int version) {
    Server server = server(version);
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (String workspace :
        List.of(
            "ws", "WS-B", "ws_c", "-", "_", "x", "ünï\ud83d\ude00", "ws d_llm_response_cache")) {
      index(server, CacheIndex.nameOf(CacheIndex.namespace(workspace)));
      sizes.put(workspace, sizes.size() + 1);
      try (CacheStore store = open(server, workspace, Access.TARGET)) {
        store.upsert(SampleRecords.usual(sizes.get(workspace)));
        store.flush();
      }
    }
    for (String foreign :
        List.of("xllm_response_cache", "a.b_llm_response_cache", "ws_llm_response_cache2")) {
      index(server, foreign);
      server.put("/" + foreign, "{}");
    }
    List<String> found = workspaces(server);
    assertThat(found)
        .containsExactlyInAnyOrder(
            "ws", "ws-b", "ws_c", "x-", "x_", "x", "x_n__", "ws_d_llm_response_cache");
    List<Long> counts = new ArrayList<>();
    for (String workspace : found) {
      try (CacheStore store = open(server, workspace, Access.SOURCE)) {
        counts.add(store.count(DEFAULT, n -> {}).total());
      }
    }
    assertThat(counts).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    assertThat(server.status("HEAD", "/of-nobody_llm_response_cache")).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void theStoresOwnWorkspaceIsFoundUnderItsOwnName(int version) {
    Server server = server(version);
    index(server, "team__llm_response_cache");
    try (CacheStore store = open(server, "Teamé", Access.TARGET)) {
      assertThat(store.workspaces()).containsExactly("Teamé");
    }
    assertThat(workspaces(server)).containsExactly("team_");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void marksTellTheNameThatTheIndexCannotHold(int version) {
    Server server = server(version);
    marked(server, "mark_d_llm_response_cache", "\"lightrag_workspace\": \"Markéd\"");
    marked(
        server,
        "final_llm_response_cache",
        "\"lightrag_final_namespace\": \"FINAL_llm_response_cache\"");
    marked(server, "other_than_its_mark_llm_response_cache", "\"lightrag_workspace\": \"else\"");
    marked(
        server,
        "torn_llm_response_cache",
        "\"lightrag_workspace\": \"Torn\", \"lightrag_final_namespace\":"
            + " \"torn_llm_response_cache\"");
    List<String> found = workspaces(server);
    assertThat(found).containsExactlyInAnyOrder("Markéd", "FINAL");
    for (String workspace : found) {
      open(server, workspace, Access.SOURCE).close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aliasesAreFoundAndHiddenAndClosedIndicesToo(int version) {
    Server server = server(version);
    index(server, "data-000001");
    server.put("/data-000001", "{\"aliases\": {\"alias_llm_response_cache\": {}}}");
    index(server, "hidden_llm_response_cache");
    server.put("/hidden_llm_response_cache", "{\"settings\": {\"index.hidden\": true}}");
    index(server, "closed_llm_response_cache");
    server.put("/closed_llm_response_cache", "{}");
    server.post("/closed_llm_response_cache/_close", "");
    assertThat(workspaces(server)).containsExactlyInAnyOrder("alias", "hidden", "closed");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aServerWithoutACacheHasNone(int version) {
    Server server = server(version);
    assertThat(workspaces(server)).isEmpty();
    assertThat(server.status("HEAD", "/of-nobody_llm_response_cache")).isEqualTo(404);
  }

  /** Without what other tests of the server left. */
  private Server server(int version) {
    Server server = version == 2 ? Server.v2() : Server.v3();
    for (String index : server.get("/*llm_response_cache?expand_wildcards=all").fields().keySet()) {
      server.deleteIndex(index);
    }
    return server;
  }

  private void index(Server server, String name) {
    cleanings.add(() -> server.deleteIndex(name));
  }

  private void marked(Server server, String index, String marks) {
    index(server, index);
    server.put("/" + index, "{\"mappings\": {\"_meta\": {" + marks + ", \"more\": 1}}}");
  }

  private static List<String> workspaces(Server server) {
    try (CacheStore store = open(server, "of-nobody", Access.SOURCE)) {
      return store.workspaces();
    }
  }

  private static CacheStore open(Server server, String workspace, Access access) {
    return new OpenSearchAdapter().open(server.settings(workspace), access);
  }
}
