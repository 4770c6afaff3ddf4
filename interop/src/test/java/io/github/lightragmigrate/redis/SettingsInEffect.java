package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import redis.clients.jedis.JedisClientConfig;

/** What the adapter gives to Jedis. */
public final class SettingsInEffect {

  private SettingsInEffect() {}

  public static Map<String, String> of(Settings settings) {
    RedisSettings redis = RedisSettings.of(settings);
    JedisClientConfig client = redis.client();
    Map<String, String> values = new HashMap<>();
    values.put("REDIS_URI host", redis.uri().host());
    values.put("REDIS_URI port", String.valueOf(redis.uri().port()));
    values.put("REDIS_URI database", String.valueOf(client.getDatabase()));
    values.put("REDIS_URI user", Objects.requireNonNullElse(client.getUser(), ""));
    values.put("REDIS_URI password", Objects.requireNonNullElse(client.getPassword(), ""));
    values.put("REDIS_URI tls", String.valueOf(client.isSsl()));
    values.put("REDIS_MAX_CONNECTIONS", String.valueOf(redis.pool().getMaxTotal()));
    values.put("REDIS_SOCKET_TIMEOUT", seconds(client.getSocketTimeoutMillis()));
    values.put("REDIS_CONNECT_TIMEOUT", seconds(client.getConnectionTimeoutMillis()));
    values.put("REDIS_RETRY_ATTEMPTS", String.valueOf(RedisSettings.retryAttempts(settings)));
    values.put("REDIS_ALLOW_EVICTION_POLICY", String.valueOf(redis.evictionAllowed()));
    values.put("workspace", redis.workspace());
    return values;
  }

  private static String seconds(int millis) {
    return String.valueOf(millis / 1000.0);
  }
}
