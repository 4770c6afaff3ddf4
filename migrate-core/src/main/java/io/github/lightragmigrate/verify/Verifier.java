package io.github.lightragmigrate.verify;

import io.github.lightragmigrate.reading.Chunk;
import io.github.lightragmigrate.reading.PartReaders;
import io.github.lightragmigrate.reading.Parts;
import io.github.lightragmigrate.report.Verdict;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.OnConflict;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.UnreadableRecord;
import io.github.lightragmigrate.transfer.Route;
import io.github.lightragmigrate.worker.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the source once, part by part, and compares each record with the target's. */
public final class Verifier {

  private static final long CHUNK_BYTES = 8L << 20;

  /**
   * What to compare, and how.
   *
   * @param onConflict as in the migration that is verified
   * @param known keys whose failure is known
   * @param batchSize records read at once, at the most
   * @param readers parts of the source that are read and compared at the same time
   */
  public record Options(
      Selection selection,
      OnConflict onConflict,
      Predicate<String> known,
      int batchSize,
      int readers) {}

  private final Options options;
  private final Lookup source;
  private final Lookup target;
  private final Comparer comparer;
  private final Findings findings;
  private final LongConsumer progress;
  private volatile boolean stopped;
  private volatile @Nullable PartReaders running;

  /**
   * @param progress is given the number of records compared so far, after each chunk
   */
  public Verifier(Route route, Options options, Findings findings, LongConsumer progress) {
    this.options = options;
    this.source = new Lookup(route.source(), route.sourceRetrier());
    this.target = new Lookup(route.target(), route.targetRetrier());
    this.comparer = new Comparer(route.target(), options.onConflict(), options.known());
    this.findings = findings;
    this.progress = progress;
  }

  /** Ends {@link #run} early. May be called from any thread. */
  public void stop() {
    stopped = true;
    PartReaders parts = running;
    if (parts != null) {
      parts.stop();
    }
  }

  /**
   * Compares all.
   *
   * @param count of the source, when it was asked last
   * @return false when it was stopped before the source's end
   */
  public boolean run(long count) {
    PartReaders parts =
        new PartReaders(
            source.store(),
            options.selection(),
            count,
            Parts.of(source.store(), options.selection(), options.readers(), source.retrier()),
            options.readers(),
            options.batchSize(),
            new PageLimit(options.batchSize(), CHUNK_BYTES),
            source.retrier());
    running = parts;
    if (stopped) {
      parts.stop();
    }
    Workers.run(
        parts.tasks(
            chunk -> {
              compare(chunk);
              tellProgress();
            }),
        parts::stop);
    return parts.isAtTheEnd();
  }

  private synchronized void tellProgress() {
    progress.accept(findings.total());
  }

  private void compare(Chunk chunk) {
    List<CacheRecord> unlike = new ArrayList<>();
    for (List<CacheRecord> part : Lookup.parts(chunk.records())) {
      List<Comparison> comparisons = comparer.compare(part, target.find(part));
      for (int i = 0; i < part.size(); i++) {
        if (comparisons.get(i).verdict().isDifference()) {
          unlike.add(part.get(i));
        } else {
          findings.add(comparisons.get(i));
        }
      }
    }
    for (List<CacheRecord> part : Lookup.parts(unlike)) {
      compareAgain(part);
    }
    chunk.unreadable().forEach(record -> findings.add(comparer.unreadable(record)));
    if (chunk.vanished() > 0) {
      findings.add(Verdict.VANISHED, chunk.vanished());
    }
  }

  /** Either side may have changed since the page was read; only what still differs counts. */
  private void compareAgain(List<CacheRecord> records) {
    Lookup.Found now = source.find(records);
    List<CacheRecord> present = new ArrayList<>();
    for (CacheRecord record : records) {
      Optional<CacheRecord> current = now.record(record.key());
      Optional<UnreadableRecord> unreadable = now.unreadable(record.key());
      if (current.isPresent()) {
        present.add(current.get().withoutNullTimes());
      } else if (unreadable.isPresent()) {
        findings.add(comparer.unreadable(unreadable.get()));
      } else {
        findings.add(Comparison.of(record.key(), Verdict.VANISHED));
      }
    }
    if (!present.isEmpty()) {
      comparer.compare(present, target.find(present)).forEach(findings::add);
    }
  }
}
