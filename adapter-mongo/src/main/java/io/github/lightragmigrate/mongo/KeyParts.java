package io.github.lightragmigrate.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.RawBsonDocument;

/** Parts of a scan with about as many documents each. Asks for nothing but the index of _id. */
record KeyParts(MongoCollection<RawBsonDocument> documents) {

  /** Where each begins, {@code most} of them at the most. */
  List<Cursor> split(Selection selection, int most) {
    List<KeyRange> ranges = KeyRange.of(selection);
    long[] counts =
        ranges.stream().mapToLong(range -> documents.countDocuments(range.filter())).toArray();
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    List<Cursor> starts = new ArrayList<>();
    ScanPosition part = ScanPosition.START;
    int number = 1;
    long counted = 0;
    for (int i = 0; i < counts.length; i++) {
      // from end to end: so the ends are in order, whatever is written meanwhile
      KeyRange rest = ranges.get(i);
      long passed = counted;
      counted += counts[i];
      for (; number < most && total * number / most <= counted; number++) {
        long end = total * number / most;
        Optional<String> until = end > passed ? keyAt(rest, end - passed) : Optional.empty();
        if (until.isPresent()) {
          starts.add(new ScanPosition(part.after(), until).toCursor());
          part = new ScanPosition(until, Optional.empty());
          rest = rest.behind(until.get());
          passed = end;
        }
      }
    }
    starts.add(part.toCursor());
    return starts;
  }

  /**
   * @param place 1 for the first key of the range
   */
  private Optional<String> keyAt(KeyRange range, long place) {
    return Optional.ofNullable(
            documents
                .find(range.filter())
                .projection(Projections.include(CacheRecord.ID_FIELD))
                .sort(Sorts.ascending(CacheRecord.ID_FIELD))
                .skip((int) Math.min(place - 1, Integer.MAX_VALUE))
                .limit(1)
                .first())
        .map(DocumentReader::key);
  }
}
