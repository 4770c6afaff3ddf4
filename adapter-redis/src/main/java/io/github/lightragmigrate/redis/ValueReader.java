package io.github.lightragmigrate.redis;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/** Values of keys into a page, in one round trip. */
final class ValueReader {

  private final RedisServer server;

  ValueReader(RedisServer server) {
    this.server = server;
  }

  /** Reads those that are there, and returns the others. */
  List<RedisKey> read(List<RedisKey> keys, PageBuilder page) {
    List<RedisKey> absent = new ArrayList<>();
    server.pipelined(
        pipeline -> {
          List<Response<byte[]>> values =
              keys.stream().map(key -> pipeline.get(key.bytes())).toList();
          pipeline.sync();
          for (int i = 0; i < keys.size(); i++) {
            if (!add(keys.get(i), values.get(i), page)) {
              absent.add(keys.get(i));
            }
          }
          return absent;
        });
    return absent;
  }

  private static boolean add(RedisKey key, Response<byte[]> response, PageBuilder page) {
    byte[] value;
    try {
      value = response.get();
    } catch (JedisDataException e) {
      if (!RedisErrors.isWrongType(e)) {
        throw e;
      }
      page.unreadable(key.cacheKey(), "the Redis key is of another type than string", "");
      return true;
    }
    if (value == null) {
      return false;
    }
    if (key.text()) {
      page.add(key.cacheKey(), value);
    } else {
      page.unreadable(key.cacheKey(), "the Redis key is not UTF-8", "");
    }
    return true;
  }
}
