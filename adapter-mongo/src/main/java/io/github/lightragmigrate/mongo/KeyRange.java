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
 * The keys of one prefix as a range of {@code _id}, in MongoDB's order of strings: by code point. A
 * range of strings selects no {@code _id} of another type.
 */
record KeyRange(String prefix) {

  /** In the order of the index. */
  static List<KeyRange> of(Selection selection) {
    return selection.prefixes().stream()
        .sorted(
            (a, b) ->
                Arrays.compareUnsigned(
                    a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)))
        .map(KeyRange::new)
        .toList();
  }

  Bson filter() {
    return below(Filters.gte(CacheRecord.ID_FIELD, prefix));
  }

  Bson filterAfter(String key) {
    return below(Filters.gt(CacheRecord.ID_FIELD, key));
  }

  private Bson below(Bson lower) {
    return upper()
        .map(bound -> Filters.and(lower, Filters.lt(CacheRecord.ID_FIELD, bound)))
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
