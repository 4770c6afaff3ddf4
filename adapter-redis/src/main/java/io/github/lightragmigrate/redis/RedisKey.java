package io.github.lightragmigrate.redis;

/**
 * A cache key and the bytes of its key in Redis.
 *
 * @param text false when the bytes are no UTF-8, so that the cache key does not tell all of them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RedisKey(String cacheKey, byte[] bytes, boolean text) {}
