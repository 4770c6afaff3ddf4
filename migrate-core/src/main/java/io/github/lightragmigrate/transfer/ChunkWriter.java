package io.github.lightragmigrate.transfer;

import io.github.lightragmigrate.reading.Chunk;
import io.github.lightragmigrate.report.FailedRecord;
import io.github.lightragmigrate.report.FailureLog;
import io.github.lightragmigrate.report.Tally;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Deals with one chunk after the other: conflicts, writing, failure log, accounts. */
final class ChunkWriter {

  private final Selection selection;
  private final ConflictFilter conflicts;
  private final RecordSink sink;
  private final Optional<FailureLog> failureLog;
  private final UnaryOperator<String> mask;
  private final Ledger ledger;

  ChunkWriter(
      Selection selection,
      ConflictFilter conflicts,
      RecordSink sink,
      Optional<FailureLog> failureLog,
      UnaryOperator<String> mask,
      Ledger ledger) {
    this.selection = selection;
    this.conflicts = conflicts;
    this.sink = sink;
    this.failureLog = failureLog;
    this.mask = mask;
    this.ledger = ledger;
  }

  void write(Chunk chunk) {
    List<CacheRecord> toWrite = conflicts.toWrite(chunk.records());
    RecordSink.Result result = sink.write(toWrite);
    List<FailedRecord> failures = new ArrayList<>(result.failures());
    chunk.unreadable().forEach(record -> failures.add(FailedRecord.unreadable(record)));
    failures.replaceAll(failure -> failure.withReason(mask.apply(failure.reason())));
    try {
      failureLog.ifPresent(log -> log.append(failures));
    } finally {
      // what was written is written, also when the log cannot be
      ledger.done(chunk, tallies(chunk, toWrite, result), failures);
    }
  }

  private Map<String, Tally> tallies(
      Chunk chunk, List<CacheRecord> toWrite, RecordSink.Result result) {
    Set<String> tried = new HashSet<>();
    toWrite.forEach(record -> tried.add(record.key()));
    Set<String> failed = new HashSet<>();
    result.failures().forEach(failure -> failed.add(failure.key()));
    Map<String, Tally> byPrefix = new HashMap<>();
    for (CacheRecord record : chunk.records()) {
      boolean skipped = !tried.contains(record.key());
      boolean lost = failed.contains(record.key());
      add(
          byPrefix,
          record.key(),
          new Tally(
              1,
              skipped || lost ? 0 : 1,
              !skipped && !lost && result.overwritten().contains(record.key()) ? 1 : 0,
              skipped ? 1 : 0,
              lost ? 1 : 0,
              0,
              0));
    }
    for (UnreadableRecord record : chunk.unreadable()) {
      add(byPrefix, record.key(), new Tally(0, 0, 0, 0, 0, 1, 0));
    }
    return byPrefix;
  }

  private void add(Map<String, Tally> byPrefix, String key, Tally tally) {
    byPrefix.merge(selection.prefixOf(key).orElse(key), tally, Tally::plus);
  }
}
