package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Selection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parts of a scan by ranges of LightRAG's copy of the key. They are about as long as one another
 * because a sample of the copies says where to divide: the server can count ranges, but not name
 * the key at a place, and keys may be of any alphabet.
 */
final class KeyParts {

  /** Copies that are sampled: four parts are then equal within a few hundredths. */
  private static final int SAMPLE = 2_000;

  private final Rest rest;
  private final CacheIndex index;

  KeyParts(Rest rest, CacheIndex index) {
    this.rest = rest;
    this.index = index;
  }

  /** Where each begins, {@code most} of them at the most; the last has what is in no range. */
  List<Cursor> split(Selection selection, int most) {
    if (most == 1 || !index.mapping().map(Mapping::isKeyed).orElse(false)) {
      return List.of(Cursor.START);
    }
    List<String> sample = sample(selection);
    List<Cursor> starts = new ArrayList<>();
    Optional<String> after = Optional.empty();
    for (int number = 1; number < most; number++) {
      int last = (int) ((long) sample.size() * number / most) - 1;
      if (last >= 0 && !after.equals(Optional.of(sample.get(last)))) {
        Optional<String> until = Optional.of(sample.get(last));
        starts.add(ScanCursor.part(after, until).toCursor());
        after = until;
      }
    }
    starts.add(
        after.isEmpty() ? Cursor.START : ScanCursor.part(after, Optional.empty()).toCursor());
    return starts;
  }

  /** In the server's order, which is that of their UTF-8. */
  private List<String> sample(Selection selection) {
    Reply reply =
        rest.send(
            Request.json("POST", index.path("_search"), Queries.sample(selection, SAMPLE))
                .with(Map.of("allow_partial_search_results", "false")));
    if (reply.status() == 404) {
      return List.of();
    }
    return Reply.elements(rest.successful(reply).at("hits", "hits")).stream()
        .map(hit -> Mapping.object(Reply.fields(hit), "fields"))
        .map(fields -> fields.getOrDefault(Documents.KEY_FIELD, JsonValue.NULL))
        .flatMap(copies -> Reply.elements(copies).stream().limit(1))
        .map(JsonValue::string)
        .sorted((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)))
        .toList();
  }

  private static byte[] utf8(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
