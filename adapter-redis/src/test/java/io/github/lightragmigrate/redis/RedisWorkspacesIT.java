package io.github.lightragmigrate.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.EmbeddedRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;

/** Workspaces are found among many other keys, and each is what its name opens. */
@Timeout(60)
class RedisWorkspacesIT {

  private static final Selection ALL = Selection.ofTypes(Selection.DEFAULT_TYPES);

  @Test
  void eachIsFoundOnceAndOpens() {
    List<String> names =
        List.of("", " padded ", "*", "a_llm_response_cache:b", "a_", "x[1]?", "ältere 😀");
    try (EmbeddedRedis server = EmbeddedRedis.options().start();
        RedisClient client = RedisClient.create(server.uri())) {
      for (String name : names) {
        try (CacheStore store = open(server, name)) {
          store.upsert(SampleRecords.usual(3));
        }
      }
      client.set("old_llm_response_cache:default", "{\"0a\": {\"return\": \"r\"}}");
      client.set("xllm_response_cache:default:extract:0a", "a stranger's");
      client.set("queue_llm_response_cache:lock", "a stranger's");
      client.set("p_text_chunks:chunk-1", "{}");
      fillUp(client, 20_000);
      List<String> found;
      try (CacheStore store = open(server, "")) {
        found = store.workspaces();
      }
      List<String> expected = new ArrayList<>(names);
      expected.add("old");
      assertThat(found).containsExactlyInAnyOrderElementsOf(expected).isSorted();
      for (String name : found) {
        try (CacheStore store = open(server, name)) {
          assertThat(store.workspace()).isEqualTo(name);
          assertThat(store.count(ALL, n -> {}).total())
              .as(name)
              .isEqualTo(name.equals("old") ? 1 : 3);
        }
      }
    }
  }

  @Test
  void anEmptyDatabaseHasNone() {
    try (EmbeddedRedis server = EmbeddedRedis.options().start();
        CacheStore store = open(server, "x")) {
      assertThat(store.workspaces()).isEmpty();
      assertThat(store.countLegacy(ALL)).isZero();
    }
  }

  /** Keys for many SCAN replies, one workspace among them again and again. */
  private static void fillUp(RedisClient client, int keys) {
    try (Pipeline pipeline = client.pipelined()) {
      for (int i = 0; i < keys; i++) {
        pipeline.set((i % 2 == 0 ? "x[1]?_llm_response_cache:mix:query:" : "session:") + i, "{}");
      }
    }
  }

  private static CacheStore open(EmbeddedRedis server, String workspace) {
    return TestRedis.open(Map.of("REDIS_URI", server.uri()), workspace, Access.TARGET);
  }
}
