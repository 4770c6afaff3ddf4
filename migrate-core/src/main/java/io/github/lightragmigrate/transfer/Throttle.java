package io.github.lightragmigrate.transfer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the number of records a second below a limit, on the average since its start. Safe for use
 * by several threads.
 */
final class Throttle {

  private final int perSecond;
  private final long start = System.nanoTime();
  private final AtomicLong admitted = new AtomicLong();
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

  /** Waits until these records may follow those before, or nobody is to wait any more. */
  void admit(int records) throws InterruptedException {
    long before = admitted.getAndAdd(records);
    long left = due(before, perSecond) - (System.nanoTime() - start);
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
