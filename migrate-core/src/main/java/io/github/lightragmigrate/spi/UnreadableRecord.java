package io.github.lightragmigrate.spi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * A record that is in the store and cannot be understood.
 *
 * @param key the cache key
 * @param reason what is wrong, for people
 * @param text what was found, as far as it is text; may be empty
 * @param base64 the bytes that were found, where they are no UTF-8
 */
public record UnreadableRecord(String key, String reason, String text, Optional<String> base64) {

  /** Refuses null. */
  public UnreadableRecord {
    Objects.requireNonNull(key, "an unreadable record's key is null");
    Objects.requireNonNull(reason, "an unreadable record's reason is null: say why, for people");
    Objects.requireNonNull(text, "an unreadable record's text is null: it may be empty");
    Objects.requireNonNull(base64, "an unreadable record's base64 is null");
  }

  /** Of which text was found. */
  public UnreadableRecord(String key, String reason, String text) {
    this(key, reason, text, Optional.empty());
  }

  /** Keeps every byte: as text, or where it is none as base 64 too. */
  public static UnreadableRecord ofBytes(String key, String reason, byte[] found) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(found)).toString();
      return new UnreadableRecord(key, reason, text);
    } catch (CharacterCodingException e) {
      return new UnreadableRecord(
          key,
          reason,
          new String(found, StandardCharsets.UTF_8),
          Optional.of(Base64.getEncoder().encodeToString(found)));
    }
  }
}
