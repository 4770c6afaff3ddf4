package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.CacheRecord;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Entries as the cache file has them, one behind the other, to be staged all or none. */
final class EntryBatch {

  /** What stands between two entries. */
  static final byte[] SEPARATOR = ",\n  ".getBytes(StandardCharsets.US_ASCII);

  private final RecordText text = new RecordText();
  private final List<String> keys = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();

  /**
   * @throws UnfitException when the record would break LightRAG's file; it is then not added
   */
  void add(CacheRecord entry) throws UnfitException {
    int end = text.size();
    if (!keys.isEmpty()) {
      text.writeBytes(SEPARATOR);
    }
    int start = text.size();
    try {
      text.add(entry);
    } catch (UnfitException e) {
      text.cut(end);
      throw e;
    }
    keys.add(entry.key());
    starts.add(start);
  }

  /** Number of entries. */
  int count() {
    return keys.size();
  }

  String key(int number) {
    return keys.get(number);
  }

  /** Bytes before the entry. */
  int start(int number) {
    return starts.get(number);
  }

  int bytes() {
    return text.size();
  }

  void writeTo(DataOutput out) throws IOException {
    text.writeTo(out);
  }
}
