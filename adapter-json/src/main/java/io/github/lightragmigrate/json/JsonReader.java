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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads what is in the file. */
final class JsonReader {

  private final CacheFile file;
  private @Nullable FileIndex lastIndex;

  JsonReader(CacheFile file) {
    this.file = file;
  }

  /** The index of the file's present state; reads the file only when there is none yet. */
  FileIndex index() {
    return index(key -> false, found -> {});
  }

  /**
   * @param wanted which keys the progress is about
   */
  synchronized FileIndex index(Predicate<String> wanted, LongConsumer progress) {
    FileStamp stamp = file.stamp();
    FileIndex last = lastIndex;
    if (last != null && last.stamp().equals(stamp)) {
      return last;
    }
    lastIndex = null; // two at once would take twice the memory
    try {
      FileIndex built = FileIndex.build(file.path(), stamp, wanted, progress);
      checkUnchanged(stamp, Kind.FAULT);
      lastIndex = built;
      return built;
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  /** Takes over the index of a file that was just written. */
  synchronized void know(FileIndex index) {
    lastIndex = index;
  }

  /** Parts of about as many bytes; a file with nests is read in one. */
  List<Cursor> split(int parts) {
    FileIndex index = index();
    List<Cursor> starts = new ArrayList<>();
    long from = 0;
    for (int part = 1; part < parts && index.isFlat(); part++) {
      long end = index.endNear(index.stamp().size() / parts * part);
      if (end > from) {
        starts.add(new FileCursor(from, end).toCursor(index.stamp()));
        from = end;
      }
    }
    starts.add(new FileCursor(from, FileCursor.NO_END).toCursor(index.stamp()));
    return starts;
  }

  Page scan(Selection selection, Cursor cursor, PageLimit limit) {
    FileIndex index = index();
    FileCursor place = FileCursor.of(cursor, index.stamp(), file.path());
    if (index.stamp().isAbsent()) {
      return Page.of(List.of(), Optional.empty());
    }
    List<CacheRecord> records = new ArrayList<>();
    List<UnreadableRecord> unreadable = new ArrayList<>();
    Optional<Cursor> next = Optional.empty();
    long bytes = 0;
    try (EntryReader entries = index.entries(file.path())) {
      if (place.from() > 0) {
        entries.resume(place.from());
      }
      while (place.isBefore(entries.position()) && entries.next()) {
        if (selection.matches(entries.key()) && index.isCurrent(entries)) {
          entries.addTo(records, unreadable);
          bytes += entries.valueLength();
          if (records.size() + unreadable.size() >= limit.records() || bytes >= limit.bytes()) {
            next = place.at(entries.end()).map(at -> at.toCursor(index.stamp()));
            break;
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
