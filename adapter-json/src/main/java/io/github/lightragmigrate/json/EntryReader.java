package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a cache file in their order, one at a time; those of a legacy nest as if they
 * stood at the top, under their flat keys. Every occurrence of a repeated key is given.
 */
final class EntryReader implements Closeable {

  private static final int MAX_VALUE_BYTES = Integer.MAX_VALUE - 8;

  private final JsonScanner scanner;
  private final LegacyNests nests;
  private final EntryEnds ends;
  private final boolean detectsNests;

  /** The opening brace of the file was passed. */
  private boolean isOpen;

  /** The opening brace of the file or of the nest was passed last. */
  private boolean first;

  /** Of the nest that is being read; null at the top level. */
  private @Nullable String mode;

  /** Number of the entry that was read last, where its end is known. */
  private int number = EntryEnds.UNKNOWN;

  private String key = "";
  private long start;
  private long valueStart;
  private long valueEnd;

  private EntryReader(Path file, LegacyNests nests, EntryEnds ends, boolean detectsNests)
      throws IOException {
    this.scanner = new JsonScanner(file);
    this.nests = nests;
    this.ends = ends;
    this.detectsNests = detectsNests;
  }

  /** Fills the nests on the way. */
  static EntryReader detecting(Path file, LegacyNests nests) throws IOException {
    return new EntryReader(file, nests, new EntryEnds(), true);
  }

  /**
   * Reads a file whose nests are known.
   *
   * @param ends as far as they are known
   */
  static EntryReader of(Path file, LegacyNests nests, EntryEnds ends) throws IOException {
    return new EntryReader(file, nests, ends, false);
  }

  /** Goes on behind an entry: at its {@link #end}. */
  void resume(long end) throws IOException {
    scanner.seek(end);
    isOpen = true;
    first = false;
    mode = nests.modeAround(end);
  }

  /** Goes to the next entry; false at the end of the file, which is checked. */
  boolean next() throws IOException {
    if (!isOpen && !open()) {
      return false;
    }
    while (true) {
      boolean more = scanner.nextMember(first);
      first = false;
      if (more) {
        if (readEntry()) {
          return true;
        }
      } else if (mode != null) {
        mode = null;
      } else {
        scanner.expectEnd();
        return false;
      }
    }
  }

  /** Returns false for a blank file, which is an empty one. */
  private boolean open() throws IOException {
    scanner.skipByteOrderMark();
    if (scanner.peekToken() == -1) {
      return false;
    }
    scanner.expect('{');
    isOpen = true;
    first = true;
    return true;
  }

  /** Reads the entry whose {@link #start} this is. */
  void read(long entryStart) throws IOException {
    scanner.seek(entryStart);
    mode = nests.modeAround(entryStart);
    readEntry();
  }

  /** Returns false where not an entry but a nest begins. */
  private boolean readEntry() throws IOException {
    start = scanner.position();
    String name = Names.decode(scanner.rawString());
    scanner.expect(':');
    scanner.peekToken();
    valueStart = scanner.position();
    if (mode != null) {
      key = mode + ":" + skipForCacheType() + ":" + name;
    } else {
      if (detectsNests) {
        nests.detect(name, scanner);
      }
      mode = nests.modeAt(valueStart);
      if (mode != null) {
        scanner.expect('{');
        first = true;
        return false;
      }
      key = name;
      number = ends.numberOf(start, number + 1);
      if (number == EntryEnds.UNKNOWN) {
        scanner.skipValue();
      } else {
        scanner.seek(ends.endOf(number));
      }
    }
    valueEnd = scanner.position();
    return true;
  }

  private String skipForCacheType() throws IOException {
    String type = "";
    scanner.expect('{');
    for (boolean more = scanner.nextMember(true); more; more = scanner.nextMember(false)) {
      boolean isType = Names.decode(scanner.rawString()).equals("cache_type");
      scanner.expect(':');
      if (isType && scanner.peekToken() == '"') {
        type = Names.decode(scanner.rawString());
      } else {
        scanner.skipValue();
      }
    }
    return type.isEmpty() ? "extract" : type;
  }

  String key() {
    return key;
  }

  /** Position of the entry's name. */
  long start() {
    return start;
  }

  /** How far was read. */
  long position() {
    return scanner.position();
  }

  /** Position behind the entry's value. */
  long end() {
    return valueEnd;
  }

  boolean isNested() {
    return mode != null;
  }

  long valueLength() {
    return valueEnd - valueStart;
  }

  /** Adds the record to one of the two lists. */
  void addTo(List<CacheRecord> records, List<UnreadableRecord> unreadable) throws IOException {
    if (valueLength() > MAX_VALUE_BYTES) {
      unreadable.add(new UnreadableRecord(key, "longer than 2 GB", ""));
      return;
    }
    byte[] value = scanner.bytes(valueStart, valueEnd);
    try {
      if (!Names.isUnicode(key)) {
        throw new MalformedJsonException("the key is not valid Unicode");
      }
      records.add(CacheRecord.ofJson(key, value));
    } catch (MalformedJsonException e) {
      unreadable.add(UnreadableRecord.ofBytes(key, String.valueOf(e.getMessage()), value));
    }
  }

  /** Writes name and value as an entry of the top level, the value as it stands in the file. */
  void copyTo(OutputStream out) throws IOException {
    if (mode == null) {
      scanner.copy(start, valueEnd, out);
    } else {
      out.write(RecordText.name(key));
      scanner.copy(valueStart, valueEnd, out);
    }
  }

  @Override
  public void close() throws IOException {
    scanner.close();
  }
}
