package io.github.lightragmigrate.interop;

import io.github.lightragmigrate.testservers.RedisTestServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;

/** All keys of a server that nobody else uses, with type, time to live and bytes. */
final class StructureOfRedis implements StructureView, AutoCloseable {

  private final RedisTestServer server = RedisTestServer.start();

  @Override
  public String store() {
    return "redis";
  }

  @Override
  public Map<String, String> emptyPlace() {
    Map<String, String> place = new HashMap<>(server.settings());
    place.put("WORKSPACE", "structure" + UUID.randomUUID().toString().replace("-", ""));
    return place;
  }

  /** Redis has no containers, so: keys that are no records. */
  @Override
  public Map<String, ?> container(Map<String, String> place) {
    try (Jedis redis = new Jedis(server.uri())) {
      Set<String> keys = new TreeSet<>(redis.keys("*"));
      keys.removeIf(key -> key.matches("structure\\w+_llm_response_cache:default:.*"));
      return Map.of("other keys", keys);
    }
  }

  @Override
  public Map<String, ?> records(Map<String, String> place) {
    String prefix = place.get("WORKSPACE") + "_llm_response_cache:";
    Map<String, Object> records = new TreeMap<>();
    try (Jedis redis = new Jedis(server.uri())) {
      for (String key : redis.keys(prefix + "*")) {
        records.put(
            key.substring(prefix.length()),
            List.of(redis.type(key), redis.ttl(key), inAscii(redis.get(key))));
      }
    }
    return records;
  }

  /**
   * LightRAG escapes what is not ASCII; we leave text as the source has it, which LightRAG reads
   * the same.
   */
  private static String inAscii(String json) {
    return json.codePoints().allMatch(c -> c < 128)
        ? json
        : json.chars()
            .mapToObj(c -> c < 128 ? Character.toString(c) : "\\u%04x".formatted(c))
            .collect(Collectors.joining());
  }

  @Override
  public Map<String, ?> versions(Map<String, String> place) {
    String changes = "rdb_changes_since_last_save";
    try (Jedis redis = new Jedis(server.uri())) {
      return Map.of(
          "changes",
          redis
              .info("persistence")
              .lines()
              .filter(line -> line.startsWith(changes))
              .findFirst()
              .orElseThrow());
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
