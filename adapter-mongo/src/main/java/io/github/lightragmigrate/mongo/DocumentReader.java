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
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.util.ArrayList;
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
 * index of {@code _id}; its cursor is the last key read.
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
      long count = documents.countDocuments(new KeyRange(prefix).filter(), options);
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

  Page scan(Selection selection, Cursor cursor, PageLimit limit) {
    List<KeyRange> ranges = KeyRange.of(selection);
    PageBuilder page = new PageBuilder(limit);
    int first = 0;
    if (!cursor.isStart()) {
      KeyRange started = rangeOf(selection, cursor);
      first = ranges.indexOf(started);
      read(started, started.filterAfter(cursor.text()), page);
      first++;
    }
    for (KeyRange range : ranges.subList(first, ranges.size())) {
      read(range, range.filter(), page);
    }
    return page.build();
  }

  private static KeyRange rangeOf(Selection selection, Cursor cursor) {
    return selection
        .prefixOf(cursor.text())
        .map(KeyRange::new)
        .orElseThrow(
            () ->
                new StoreException(
                    StoreException.Kind.INVALID_CURSOR,
                    "no cursor of this scan: it is not a key that is selected"));
  }

  /**
   * Asks for so many documents as seem to fit: what a page does not take was sent in vain. One that
   * is half full by then may end, too, rather than cost another query.
   */
  private void read(KeyRange range, Bson start, PageBuilder page) {
    Bson filter = start;
    while (!page.isFull()) {
      int wanted = meanSize == 0 ? Math.min(FIRST, page.room()) : page.room(meanSize);
      int found = read(filter, wanted, page);
      meanSize = page.meanSize(meanSize);
      if (found < wanted) {
        return;
      }
      page.endWhenHalfFull();
      filter = range.filterAfter(page.last);
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
    return new Page(page.records, page.unreadable, 0, Optional.empty());
  }

  /** Without the right key a scan would stay where it is, or leave out what comes next. */
  private static String key(RawBsonDocument document) {
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

  private static final class PageBuilder {

    private final PageLimit limit;
    private final List<CacheRecord> records = new ArrayList<>();
    private final List<UnreadableRecord> unreadable = new ArrayList<>();
    private long bytes;
    private boolean ended;
    private String last = "";

    PageBuilder(PageLimit limit) {
      this.limit = limit;
    }

    int room() {
      return limit.records() - records.size() - unreadable.size();
    }

    /** How many documents of this size fit; at least 1 while the page is not full. */
    int room(long size) {
      return (int) Math.min(room(), (limit.bytes() - bytes) / size + 1);
    }

    long meanSize(long before) {
      int count = records.size() + unreadable.size();
      return count == 0 ? before : Math.max(1, bytes / count);
    }

    void endWhenHalfFull() {
      ended = ended || bytes > limit.bytes() / 2;
    }

    boolean isFull() {
      return ended || room() == 0 || bytes >= limit.bytes();
    }

    void add(RawBsonDocument document) {
      String key = key(document);
      try {
        records.add(DocumentDecoder.decode(key, document));
      } catch (UnholdableException e) {
        unreadable.add(UnreadableDocument.of(key, String.valueOf(e.getMessage()), document));
      }
      bytes += document.getByteLength();
      last = key;
    }

    Page build() {
      return new Page(
          records, unreadable, 0, isFull() ? Optional.of(new Cursor(last)) : Optional.empty());
    }
  }
}
