package io.github.lightragmigrate.transfer;

import io.github.lightragmigrate.progress.BatchProgress;
import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.reading.Chunk;
import io.github.lightragmigrate.report.ErrorGroup;
import io.github.lightragmigrate.report.FailedRecord;
import io.github.lightragmigrate.report.MigrationReport.Batches;
import io.github.lightragmigrate.report.Tally;
import io.github.lightragmigrate.spi.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the accounts: what became of every record, by type and by batch. Batches are announced in
 * the order in which they were read, whatever the order in which writers finish. Safe for use by
 * several threads.
 */
public final class Ledger {

  private static final int EXAMPLES = 5;

  private final Selection selection;
  private final int batchSize;
  private final long expected;
  private final MigrationListener listener;

  private final Map<String, Tally> byType = new LinkedHashMap<>();
  private final Map<FailedRecord.Type, Long> errorCounts = new EnumMap<>(FailedRecord.Type.class);
  private final Map<FailedRecord.Type, List<ErrorGroup.Example>> errorExamples =
      new EnumMap<>(FailedRecord.Type.class);
  private final Map<Long, OpenBatch> open = new HashMap<>();
  private Tally total = Tally.ZERO;
  private long announced;
  private long announcedRecords;
  private long failedBatches;

  public Ledger(Selection selection, int batchSize, long expected, MigrationListener listener) {
    this.selection = selection;
    this.batchSize = batchSize;
    this.expected = expected;
    this.listener = listener;
    selection.prefixes().forEach(prefix -> byType.put(typeOf(prefix), Tally.ZERO));
  }

  /** Before the chunk is handed to a writer. */
  synchronized void begin(Chunk chunk) {
    OpenBatch batch = open.computeIfAbsent(chunk.batch(), number -> new OpenBatch());
    batch.pending++;
    batch.complete |= chunk.last();
    if (batch.group.isEmpty()) {
      batch.group = chunkGroup(chunk);
    }
  }

  /** When all of the chunk's records are dealt with, and the failed ones are in the log. */
  synchronized void done(Chunk chunk, Map<String, Tally> byPrefix, List<FailedRecord> failures) {
    byPrefix.forEach(
        (prefix, tally) -> {
          byType.merge(typeOf(prefix), tally, Tally::plus);
          total = total.plus(tally);
        });
    total = total.plus(new Tally(0, 0, 0, 0, 0, 0, chunk.vanished()));
    failures.forEach(this::count);
    OpenBatch batch = open.get(chunk.batch());
    if (batch == null) {
      throw new IllegalStateException("batch " + chunk.batch() + " was never begun");
    }
    batch.pending--;
    batch.records += chunk.size();
    batch.failed += failures.size();
    if (batch.reason.isEmpty() && !failures.isEmpty()) {
      batch.reason = Optional.of(failures.get(0).reason());
    }
    announce();
  }

  /** What became of all records so far. */
  public synchronized Tally total() {
    return total;
  }

  /** The same by cache type, an entry for each prefix of the selection. */
  public synchronized Map<String, Tally> byType() {
    return new LinkedHashMap<>(byType);
  }

  public synchronized Batches batches() {
    return new Batches(expectedBatches(), announced - failedBatches, failedBatches);
  }

  /** Most frequent first. */
  public synchronized List<ErrorGroup> errors() {
    return errorCounts.entrySet().stream()
        .map(
            entry ->
                new ErrorGroup(
                    entry.getKey().name().toLowerCase(Locale.ROOT),
                    entry.getValue(),
                    errorExamples.getOrDefault(entry.getKey(), List.of())))
        .sorted(Comparator.comparingLong(ErrorGroup::count).reversed())
        .toList();
  }

  private void count(FailedRecord failure) {
    errorCounts.merge(failure.type(), 1L, Long::sum);
    List<ErrorGroup.Example> examples =
        errorExamples.computeIfAbsent(failure.type(), type -> new ArrayList<>());
    if (examples.size() < EXAMPLES) {
      examples.add(new ErrorGroup.Example(failure.key(), failure.reason()));
    }
  }

  private void announce() {
    while (true) {
      OpenBatch batch = open.get(announced + 1);
      if (batch == null || !batch.complete || batch.pending > 0) {
        return;
      }
      open.remove(++announced);
      announcedRecords += batch.records;
      if (batch.failed > 0) {
        failedBatches++;
      }
      listener.batchDone(
          new BatchProgress(
              announced,
              expectedBatches(),
              announcedRecords,
              Math.max(expected, announcedRecords),
              batch.group,
              batch.records,
              batch.failed,
              batch.reason));
    }
  }

  private long expectedBatches() {
    return Math.max((expected + batchSize - 1) / batchSize, announced);
  }

  private String chunkGroup(Chunk chunk) {
    String key =
        !chunk.records().isEmpty()
            ? chunk.records().get(0).key()
            : !chunk.unreadable().isEmpty() ? chunk.unreadable().get(0).key() : "";
    return selection.prefixOf(key).map(Ledger::withoutColon).orElse("");
  }

  private static String withoutColon(String prefix) {
    return prefix.endsWith(":") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }

  private static String typeOf(String prefix) {
    String group = withoutColon(prefix);
    return group.startsWith("default:") ? group.substring("default:".length()) : group;
  }

  private static final class OpenBatch {
    private int pending;
    private boolean complete;
    private int records;
    private int failed;
    private String group = "";
    private Optional<String> reason = Optional.empty();
  }
}
