package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.LoneSurrogates;
import io.github.lightragmigrate.spi.Selection;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How cache keys are named in Redis: {@code [<workspace>_]llm_response_cache:<cache key>} ({@code
 * RedisKVStorage.final_namespace}).
 */
final class RedisKeys {

  static final String NAMESPACE = "llm_response_cache";

  /** Modes of LightRAG's that can have a nested cache of old. */
  static final List<String> MODES = List.of("default", "local", "global", "hybrid", "mix", "naive");

  private final String name;
  private final byte[] prefix;

  RedisKeys(String workspace) {
    this.name = workspace.isEmpty() ? NAMESPACE : workspace + "_" + NAMESPACE;
    this.prefix = (name + ":").getBytes(StandardCharsets.UTF_8);
  }

  /** What LightRAG calls the final namespace. */
  String name() {
    return name;
  }

  /** Whether UTF-8, and so Redis, can hold the key. */
  static boolean isNameable(String cacheKey) {
    return !LoneSurrogates.areIn(cacheKey);
  }

  RedisKey of(String cacheKey) {
    return new RedisKey(cacheKey, (name + ":" + cacheKey).getBytes(StandardCharsets.UTF_8), true);
  }

  /** The selected cache key that this Redis key is; empty for a stranger's. */
  Optional<RedisKey> selected(byte[] bytes, Selection selection) {
    if (bytes.length < prefix.length
        || !Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length)) {
      return Optional.empty();
    }
    String cacheKey = decode(bytes, prefix.length);
    boolean nested = cacheKey.indexOf(':') < 0 && nestedModes(selection).contains(cacheKey);
    if (nested || !selection.matches(cacheKey)) {
      return Optional.empty();
    }
    return Optional.of(new RedisKey(cacheKey, bytes, !LoneSurrogates.areIn(cacheKey)));
  }

  /**
   * Each byte that is no UTF-8 becomes a lone surrogate, as Python's {@code surrogateescape} has
   * it: different keys stay different.
   */
  private static String decode(byte[] bytes, int from) {
    if (isAscii(bytes, from)) {
      return new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1);
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
    CharBuffer out = CharBuffer.allocate(in.remaining());
    CoderResult result = decoder.decode(in, out, true);
    while (result.isMalformed()) {
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (0xDC00 + (in.get() & 0xFF)));
      }
      result = decoder.reset().decode(in, out, true);
    }
    return out.flip().toString();
  }

  private static boolean isAscii(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** One glob pattern that all selected keys match. */
  byte[] pattern(Selection selection) {
    String literal = name + ":" + selection.commonPrefix();
    return (literal.replaceAll("([\\\\*?\\[\\]])", "\\\\$1") + "*")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The same for the same keys in the same order: 59 bits of their SHA-256. */
  static long fingerprint(List<RedisKey> keys) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    for (RedisKey key : keys) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, key.bytes().length));
      digest.update(key.bytes());
    }
    return ByteBuffer.wrap(digest.digest()).getLong() >>> 5;
  }

  /**
   * The modes whose nested cache of old, one key {@code <namespace>:<mode>}, can hold selected
   * entries. Such a key does not match {@link #pattern}.
   */
  static Set<String> nestedModes(Selection selection) {
    Set<String> modes = modesOf(selection.prefixes());
    for (String prefix : selection.prefixes()) {
      if (prefix.indexOf(':') < 0) {
        MODES.stream().filter(mode -> mode.startsWith(prefix)).forEach(modes::add);
      }
    }
    return modes;
  }

  /** What stands before the first colon, where there is one. */
  static Set<String> modesOf(Collection<String> cacheKeys) {
    Set<String> modes = new LinkedHashSet<>();
    for (String key : cacheKeys) {
      int colon = key.indexOf(':');
      if (colon >= 0) {
        modes.add(key.substring(0, colon));
      }
    }
    return modes;
  }
}
