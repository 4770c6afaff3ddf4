package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parts of a scan by ranges of LightRAG's copy of the key. They are about as long as one another
 * because a sample of the copies says where to divide.
 */
final class KeyParts {

  /** Copies that are sampled: four parts are then equal within a few hundredths. */
  private static final int SAMPLE = 2_000;

  private final CacheIndex index;

  KeyParts(CacheIndex index) {
    this.index = index;
  }

  /** Where each begins, {@code most} of them at the most; the last has what is in no range. */
  List<Cursor> split(Selection selection, int most) {
    if (most == 1 || !index.mapping().map(Mapping::isKeyed).orElse(false)) {
      return List.of(Cursor.START);
    }
    List<String> sample = KeySample.take(index, selection, SAMPLE).keys();
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
}
