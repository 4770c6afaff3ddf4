package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.List;

/**
 * LightRAG's {@code RedisKVStorage}: one string key {@code [<workspace>_]llm_response_cache:<cache
 * key>} a record, without expiry, whose value is one JSON object. One server, as LightRAG's own
 * client: no Sentinel, no redirections of Redis Cluster.
 */
public final class RedisAdapter implements StorageAdapter {

  @Override
  public String id() {
    return "redis";
  }

  @Override
  public String name() {
    return "RedisKVStorage";
  }

  @Override
  public List<Setting> settings() {
    return RedisSettings.ALL;
  }

  @Override
  public String countingLabel() {
    return "Scanning Redis keys";
  }

  /** LightRAG's own attempts at one operation, where they are set. */
  @Override
  public RetryPolicy retryPolicy(Settings settings) {
    return settings.isSet(RedisSettings.RETRY_ATTEMPTS)
        ? RetryPolicy.DEFAULT
            .withAttempts(RedisSettings.retryAttempts(settings))
            .withBudget(RedisSettings.NO_BUDGET)
        : RetryPolicy.DEFAULT;
  }

  @Override
  public CacheStore open(Settings settings, Access access) {
    RedisSettings redis = RedisSettings.of(settings);
    return new RedisStore(redis, RedisServer.connect(redis), access);
  }
}
