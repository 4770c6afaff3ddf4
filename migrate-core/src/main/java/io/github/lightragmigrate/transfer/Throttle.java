package io.github.lightragmigrate.transfer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps the number of records a second below a limit, on the average since its start. */
final class Throttle {

  private final int perSecond;
  private final long start = System.nanoTime();
  private final CountDownLatch released = new CountDownLatch(1);

  /**
   * @param perSecond 0 for no limit
   */
  Throttle(int perSecond) {
    this.perSecond = perSecond;
  }

  /** How many records may go together, so that a second's worth is never exceeded. */
  int atOnce(int most) {
    return perSecond == 0 ? most : Math.min(most, perSecond);
  }

  /** Waits until more records may follow so many, or nobody is to wait any more. */
  void awaitAfter(long records) throws InterruptedException {
    long left = due(records, perSecond) - (System.nanoTime() - start);
    if (left > 0) {
      released.await(left, TimeUnit.NANOSECONDS);
    }
  }

  /** Nanoseconds after the start at which more may follow. */
  static long due(long records, int perSecond) {
    return perSecond == 0
        ? 0
        : records / perSecond * 1_000_000_000L + records % perSecond * 1_000_000_000L / perSecond;
  }

  /** From now on nobody waits. */
  void release() {
    released.countDown();
  }
}
