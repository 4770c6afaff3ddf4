package io.github.lightragmigrate.cli.terminal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/** How fast something grows, over the last ten seconds or so. */
final class Rate {

  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long APART_NANOS = WINDOW_NANOS / 20;
  private static final double NANOS = 1e9;

  private record Sample(long nanos, long done) {}

  private final long start;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private Sample last;

  /**
   * @param start of the first growth, in nanoseconds
   */
  Rate(long start) {
    this.start = start;
    this.last = new Sample(start, 0);
  }

  /**
   * @param more of {@code done}, what came since the last call
   */
  void add(long nanos, long done, long more) {
    if (samples.isEmpty()) {
      // what earlier runs did is none of this run's speed
      samples.add(new Sample(start, done - more));
    } else if (done < last.done()) {
      // it began anew
      samples.clear();
      samples.add(new Sample(last.nanos(), done - more));
    }
    last = new Sample(nanos, done);
    if (nanos - samples.getLast().nanos() >= APART_NANOS) {
      samples.add(last);
    }
    while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW_NANOS) {
      samples.removeFirst();
    }
  }

  double perSecond() {
    if (samples.isEmpty()) {
      return 0;
    }
    Sample first = samples.getFirst();
    long nanos = last.nanos() - first.nanos();
    return nanos <= 0 ? 0 : (last.done() - first.done()) * NANOS / nanos;
  }

  /** Rounded up; empty where nothing grows. */
  OptionalLong secondsFor(long left) {
    double perSecond = perSecond();
    return perSecond <= 0
        ? OptionalLong.empty()
        : OptionalLong.of((long) Math.ceil(left / perSecond));
  }
}
