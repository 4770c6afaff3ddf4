package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.KeyIndex;
import io.github.lightragmigrate.spi.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where each key's entry is in one state of the file. Of a repeated key the last entry counts, but
 * one in a legacy nest never in place of a flat one: LightRAG wrote flat ones later, wherever they
 * stand. About 60 bytes a key; unchanging once built.
 */
final class FileIndex {

  private static final int PROGRESS_STEP = 1000;

  private final FileStamp stamp;

  /** Twice the start of the entry, plus one for an entry in a nest. */
  private final KeyIndex places = new KeyIndex();

  private final LegacyNests nests = new LegacyNests();
  private final EntryEnds ends = new EntryEnds();
  private final @Nullable Selection counted;
  private final Map<String, Long> counts = new LinkedHashMap<>();

  private FileIndex(FileStamp stamp, @Nullable Selection counted) {
    this.stamp = stamp;
    this.counted = counted;
  }

  /**
   * Reads the whole file, and counts on the way.
   *
   * @param counted null for no counts
   * @param progress is told the number of selected keys so far
   */
  static FileIndex build(
      Path file, FileStamp stamp, @Nullable Selection counted, LongConsumer progress)
      throws IOException {
    FileIndex index = new FileIndex(stamp, counted);
    if (counted != null) {
      counted.prefixes().forEach(prefix -> index.counts.put(prefix, 0L));
    }
    if (!stamp.isAbsent()) {
      index.addAll(file, progress);
    }
    return index;
  }

  private void addAll(Path file, LongConsumer progress) throws IOException {
    Selection selection = counted;
    long found = 0;
    try (EntryReader entries = EntryReader.detecting(file, nests)) {
      while (entries.next()) {
        if (!entries.isNested()) {
          ends.add(entries.start(), entries.end());
        }
        if (add(entries)
            && selection != null
            && count(selection, entries.key())
            && ++found % PROGRESS_STEP == 0) {
          progress.accept(found);
        }
      }
    }
    progress.accept(found);
  }

  /** Returns whether the key is new. */
  private boolean add(EntryReader entry) {
    if (entry.isNested()) {
      long known = places.get(entry.key());
      if (known >= 0 && known % 2 == 0) {
        return false;
      }
    }
    return places.put(entry.key(), place(entry));
  }

  private boolean count(Selection selection, String key) {
    Optional<String> prefix = selection.prefixOf(key);
    prefix.ifPresent(p -> counts.merge(p, 1L, Long::sum));
    return prefix.isPresent();
  }

  private static long place(EntryReader entry) {
    return entry.start() * 2 + (entry.isNested() ? 1 : 0);
  }

  FileStamp stamp() {
    return stamp;
  }

  boolean hasCounted(Selection selection) {
    return Objects.equals(selection, counted);
  }

  /** Whether there is no legacy nest. */
  boolean isFlat() {
    return nests.isEmpty();
  }

  /** By prefix of the selection that was counted. */
  Map<String, Long> counts() {
    return counts;
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

  EntryReader entries(Path file) throws IOException {
    return EntryReader.of(file, nests, ends);
  }
}
