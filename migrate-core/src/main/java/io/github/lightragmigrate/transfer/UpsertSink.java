package io.github.lightragmigrate.transfer;

import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.progress.WriteEvent;
import io.github.lightragmigrate.reading.Breach;
import io.github.lightragmigrate.report.FailedRecord;
import io.github.lightragmigrate.retry.Retrier;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Writes to the target: repeats what may succeed later, for the keys that failed alone, and splits
 * a batch that is refused whole until the record at fault stands alone.
 */
final class UpsertSink implements RecordSink {

  private static final String WHAT = "writing";

  private final CacheStore target;
  private final Retrier retrier;
  private final MigrationListener listener;

  UpsertSink(CacheStore target, Retrier retrier, MigrationListener listener) {
    this.listener = listener;
    this.target = target;
    this.retrier = retrier;
  }

  @Override
  public Result write(List<CacheRecord> records) {
    List<FailedRecord> failures = new ArrayList<>();
    List<CacheRecord> written = new ArrayList<>();
    try {
      write(records, written, failures);
    } catch (StoreException e) {
      if (written.isEmpty()) {
        throw e;
      }
      throw new PartlyWrittenException(written, e);
    }
    return new Result(failures, Set.of());
  }

  private void write(
      List<CacheRecord> records, List<CacheRecord> written, List<FailedRecord> failures) {
    List<CacheRecord> pending = records;
    Retrier.Attempts attempts = retrier.attempts(WHAT);
    while (!pending.isEmpty()) {
      List<CacheRecord> batch = pending;
      Map<String, WriteFailure> failed;
      try {
        failed = byKey(batch, retrier.call(WHAT, () -> upsert(batch)));
      } catch (StoreException e) {
        if (e.kind() != StoreException.Kind.REJECTED) {
          throw e;
        }
        writeHalves(
            batch, String.valueOf(e.getMessage()), attempts.failed() + 1, written, failures);
        return;
      }
      batch.stream().filter(record -> !failed.containsKey(record.key())).forEach(written::add);
      pending = worthAnotherAttempt(batch, failed, attempts.failed() + 1, failures);
      if (!pending.isEmpty() && !attempts.again(reason(failed, pending.get(0)))) {
        for (CacheRecord record : pending) {
          failures.add(
              FailedRecord.of(
                  record, FailedRecord.Type.GAVE_UP, reason(failed, record), attempts.failed()));
        }
        return;
      }
    }
  }

  private WriteResult upsert(List<CacheRecord> batch) {
    long start = System.nanoTime();
    WriteResult result = target.upsert(batch);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    long bytes = batch.stream().mapToLong(CacheRecord::size).sum();
    listener.written(new WriteEvent(result.written(), bytes, took));
    return result;
  }

  private static String reason(Map<String, WriteFailure> failed, CacheRecord record) {
    return Objects.requireNonNull(failed.get(record.key())).reason();
  }

  private void writeHalves(
      List<CacheRecord> batch,
      String reason,
      int attempt,
      List<CacheRecord> written,
      List<FailedRecord> failures) {
    if (batch.size() == 1) {
      failures.add(FailedRecord.of(batch.get(0), FailedRecord.Type.REJECTED, reason, attempt));
      return;
    }
    int middle = batch.size() / 2;
    write(batch.subList(0, middle), written, failures);
    write(batch.subList(middle, batch.size()), written, failures);
  }

  /** The others that failed are added to {@code failures}. */
  private static List<CacheRecord> worthAnotherAttempt(
      List<CacheRecord> batch,
      Map<String, WriteFailure> failed,
      int attempt,
      List<FailedRecord> failures) {
    List<CacheRecord> again = new ArrayList<>();
    for (CacheRecord record : batch) {
      WriteFailure failure = failed.get(record.key());
      if (failure != null && failure.retryable()) {
        again.add(record);
      } else if (failure != null) {
        failures.add(
            FailedRecord.of(record, FailedRecord.Type.REJECTED, failure.reason(), attempt));
      }
    }
    return again;
  }

  /** A store that loses count must not be believed. */
  private Map<String, WriteFailure> byKey(List<CacheRecord> batch, WriteResult result) {
    Map<String, WriteFailure> failed = new HashMap<>();
    result.failures().forEach(failure -> failed.put(failure.key(), failure));
    long known = batch.stream().filter(record -> failed.containsKey(record.key())).count();
    if (known != result.failures().size() || result.written() + known != batch.size()) {
      throw Breach.of(
          target,
          "upsert()",
          "gave an answer that does not add up: of "
              + batch.size()
              + " records it reports "
              + result.written()
              + " written and "
              + result.failures().size()
              + " failed");
    }
    return failed;
  }
}
