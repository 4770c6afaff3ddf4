package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.opensearch.ScanCursor.Pass;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Selection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Copies of the key, taken at random from the documents of {@link Pass#KEYED}: the server can count
 * ranges, but not name the key at a place, and keys may be of any alphabet.
 *
 * @param keys in {@link #ORDER}
 * @param total documents that they were taken from
 */
record KeySample(List<String> keys, long total) {

  static final KeySample NONE = new KeySample(List.of(), 0);

  /** The server's: that of the UTF-8. */
  static final Comparator<String> ORDER = (a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b));

  /** {@link #NONE} when there is no index. */
  static KeySample take(CacheIndex index, Selection selection, int size) {
    return index.search(Queries.sample(selection, size)).map(KeySample::of).orElse(NONE);
  }

  private static KeySample of(Reply reply) {
    List<String> keys =
        Reply.elements(reply.at("hits", "hits")).stream()
            .map(hit -> Mapping.object(Reply.fields(hit), "fields"))
            .map(fields -> fields.getOrDefault(Documents.KEY_FIELD, JsonValue.NULL))
            .flatMap(copies -> Reply.elements(copies).stream().limit(1))
            .map(JsonValue::string)
            .sorted(ORDER)
            .toList();
    return new KeySample(keys, reply.at("hits", "total", "value").asLong().orElse(0L));
  }

  /**
   * A key of the sample up to which so many documents, and some more, are to be expected.
   *
   * @param after where they begin; empty for the first
   * @return empty when there may be fewer
   */
  Optional<String> end(Optional<String> after, int documents) {
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    // one more, and half as many: how many documents are between two of the sample is chance
    double expected = 1.5 * documents * keys.size() / Math.max(total, keys.size());
    long end = after.map(this::behind).orElse(0) + (long) Math.ceil(expected);
    return end < keys.size() ? Optional.of(keys.get((int) end)) : Optional.empty();
  }

  /** Index of the first key behind this one. */
  private int behind(String key) {
    int found = Collections.binarySearch(keys, key, ORDER);
    if (found < 0) {
      return -found - 1;
    }
    while (found < keys.size() && keys.get(found).equals(key)) {
      found++;
    }
    return found;
  }

  private static byte[] utf8(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
