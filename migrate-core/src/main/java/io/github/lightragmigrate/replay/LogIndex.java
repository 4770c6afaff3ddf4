package io.github.lightragmigrate.replay;

import io.github.lightragmigrate.report.LineReader;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.KeyIndex;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a failure log holds: the last line of each key, by its place. Memory is some bytes a key.
 */
public final class LogIndex {

  /** Keys that are none of LightRAG's have any prefix. */
  private static final int MAX_PREFIXES = 1000;

  private static final List<LogLine.Kind> KINDS = List.of(LogLine.Kind.values());

  private final Path file;
  private final LogStamp stamp;

  /** Offset of the last line, and in the lower two bits its kind. */
  private final KeyIndex lastLines = new KeyIndex();

  private final Map<LogLine.Kind, Long> counts = new EnumMap<>(LogLine.Kind.class);
  private final Set<String> prefixes = new LinkedHashSet<>();

  private LogIndex(Path file, LogStamp stamp) {
    this.file = file;
    this.stamp = stamp;
  }

  /**
   * Reads the whole log and checks every line of it.
   *
   * @throws StoreException SETTINGS when there is no such file, or one of its lines, which is
   *     named, is none of a failure log
   */
  public static LogIndex of(Path log) {
    if (!Files.isRegularFile(log)) {
      throw new StoreException(
          StoreException.Kind.SETTINGS, "there is no failure log " + log + ": nothing to replay");
    }
    try {
      Path real = log.toRealPath();
      LogIndex index = new LogIndex(real, LogStamp.of(real));
      try (FileChannel channel = FileChannel.open(real, StandardOpenOption.READ)) {
        index.readAll(channel);
      }
      return index;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the failure log " + log + ": " + e, e);
    }
  }

  /** The file itself, where the name that was given is a link to it. */
  public Path file() {
    return file;
  }

  /** Keys whose last line has a record that can be written. */
  public long toReplay() {
    return count(LogLine.Kind.REPLAY);
  }

  /** Keys of which there is no record. */
  public long unreadable() {
    return count(LogLine.Kind.UNREADABLE);
  }

  /** Keys whose record was written in a cleaned form, and is not replayed. */
  public long sanitized() {
    return count(LogLine.Kind.SANITIZED);
  }

  /** Lines in whose middle their writer was ended. */
  public long torn() {
    return count(LogLine.Kind.TORN);
  }

  /** All that can be replayed: the prefixes {@code mode:type:} that occur. */
  public Selection selection() {
    return Selection.ofPrefixes(
        prefixes.isEmpty() || prefixes.size() >= MAX_PREFIXES ? List.of("") : prefixes);
  }

  long size() {
    return stamp.size();
  }

  /** Whether the file is another by now, or somebody wrote to it. */
  boolean isOutdated() throws IOException {
    return !Files.exists(file) || !LogStamp.of(file).equals(stamp);
  }

  /** Place of the line to replay for a key. */
  Optional<Long> toReplay(String key) {
    long last = lastLines.get(key);
    return last >= 0 && kind(last) == LogLine.Kind.REPLAY
        ? Optional.of(last >> 2)
        : Optional.empty();
  }

  boolean isToReplay(LineReader.Line line, String key) {
    return lastLines.get(key) == value(line, LogLine.Kind.REPLAY);
  }

  /** Whether a replay leaves the line in the log, whatever becomes of the others. */
  boolean isKept(LineReader.Line line, LogLine parsed) {
    if (parsed.kind() == LogLine.Kind.TORN) {
      return true;
    }
    long last = lastLines.get(parsed.key());
    return switch (kind(last)) {
      case REPLAY -> false;
      case SANITIZED -> last >> 2 == line.offset();
      // an earlier line may hold the only record that there is
      case UNREADABLE -> last >> 2 == line.offset() || parsed.record().isPresent();
      case TORN -> throw new IllegalStateException("a torn line has no key");
    };
  }

  /** The record that was cleaned, where this line is to keep it. */
  Optional<CacheRecord> sanitized(LineReader.Line line) {
    LogLine parsed = LogLine.parse(line.text(), line.ended());
    return parsed.kind() == LogLine.Kind.SANITIZED
            && lastLines.get(parsed.key()) == value(line, LogLine.Kind.SANITIZED)
        ? parsed.record()
        : Optional.empty();
  }

  /** From now on, a key whose record was cleaned is one to replay. */
  void replay(String key) {
    long last = lastLines.get(key);
    counts.merge(kind(last), -1L, Long::sum);
    counts.merge(LogLine.Kind.REPLAY, 1L, Long::sum);
    lastLines.put(key, last & ~3L | LogLine.Kind.REPLAY.ordinal());
    if (prefixes.size() < MAX_PREFIXES) {
      prefixes.add(prefix(key));
    }
  }

  private void readAll(FileChannel channel) throws IOException {
    LineReader lines = new LineReader(channel, 0, stamp.size());
    for (Optional<LineReader.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      try {
        add(line.get(), LogLine.parse(line.get().text(), line.get().ended()));
      } catch (MalformedJsonException e) {
        throw new StoreException(
            StoreException.Kind.SETTINGS,
            file
                + " line "
                + lines.number()
                + " is no line of a failure log: "
                + e.getMessage()
                + "; mend or remove it, nothing was replayed",
            e);
      }
    }
  }

  private void add(LineReader.Line line, LogLine parsed) {
    counts.merge(parsed.kind(), 1L, Long::sum);
    if (parsed.kind() == LogLine.Kind.TORN) {
      return;
    }
    String key = parsed.key();
    long before = lastLines.get(key);
    if (before >= 0) {
      counts.merge(kind(before), -1L, Long::sum);
    }
    lastLines.put(key, value(line, parsed.kind()));
    if (parsed.kind() == LogLine.Kind.REPLAY && prefixes.size() < MAX_PREFIXES) {
      prefixes.add(prefix(key));
    }
  }

  /** {@code default:extract:}, or the whole key where it is built otherwise. */
  private static String prefix(String key) {
    int second = key.indexOf(':', key.indexOf(':') + 1);
    return key.indexOf(':') >= 0 && second >= 0 ? key.substring(0, second + 1) : key;
  }

  private long count(LogLine.Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  private static long value(LineReader.Line line, LogLine.Kind kind) {
    return line.offset() << 2 | kind.ordinal();
  }

  private static LogLine.Kind kind(long value) {
    return KINDS.get((int) (value & 3));
  }
}
