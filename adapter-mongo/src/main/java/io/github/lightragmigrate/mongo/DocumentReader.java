package io.github.lightragmigrate.mongo;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.LoneSurrogates;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * Counts, scans and finds. A scan walks the ranges of the prefixes one after the other along the
 * index of {@code _id}.
 */
final class DocumentReader {

  /** Documents in the first answer of all: their size tells how many to ask for next. */
  private static final int FIRST = 4;

  private static final int KEYS_PER_QUERY = 1000;

  private static final Bson STRANDED =
      Filters.regex(CacheRecord.ID_FIELD, "^default_[0-9a-f]{32}$");

  private static final Collation BY_CODE_POINT = Collation.builder().locale("simple").build();

  private final MongoCollection<RawBsonDocument> documents;
  private final boolean collated;

  /** Bytes of a document in the last page; 0 before the first. */
  private volatile long meanSize;

  /**
   * @param collated the collection compares strings in another way than by code point
   */
  DocumentReader(MongoCollection<RawBsonDocument> documents, boolean collated) {
    this.documents = documents;
    this.collated = collated;
  }

  Counts count(Selection selection, LongConsumer progress) {
    Map<String, Long> counts = new LinkedHashMap<>();
    CountOptions options =
        collated ? new CountOptions().collation(BY_CODE_POINT) : new CountOptions();
    long total = 0;
    for (String prefix : selection.prefixes()) {
      long count = documents.countDocuments(KeyRange.of(prefix).filter(), options);
      counts.put(prefix, count);
      total += count;
      progress.accept(total);
    }
    return Counts.exact(counts);
  }

  /** Documents of releases that wrote {@code mode_hash}, which nothing looks up or converts now. */
  long countStranded() {
    return documents.countDocuments(STRANDED);
  }

  List<Cursor> split(Selection selection, int parts) {
    return new KeyParts(documents).split(selection, parts);
  }

  Page scan(Selection selection, Cursor cursor, PageLimit limit) {
    ScanPosition position = ScanPosition.of(cursor);
    PageBuilder page = new PageBuilder(limit);
    for (KeyRange range : position.rest(selection)) {
      read(range, page);
    }
    return page.build(page.isFull() ? position.behind(page.last()) : Optional.empty());
  }

  /**
   * Asks for so many documents as seem to fit: what a page does not take was sent in vain. One that
   * is half full by then may end, too, rather than cost another query.
   */
  private void read(KeyRange range, PageBuilder page) {
    KeyRange rest = range;
    while (!page.isFull()) {
      int wanted = meanSize == 0 ? Math.min(FIRST, page.room()) : page.room(meanSize);
      int found = read(rest.filter(), wanted, page);
      meanSize = page.meanSize(meanSize);
      if (found < wanted) {
        return;
      }
      page.endWhenHalfFull();
      rest = range.behind(page.last());
    }
  }

  private int read(Bson filter, int wanted, PageBuilder page) {
    FindIterable<RawBsonDocument> found =
        documents
            .find(filter)
            .sort(Sorts.ascending(CacheRecord.ID_FIELD))
            .limit(wanted)
            .batchSize(wanted);
    if (collated) {
      // the index is of no use then
      found.collation(BY_CODE_POINT).allowDiskUse(true);
    }
    int count = 0;
    try (MongoCursor<RawBsonDocument> cursor = found.iterator()) {
      while (!page.isFull() && cursor.hasNext()) {
        page.add(cursor.next());
        count++;
      }
    }
    return count;
  }

  Page find(Collection<String> keys) {
    PageBuilder page = new PageBuilder(new PageLimit(Integer.MAX_VALUE, Long.MAX_VALUE));
    List<String> list =
        keys.stream().filter(key -> LoneSurrogates.indexIn(key) < 0).distinct().toList();
    for (int from = 0; from < list.size(); from += KEYS_PER_QUERY) {
      List<String> part = list.subList(from, Math.min(from + KEYS_PER_QUERY, list.size()));
      // a collation may find others too
      Set<String> wanted = new HashSet<>(part);
      try (MongoCursor<RawBsonDocument> cursor =
          documents.find(Filters.in(CacheRecord.ID_FIELD, part)).iterator()) {
        while (cursor.hasNext()) {
          RawBsonDocument document = cursor.next();
          if (wanted.contains(key(document))) {
            page.add(document);
          }
        }
      }
    }
    return page.build(Optional.empty());
  }

  /** Without the right key a scan would stay where it is, or leave out what comes next. */
  static String key(RawBsonDocument document) {
    try {
      return DocumentDecoder.key(document);
    } catch (UnholdableException e) {
      throw new StoreException(
          StoreException.Kind.FAULT,
          "MongoDB holds a document that no key leads to: "
              + e.getMessage()
              + ": mend or remove it");
    }
  }
}
