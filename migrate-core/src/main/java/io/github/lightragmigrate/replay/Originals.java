package io.github.lightragmigrate.replay;

import io.github.lightragmigrate.report.LineReader;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.OnConflict;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.UnreadableRecord;
import io.github.lightragmigrate.spi.WriteFailure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Chooses among the records that were cleaned for some target, and that a log keeps as they were.
 * The one that is replayed to can be another, or hold more by now: what it can hold as it was is
 * written so, unless it has something newer. What it can hold neither way is counted.
 */
public final class Originals {

  private static final int KEYS_A_CALL = 100;
  private static final long BYTES_A_CALL = 4L << 20;

  private final LogIndex log;
  private final CacheStore target;
  private final Function<List<String>, Page> find;
  private final OnConflict onConflict;
  private final boolean cleaning;
  private long absent;

  /**
   * @param find looks keys up in the target
   * @param cleaning the replay cleans what the target cannot hold
   */
  public Originals(
      LogIndex log,
      CacheStore target,
      Function<List<String>, Page> find,
      OnConflict onConflict,
      boolean cleaning) {
    this.log = log;
    this.target = target;
    this.find = find;
    this.onConflict = onConflict;
    this.cleaning = cleaning;
  }

  /**
   * Marks in the log's index what is to be replayed.
   *
   * @return records that the target has in no form and cannot hold as they were
   * @throws StoreException as the target does; FAULT when the log cannot be read
   */
  public long choose() {
    if (log.sanitized() == 0) {
      return 0;
    }
    try (FileChannel file = FileChannel.open(log.file(), StandardOpenOption.READ)) {
      LineReader lines = new LineReader(file, 0, log.size());
      List<CacheRecord> batch = new ArrayList<>();
      long bytes = 0;
      for (Optional<LineReader.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
        Optional<CacheRecord> record = log.sanitized(line.get());
        if (record.isPresent()) {
          batch.add(record.get());
          bytes += record.get().size();
        }
        if (batch.size() == KEYS_A_CALL || bytes >= BYTES_A_CALL) {
          choose(batch);
          batch.clear();
          bytes = 0;
        }
      }
      choose(batch);
      return absent;
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.FAULT, "cannot read the failure log " + log.file() + ": " + e, e);
    }
  }

  private void choose(List<CacheRecord> records) {
    if (records.isEmpty()) {
      return;
    }
    Set<String> rejected =
        target.rejected(records).stream().map(WriteFailure::key).collect(Collectors.toSet());
    Page page = find.apply(records.stream().map(CacheRecord::key).toList());
    Map<String, CacheRecord> present = new HashMap<>();
    page.records().forEach(record -> present.put(record.key(), record));
    Set<String> held = new HashSet<>(present.keySet());
    page.unreadable().stream().map(UnreadableRecord::key).forEach(held::add);
    for (CacheRecord record : records) {
      boolean fits = !rejected.contains(record.key());
      if (held.contains(record.key())
          ? fits && givesWay(Optional.ofNullable(present.get(record.key())), record)
          : fits || cleaning) {
        log.replay(record.key());
      } else if (!held.contains(record.key())) {
        absent++;
      }
    }
  }

  /** A cleaned record has the time of the original. */
  private boolean givesWay(Optional<CacheRecord> present, CacheRecord original) {
    int newer =
        present.map(record -> updateTime(record).compareTo(updateTime(original))).orElse(-1);
    return switch (onConflict) {
      case OVERWRITE -> newer <= 0;
      case NEWER -> newer < 0;
      case SKIP -> false;
    };
  }

  private static BigDecimal updateTime(CacheRecord record) {
    return record.field("update_time").flatMap(JsonValue::asDecimal).orElse(BigDecimal.ZERO);
  }
}
