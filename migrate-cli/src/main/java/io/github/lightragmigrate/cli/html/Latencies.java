package io.github.lightragmigrate.cli.html;

import java.time.Duration;

/** Durations of any number of calls, each known to a tenth, in a few kilobytes. */
final class Latencies {

  private static final double STEP = Math.log(1.1);
  private static final int STEPS = 256;
  private static final double LEAST_NANOS = 1000;

  private final long[] counts = new long[STEPS];
  private long calls;
  private long longest;

  void add(Duration duration) {
    long nanos = duration.toNanos();
    int step = (int) Math.ceil(Math.log(Math.max(1, nanos / LEAST_NANOS)) / STEP);
    counts[Math.min(step, STEPS - 1)]++;
    calls++;
    longest = Math.max(longest, nanos);
  }

  long calls() {
    return calls;
  }

  Duration longest() {
    return Duration.ofNanos(longest);
  }

  /**
   * As long as this, within a tenth, or less long were so many of the calls.
   *
   * @param share over 0, 1 at the most
   */
  Duration quantile(double share) {
    long wanted = Math.max(1, (long) Math.ceil(share * calls));
    long seen = 0;
    for (int step = 0; step < STEPS; step++) {
      seen += counts[step];
      if (seen >= wanted) {
        return Duration.ofNanos(Math.min(longest, Math.round(LEAST_NANOS * Math.exp(step * STEP))));
      }
    }
    return Duration.ZERO;
  }
}
