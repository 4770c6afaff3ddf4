package io.github.lightragmigrate.redis;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/** Values of keys into a page, in one round trip; one more where a key is no string. */
final class ValueReader {

  private static final byte[] NOTHING = {};

  private final RedisServer server;

  ValueReader(RedisServer server) {
    this.server = server;
  }

  /** Reads those that are there, and returns the others. */
  List<RedisKey> read(List<RedisKey> keys, PageBuilder page) {
    List<RedisKey> absent = new ArrayList<>();
    List<RedisKey> noStrings = new ArrayList<>();
    server.pipelined(
        pipeline -> {
          List<Response<byte[]>> values =
              keys.stream().map(key -> pipeline.get(key.bytes())).toList();
          pipeline.sync();
          for (int i = 0; i < keys.size(); i++) {
            add(keys.get(i), values.get(i), page, absent, noStrings);
          }
          return absent;
        });
    List<String> types = server.types(noStrings);
    for (int i = 0; i < types.size(); i++) {
      page.unreadable(noStrings.get(i).cacheKey(), noString(types.get(i)), NOTHING);
    }
    return absent;
  }

  /** Why a key cannot be read. */
  static String noString(String type) {
    return "the Redis key is of another type than string" + (type.isEmpty() ? "" : ": " + type);
  }

  private static void add(
      RedisKey key,
      Response<byte[]> response,
      PageBuilder page,
      List<RedisKey> absent,
      List<RedisKey> noStrings) {
    byte[] value;
    try {
      value = response.get();
    } catch (JedisDataException e) {
      if (!RedisErrors.isWrongType(e)) {
        throw e;
      }
      noStrings.add(key);
      return;
    }
    if (value == null) {
      absent.add(key);
    } else if (key.text()) {
      page.add(key.cacheKey(), value);
    } else {
      page.unreadable(key.cacheKey(), "the Redis key is not UTF-8", value);
    }
  }
}
