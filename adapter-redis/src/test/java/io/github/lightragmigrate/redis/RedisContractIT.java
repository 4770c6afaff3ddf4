package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.testkit.StoreContract;
import io.github.lightragmigrate.testservers.RedisTestServer;
import org.junit.jupiter.api.BeforeEach;
import redis.clients.jedis.RedisClient;

class RedisContractIT extends StoreContract {

  @BeforeEach
  void empty() {
    TestRedis.deleteCaches("");
    TestRedis.deleteCaches("other_");
  }

  @Override
  protected StorageAdapter adapter() {
    return new RedisAdapter();
  }

  @Override
  protected Settings settings(String workspace) {
    return TestRedis.settings(RedisTestServer.shared().settings(), workspace);
  }

  @Override
  protected boolean exists(Settings settings) {
    try (RedisClient client = TestRedis.client()) {
      return !client.keys("*llm_response_cache*").isEmpty();
    }
  }
}
