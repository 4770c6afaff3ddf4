package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.testservers.RedisTestServer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Reaches the shared server, past the adapter and through it. */
final class TestRedis {

  private TestRedis() {}

  /** What LightRAG's own client would see. */
  static RedisClient client() {
    return RedisClient.create(RedisTestServer.shared().uri());
  }

  static CacheStore open(String workspace, Access access) {
    return open(RedisTestServer.shared().settings(), workspace, access);
  }

  static CacheStore open(Map<String, String> server, String workspace, Access access) {
    return new RedisAdapter().open(settings(server, workspace), access);
  }

  static Settings settings(Map<String, String> server, String workspace) {
    Map<String, String> values = new HashMap<>(server);
    values.put("WORKSPACE", workspace);
    return Settings.of(values);
  }

  /** Removes the caches of all workspaces that start so, and nothing else. */
  static void deleteCaches(String glob) {
    try (RedisClient client = client()) {
      byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
      do {
        ScanResult<byte[]> reply =
            client.scan(cursor, new ScanParams().match(glob + "llm_response_cache:*").count(1000));
        reply.getResult().forEach(client::del);
        cursor = reply.getCursorAsBytes();
      } while (!Arrays.equals(cursor, ScanParams.SCAN_POINTER_START_BINARY));
    }
  }
}
