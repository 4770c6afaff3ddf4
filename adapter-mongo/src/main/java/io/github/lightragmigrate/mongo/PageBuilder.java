package io.github.lightragmigrate.mongo;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.RawBsonDocument;

/** Decodes documents until a page is full. */
final class PageBuilder {

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
    String key = DocumentReader.key(document);
    try {
      records.add(DocumentDecoder.decode(key, document));
    } catch (UnholdableException e) {
      unreadable.add(UnreadableDocument.of(key, String.valueOf(e.getMessage()), document));
    }
    bytes += document.getByteLength();
    last = key;
  }

  /** The key that was added last. */
  String last() {
    return last;
  }

  /**
   * @param next where to go on; empty at the end
   */
  Page build(Optional<ScanPosition> next) {
    return new Page(records, unreadable, 0, next.map(ScanPosition::toCursor));
  }
}
