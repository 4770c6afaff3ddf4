package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.Workspaces;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The workspaces that the keys of one database tell of. Memory holds their names, not the keys.
 *
 * <p>Where a workspace ends is nowhere written: it is what stands before the last {@code
 * _llm_response_cache:} that a cache key of LightRAG's follows, so that a name which contains this
 * text itself is found, and another program's keys are not.
 */
final class RedisWorkspaces {

  private static final String MARK = RedisKeys.NAMESPACE + ":";
  private static final String SEPARATED_MARK = "_" + MARK;

  /** A flat key, or the mode that names a nested cache of old. */
  private static final Pattern CACHE_KEY =
      Pattern.compile("(" + String.join("|", RedisKeys.MODES) + ")(:[^:]+:.+)?", Pattern.DOTALL);

  private final TreeSet<String> found = new TreeSet<>();

  private RedisWorkspaces() {}

  /** In the order of their names. */
  static List<String> in(RedisServer server) {
    RedisWorkspaces workspaces = new RedisWorkspaces();
    byte[] pattern = ("*" + MARK + "*").getBytes(StandardCharsets.US_ASCII);
    FullScan.of(
        server, pattern, keys -> keys.forEach(key -> of(key).ifPresent(workspaces.found::add)));
    return List.copyOf(workspaces.found);
  }

  /** The workspace whose cache this key belongs to; empty for a stranger's key. */
  static Optional<String> of(byte[] key) {
    // in this encoding each byte is a character, whatever the bytes mean
    String text = new String(key, StandardCharsets.ISO_8859_1);
    for (int at = text.length(); (at = text.lastIndexOf(SEPARATED_MARK, at - 1)) > 0; ) {
      if (isCacheKey(text, at + SEPARATED_MARK.length())) {
        return decode(key, at).filter(Workspaces::isValid);
      }
    }
    return text.startsWith(MARK) && isCacheKey(text, MARK.length())
        ? Optional.of("")
        : Optional.empty();
  }

  private static boolean isCacheKey(String text, int start) {
    return CACHE_KEY.matcher(text).region(start, text.length()).matches();
  }

  /** Empty for what is no UTF-8: no setting could name it. */
  private static Optional<String> decode(byte[] key, int length) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key, 0, length)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
