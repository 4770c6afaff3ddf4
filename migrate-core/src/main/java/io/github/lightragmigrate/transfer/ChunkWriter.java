package io.github.lightragmigrate.transfer;

import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.reading.Chunk;
import io.github.lightragmigrate.report.Accounts;
import io.github.lightragmigrate.report.ErrorGroup;
import io.github.lightragmigrate.report.FailedRecord;
import io.github.lightragmigrate.report.FailureLog;
import io.github.lightragmigrate.report.Tally;
import io.github.lightragmigrate.spi.CacheRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Deals with one chunk after the other: conflicts, writing, failure log, accounts. */
final class ChunkWriter {

  private final CacheTypes types;
  private final ConflictFilter conflicts;
  private final Optional<Sanitizer> sanitizer;
  private final RecordSink sink;
  private final KeptForm keptForm;
  private final Optional<FailureLog> failureLog;
  private final UnaryOperator<String> mask;
  private final Ledger ledger;
  private final MigrationListener listener;

  ChunkWriter(
      CacheTypes types,
      ConflictFilter conflicts,
      Optional<Sanitizer> sanitizer,
      RecordSink sink,
      KeptForm keptForm,
      Optional<FailureLog> failureLog,
      UnaryOperator<String> mask,
      Ledger ledger,
      MigrationListener listener) {
    this.listener = listener;
    this.types = types;
    this.conflicts = conflicts;
    this.sanitizer = sanitizer;
    this.sink = sink;
    this.keptForm = keptForm;
    this.failureLog = failureLog;
    this.mask = mask;
    this.ledger = ledger;
  }

  void write(Chunk chunk) {
    List<FailedRecord> failures = new ArrayList<>();
    List<CacheRecord> usable = new ArrayList<>();
    for (CacheRecord record : chunk.records()) {
      Usable.problem(record)
          .ifPresentOrElse(
              problem ->
                  failures.add(FailedRecord.of(record, FailedRecord.Type.REJECTED, problem, 0)),
              () -> usable.add(record));
    }
    List<CacheRecord> given = conflicts.toWrite(usable);
    List<CacheRecord> toWrite = sanitizer.map(cleaner -> cleaner.clean(given)).orElse(given);
    RecordSink.Result result;
    try {
      result = sink.write(toWrite);
    } catch (PartlyWrittenException e) {
      ledger.doneUnlogged(written(e.written()));
      throw e.fault();
    }
    failures.addAll(originals(result.failures(), given));
    chunk.unreadable().forEach(record -> failures.add(FailedRecord.unreadable(record)));
    failures.replaceAll(failure -> failure.withReason(mask.apply(failure.reason())));
    Map<String, CacheRecord> written = new LinkedHashMap<>();
    toWrite.forEach(record -> written.put(record.key(), record));
    failures.forEach(failure -> written.remove(failure.key()));
    List<FailedRecord> sanitized = sanitized(given, written);
    List<FailedRecord> lines = new ArrayList<>(failures);
    lines.addAll(sanitized);
    Accounts accounts = accounts(chunk, written, result, failures, sanitized);
    boolean logged = false;
    try {
      failureLog.ifPresent(log -> log.append(lines));
      logged = true;
    } finally {
      if (!logged) {
        // what was written is written
        ledger.doneUnlogged(accounts);
      }
    }
    ledger.done(chunk, accounts, failures);
    lines.forEach(listener::recordFailed);
  }

  private Accounts written(List<CacheRecord> records) {
    Map<String, Tally> byType = new LinkedHashMap<>();
    Map<String, Long> changedFields = new LinkedHashMap<>();
    for (CacheRecord record : records) {
      byType.merge(types.of(record.key()), Tally.written(false, false), Tally::plus);
      keptForm.count(record, changedFields);
    }
    return new Accounts(byType, 0, List.of(), changedFields, List.of());
  }

  /** With the records as they were read, not as they were cleaned. */
  private static List<FailedRecord> originals(
      List<FailedRecord> failures, List<CacheRecord> given) {
    if (failures.isEmpty()) {
      return failures;
    }
    Map<String, CacheRecord> byKey = new HashMap<>();
    given.forEach(record -> byKey.put(record.key(), record));
    return failures.stream()
        .map(failure -> failure.withRecord(Objects.requireNonNull(byKey.get(failure.key()))))
        .toList();
  }

  private static List<FailedRecord> sanitized(
      List<CacheRecord> given, Map<String, CacheRecord> written) {
    return given.stream()
        .filter(record -> written.containsKey(record.key()) && written.get(record.key()) != record)
        .map(
            record ->
                FailedRecord.of(
                    record,
                    FailedRecord.Type.SANITIZED,
                    "written without the characters that the target cannot hold; this is how it"
                        + " was",
                    1))
        .toList();
  }

  private Accounts accounts(
      Chunk chunk,
      Map<String, CacheRecord> written,
      RecordSink.Result result,
      List<FailedRecord> failures,
      List<FailedRecord> sanitized) {
    Set<String> failed = new HashSet<>();
    failures.forEach(failure -> failed.add(failure.key()));
    List<String> sanitizedKeys = sanitized.stream().map(FailedRecord::key).toList();
    Set<String> cleaned = Set.copyOf(sanitizedKeys);
    Map<String, Tally> byType = new LinkedHashMap<>();
    Map<String, Long> changedFields = new LinkedHashMap<>();
    for (CacheRecord record : chunk.records()) {
      String key = record.key();
      Tally tally = failed.contains(key) ? Tally.FAILED : Tally.SKIPPED;
      if (written.containsKey(key)) {
        tally = Tally.written(result.overwritten().contains(key), cleaned.contains(key));
        keptForm.count(written.get(key), changedFields);
      }
      byType.merge(types.of(key), tally, Tally::plus);
    }
    chunk
        .unreadable()
        .forEach(record -> byType.merge(types.of(record.key()), Tally.UNREADABLE, Tally::plus));
    return new Accounts(byType, chunk.vanished(), errors(failures), changedFields, sanitizedKeys);
  }

  private static List<ErrorGroup> errors(List<FailedRecord> failures) {
    Accounts errors = Accounts.NONE;
    for (FailedRecord failure : failures) {
      errors = errors.plus(new Accounts(Map.of(), 0, List.of(group(failure)), Map.of(), List.of()));
    }
    return errors.errors();
  }

  private static ErrorGroup group(FailedRecord failure) {
    return new ErrorGroup(
        failure.type().name().toLowerCase(Locale.ROOT),
        1,
        List.of(new ErrorGroup.Example(failure.key(), failure.reason())));
  }
}
