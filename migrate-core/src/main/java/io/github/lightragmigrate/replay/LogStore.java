package io.github.lightragmigrate.replay;

import io.github.lightragmigrate.report.LineReader;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.WriteResult;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The records of a failure log that can be written, read where they lie. */
final class LogStore implements CacheStore {

  private final LogIndex index;
  private final FileChannel file;

  /**
   * @throws IOException when the file cannot be opened
   */
  LogStore(LogIndex index) throws IOException {
    this.index = index;
    this.file = FileChannel.open(index.file(), StandardOpenOption.READ);
  }

  @Override
  public String location() {
    return index.file().toString();
  }

  @Override
  public String workspace() {
    return "";
  }

  @Override
  public Counts count(Selection selection, LongConsumer progress) {
    Map<String, Long> counts = new LinkedHashMap<>();
    selection.prefixes().forEach(prefix -> counts.put(prefix, 0L));
    try {
      LineReader lines = new LineReader(file, 0, index.size());
      for (Optional<LineReader.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
        toReplay(line.get())
            .flatMap(record -> selection.prefixOf(record.key()))
            .ifPresent(prefix -> counts.merge(prefix, 1L, Long::sum));
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return Counts.exact(counts);
  }

  /** The cursor is the offset of the next line. */
  @Override
  public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
    LineReader lines = new LineReader(file, offset(cursor), index.size());
    List<CacheRecord> records = new ArrayList<>();
    long bytes = 0;
    try {
      while (records.size() < limit.records() && bytes < limit.bytes()) {
        Optional<LineReader.Line> line = lines.next();
        if (line.isEmpty()) {
          return Page.of(records, Optional.empty());
        }
        Optional<CacheRecord> record = toReplay(line.get()).filter(r -> selection.matches(r.key()));
        if (record.isPresent()) {
          records.add(record.get());
          bytes += record.get().size();
        }
        cursor = new Cursor(Long.toString(line.get().end()));
      }
      boolean more = offset(cursor) < index.size();
      return Page.of(records, more ? Optional.of(cursor) : Optional.empty());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public Page find(Collection<String> keys) {
    List<CacheRecord> records = new ArrayList<>();
    try {
      for (String key : keys) {
        Optional<Long> place = index.toReplay(key);
        if (place.isPresent()) {
          new LineReader(file, place.get(), index.size())
              .next()
              .flatMap(this::toReplay)
              .ifPresent(records::add);
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return Page.of(records, Optional.empty());
  }

  @Override
  public WriteResult upsert(List<CacheRecord> batch) {
    throw new UnsupportedOperationException("a failure log is written by the engine alone");
  }

  @Override
  public void flush() {
    throw new UnsupportedOperationException("a failure log is written by the engine alone");
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Optional<CacheRecord> toReplay(LineReader.Line line) {
    LogLine parsed = LogLine.parse(line.text(), line.ended());
    return index.isToReplay(line, parsed.key()) ? parsed.record() : Optional.empty();
  }

  private static long offset(Cursor cursor) {
    try {
      return cursor.isStart() ? 0 : Long.parseLong(cursor.text());
    } catch (NumberFormatException e) {
      throw new StoreException(
          StoreException.Kind.INVALID_CURSOR, "no place in a failure log: " + cursor.text(), e);
    }
  }

  private StoreException unreadable(IOException e) {
    StoreException.Kind kind =
        e instanceof ClosedByInterruptException
            ? StoreException.Kind.INTERRUPTED
            : StoreException.Kind.FAULT;
    return new StoreException(kind, "cannot read the failure log " + index.file() + ": " + e, e);
  }
}
