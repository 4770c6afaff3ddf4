package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is in the file. A cursor is the position behind the last entry of its page, and the
 * state of the file that it belongs to.
 */
final class JsonReader {

  private final CacheFile file;
  private @Nullable FileIndex lastIndex;

  JsonReader(CacheFile file) {
    this.file = file;
  }

  /** The index of the file's present state; reads the file only when there is none yet. */
  FileIndex index() {
    return index(null, found -> {});
  }

  synchronized FileIndex index(@Nullable Selection counted, LongConsumer progress) {
    FileStamp stamp = file.stamp();
    FileIndex last = lastIndex;
    if (last != null
        && last.stamp().equals(stamp)
        && (counted == null || last.hasCounted(counted))) {
      return last;
    }
    lastIndex = null; // two at once would take twice the memory
    try {
      FileIndex built = FileIndex.build(file.path(), stamp, counted, progress);
      checkUnchanged(stamp, Kind.FAULT);
      lastIndex = built;
      return built;
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  Page scan(Selection selection, Cursor cursor, PageLimit limit) {
    FileIndex index = index();
    long from = cursor.isStart() ? -1 : position(cursor, index.stamp());
    if (index.stamp().isAbsent()) {
      return Page.of(List.of(), Optional.empty());
    }
    List<CacheRecord> records = new ArrayList<>();
    List<UnreadableRecord> unreadable = new ArrayList<>();
    Optional<Cursor> next = Optional.empty();
    long bytes = 0;
    try (EntryReader entries = index.entries(file.path())) {
      if (from >= 0) {
        entries.resume(from);
      }
      while (next.isEmpty() && entries.next()) {
        if (selection.matches(entries.key()) && index.isCurrent(entries)) {
          entries.addTo(records, unreadable);
          bytes += entries.valueLength();
          if (records.size() + unreadable.size() >= limit.records() || bytes >= limit.bytes()) {
            next = Optional.of(new Cursor(entries.end() + " of " + index.stamp()));
          }
        }
      }
    } catch (IOException e) {
      checkUnchanged(index.stamp(), Kind.INVALID_CURSOR);
      throw file.unreadable(e);
    }
    checkUnchanged(index.stamp(), Kind.INVALID_CURSOR);
    return new Page(records, unreadable, 0, next);
  }

  /** The selected entries that count and stand in a legacy nest. */
  long countNested(Selection selection) {
    FileIndex index = index();
    if (index.isFlat()) {
      return 0;
    }
    long nested = 0;
    try (EntryReader entries = index.entries(file.path())) {
      while (entries.next()) {
        if (entries.isNested() && index.isCurrent(entries) && selection.matches(entries.key())) {
          nested++;
        }
      }
    } catch (IOException e) {
      checkUnchanged(index.stamp(), Kind.FAULT);
      throw file.unreadable(e);
    }
    checkUnchanged(index.stamp(), Kind.FAULT);
    return nested;
  }

  private long position(Cursor cursor, FileStamp stamp) {
    String[] parts = cursor.text().split(" of ", 2);
    try {
      if (parts.length == 2 && parts[1].equals(stamp.toString())) {
        long position = Long.parseLong(parts[0]);
        if (position > 0 && position <= stamp.size()) {
          return position;
        }
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw new StoreException(
        Kind.INVALID_CURSOR, "the cursor is not of the present state of " + file.path());
  }

  private void checkUnchanged(FileStamp stamp, Kind kind) {
    if (!stamp.equals(file.stamp())) {
      throw new StoreException(
          kind,
          file.path() + " was changed while it was being read: stop LightRAG and read it again");
    }
  }

  /** Adds what is found of these keys. */
  void find(Collection<String> keys, List<CacheRecord> records, List<UnreadableRecord> unreadable) {
    FileIndex index = index();
    // in the order of the file: neighbours then come from one read
    long[] starts =
        keys.stream()
            .mapToLong(index::start)
            .filter(start -> start >= 0)
            .sorted()
            .distinct()
            .toArray();
    if (starts.length == 0) {
      return;
    }
    try (EntryReader entries = index.entries(file.path())) {
      for (long start : starts) {
        entries.read(start);
        entries.addTo(records, unreadable);
      }
    } catch (IOException e) {
      checkUnchanged(index.stamp(), Kind.FAULT);
      throw file.unreadable(e);
    }
    checkUnchanged(index.stamp(), Kind.FAULT);
  }
}
