package io.github.lightragmigrate.cli.html;

import io.github.lightragmigrate.progress.BatchProgress;
import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.progress.WriteEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How a run went over time, in bounded memory: when there are too many intervals, each two become
 * one of twice the length.
 */
public final class Timeline implements MigrationListener {

  private static final int INTERVALS = 96;
  private static final long FIRST_LENGTH_NANOS = Duration.ofMillis(100).toNanos();

  /**
   * A part of the run's time.
   *
   * @param records dealt with; a batch counts evenly for the time since the one before
   * @param calls to the target that came back
   * @param waited for them, in all
   * @param longest of them
   */
  record Interval(double records, long calls, Duration waited, Duration longest) {

    static final Interval NOTHING = new Interval(0, 0, Duration.ZERO, Duration.ZERO);

    Interval plus(Interval other) {
      return new Interval(
          records + other.records,
          calls + other.calls,
          waited.plus(other.waited),
          longest.compareTo(other.longest) > 0 ? longest : other.longest);
    }
  }

  private final LongSupplier nanoTime;
  private final long start;
  private final Latencies latencies = new Latencies();
  private List<Interval> intervals = new ArrayList<>();
  private long length = FIRST_LENGTH_NANOS;
  private long batchesUntil;

  /** Time runs from now on. */
  public Timeline() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  Timeline(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  @Override
  public synchronized void batchDone(BatchProgress progress) {
    long now = nanoTime.getAsLong() - start;
    long from = batchesUntil;
    long took = now - from;
    int last = indexOf(now);
    for (int index = (int) (from / length); index <= last; index++) {
      long part = Math.min(now, (index + 1) * length) - Math.max(from, index * length);
      double share = took == 0 ? 1 : (double) part / took;
      add(index, new Interval(share * progress.records(), 0, Duration.ZERO, Duration.ZERO));
    }
    batchesUntil = now;
  }

  @Override
  public synchronized void written(WriteEvent event) {
    latencies.add(event.duration());
    int index = indexOf(nanoTime.getAsLong() - start);
    add(index, new Interval(0, 1, event.duration(), event.duration()));
  }

  /** From the start to the last one in which something happened. */
  synchronized List<Interval> intervals() {
    return List.copyOf(intervals);
  }

  /** Of an interval. */
  synchronized Duration length() {
    return Duration.ofNanos(length);
  }

  /** To be read when the run has ended. */
  Latencies latencies() {
    return latencies;
  }

  private int indexOf(long elapsed) {
    while (elapsed / length >= INTERVALS) {
      halve();
    }
    return (int) (elapsed / length);
  }

  private void add(int index, Interval event) {
    while (intervals.size() <= index) {
      intervals.add(Interval.NOTHING);
    }
    intervals.set(index, intervals.get(index).plus(event));
  }

  private void halve() {
    List<Interval> pairs = new ArrayList<>();
    for (int i = 0; i < intervals.size(); i += 2) {
      Interval first = intervals.get(i);
      pairs.add(i + 1 < intervals.size() ? first.plus(intervals.get(i + 1)) : first);
    }
    intervals = pairs;
    length *= 2;
  }
}
