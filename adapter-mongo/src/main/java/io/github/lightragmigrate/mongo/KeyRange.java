package io.github.lightragmigrate.mongo;

import com.mongodb.client.model.Filters;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Selection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bson.conversions.Bson;

/**
 * The keys of one prefix, or some of them, as a range of {@code _id}, in MongoDB's order of
 * strings: by code point. A range of strings selects no {@code _id} of another type.
 *
 * @param after the key that they come behind; empty for none
 * @param until the last of them; empty for the last of the prefix
 */
record KeyRange(String prefix, Optional<String> after, Optional<String> until) {

  static KeyRange of(String prefix) {
    return new KeyRange(prefix, Optional.empty(), Optional.empty());
  }

  /** In the order of the index. */
  static List<KeyRange> of(Selection selection) {
    return selection.prefixes().stream()
        .sorted(
            (a, b) ->
                Arrays.compareUnsigned(
                    a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)))
        .map(KeyRange::of)
        .toList();
  }

  KeyRange behind(String key) {
    return new KeyRange(prefix, Optional.of(key), until);
  }

  KeyRange upTo(String key) {
    return new KeyRange(prefix, after, Optional.of(key));
  }

  Bson filter() {
    Bson lower =
        after
            .map(key -> Filters.gt(CacheRecord.ID_FIELD, key))
            .orElseGet(() -> Filters.gte(CacheRecord.ID_FIELD, prefix));
    return until
        .map(key -> Filters.lte(CacheRecord.ID_FIELD, key))
        .or(() -> upper().map(bound -> Filters.lt(CacheRecord.ID_FIELD, bound)))
        .map(upper -> Filters.and(lower, upper))
        .orElse(lower);
  }

  /** The least string above all that start with the prefix. */
  Optional<String> upper() {
    String rest = prefix;
    while (!rest.isEmpty()) {
      int last = rest.codePointBefore(rest.length());
      String before = rest.substring(0, rest.length() - Character.charCount(last));
      if (last < Character.MAX_CODE_POINT) {
        int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
        return Optional.of(before + Character.toString(next));
      }
      rest = before;
    }
    return Optional.empty();
  }
}
