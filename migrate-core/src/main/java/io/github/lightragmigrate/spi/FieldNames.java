package io.github.lightragmigrate.spi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names that almost every record has: one string each, instead of one for each field of each
 * record.
 */
final class FieldNames {

  private static final String[] NAMES = {
    "return",
    "cache_type",
    "chunk_id",
    "original_prompt",
    "queryparam",
    "create_time",
    "update_time",
    CacheRecord.ID_FIELD
  };

  private static final byte[][] BYTES =
      Arrays.stream(NAMES)
          .map(name -> name.getBytes(StandardCharsets.US_ASCII))
          .toArray(byte[][]::new);

  private FieldNames() {}

  /** The name that stands between these bytes; null for another one. */
  static @Nullable String find(byte[] json, int from, int to) {
    for (int i = 0; i < NAMES.length; i++) {
      byte[] name = BYTES[i];
      if (name.length == to - from && Arrays.equals(json, from, to, name, 0, name.length)) {
        return NAMES[i];
      }
    }
    return null;
  }
}
