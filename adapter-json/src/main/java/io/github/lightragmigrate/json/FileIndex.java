package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.KeyIndex;
import io.github.lightragmigrate.spi.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * Where each key's entry is in one state of the file. Of a repeated key the last entry counts, but
 * one in a legacy nest never in place of a flat one: LightRAG wrote flat ones later, wherever they
 * stand. About 50 bytes a key; unchanging once built.
 */
final class FileIndex {

  private static final int PROGRESS_STEP = 1000;

  private final FileStamp stamp;

  /** Twice the start of the entry, plus one for an entry in a nest. */
  private final KeyIndex places;

  private final LegacyNests nests;
  private final EntryEnds ends = new EntryEnds();

  private FileIndex(FileStamp stamp, KeyIndex places, LegacyNests nests) {
    this.stamp = stamp;
    this.places = places;
    this.nests = nests;
  }

  /**
   * Reads the whole file; a second time, when it has a nest whose name comes again: that its
   * entries do not count is known only at the file's end.
   *
   * @param wanted which keys the progress is about
   * @param progress is told the number of wanted keys so far
   */
  static FileIndex build(
      Path file, FileStamp stamp, Predicate<String> wanted, LongConsumer progress)
      throws IOException {
    LegacyNests nests = new LegacyNests();
    FileIndex index = new FileIndex(stamp, new KeyIndex(), nests);
    if (!stamp.isAbsent()) {
      index.addAll(EntryReader.detecting(file, nests), wanted, progress);
    }
    if (nests.hasReplaced()) {
      index = new FileIndex(stamp, new KeyIndex(), nests);
      index.addAll(EntryReader.of(file, nests, new EntryEnds()), wanted, progress);
    }
    return index;
  }

  /**
   * Of a file whose entries are known without reading it.
   *
   * @param places of flat entries: twice the start of each
   */
  static FileIndex ofKnown(FileStamp stamp, KeyIndex places) {
    return new FileIndex(stamp, places, new LegacyNests());
  }

  private void addAll(EntryReader reader, Predicate<String> wanted, LongConsumer progress)
      throws IOException {
    long found = 0;
    try (EntryReader entries = reader) {
      while (entries.next()) {
        if (!entries.isNested()) {
          ends.add(entries.start(), entries.end());
        }
        if (add(entries) && wanted.test(entries.key()) && ++found % PROGRESS_STEP == 0) {
          progress.accept(found);
        }
      }
    }
    progress.accept(found);
  }

  /** Returns whether the key is new. */
  private boolean add(EntryReader entry) {
    if (entry.isNested()) {
      if (nests.isReplaced(entry.start())) {
        return false;
      }
      long known = places.get(entry.key());
      if (known >= 0 && known % 2 == 0) {
        return false;
      }
    }
    return places.put(entry.key(), place(entry));
  }

  private static long place(EntryReader entry) {
    return entry.start() * 2 + (entry.isNested() ? 1 : 0);
  }

  FileStamp stamp() {
    return stamp;
  }

  /** Whether there is no legacy nest. */
  boolean isFlat() {
    return nests.isEmpty();
  }

  /** Selected keys by prefix. */
  Map<String, Long> count(Selection selection) {
    return places.count(selection);
  }

  boolean contains(String key) {
    return places.contains(key);
  }

  /** Start of the key's entry; -1 when there is none. */
  long start(String key) {
    long place = places.get(key);
    return place < 0 ? -1 : place / 2;
  }

  /** Whether this is the entry that counts for its key. */
  boolean isCurrent(EntryReader entry) {
    return places.get(entry.key()) == place(entry);
  }

  /** Position behind an entry of the top level that is near; 0 when none is known. */
  long endNear(long position) {
    return ends.endNear(position);
  }

  EntryReader entries(Path file) throws IOException {
    return EntryReader.of(file, nests, ends);
  }
}
