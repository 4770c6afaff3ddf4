package io.github.lightragmigrate.retry;

import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.progress.RetryEvent;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Calls a store again after faults that pass. Safe for use by several threads. */
public final class Retrier {

  private final RetryPolicy policy;
  private final MigrationListener listener;
  private final CountDownLatch stopped = new CountDownLatch(1);

  public Retrier(RetryPolicy policy, MigrationListener listener) {
    this.policy = policy;
    this.listener = listener;
  }

  /** From now on nothing is tried again, and who waits for another attempt gives up. */
  public void stop() {
    stopped.countDown();
  }

  /**
   * The attempts at one thing.
   *
   * @param what the call, for people: {@code reading}
   */
  public Attempts attempts(String what) {
    return new Attempts(what);
  }

  /**
   * Calls until it succeeds, or a fault does not pass.
   *
   * @param what the call, for people: {@code reading}
   * @throws StoreException the last fault, when it does not pass in time or is of another kind
   */
  public <T> T call(String what, Supplier<T> call) {
    Attempts attempts = attempts(what);
    while (true) {
      try {
        return call.get();
      } catch (StoreException e) {
        if (!e.retryable() || !attempts.again(String.valueOf(e.getMessage()))) {
          throw e;
        }
      }
    }
  }

  /** As {@link #call}, for a call without a result. */
  public void run(String what, Runnable call) {
    call(
        what,
        () -> {
          call.run();
          return true;
        });
  }

  /** Counts the attempts at one thing, and the time since the first that failed. */
  public final class Attempts {

    private final String what;
    private int failed;
    private long firstFailure;

    private Attempts(String what) {
      this.what = what;
    }

    /** Attempts that failed. */
    public int failed() {
      return failed;
    }

    /**
     * Call it after a failure: waits and returns true when there is to be another attempt.
     *
     * @throws StoreException INTERRUPTED, also when it was stopped: what failed is then to be done
     *     by another run, and is not given up
     */
    public boolean again(String reason) {
      long now = System.nanoTime();
      firstFailure = failed == 0 ? now : firstFailure;
      failed++;
      Duration left = policy.budget().minusNanos(now - firstFailure);
      if (failed >= policy.attempts() || left.isNegative() || left.isZero()) {
        return false;
      }
      if (stopped.getCount() == 0) {
        throw stopped(reason);
      }
      Duration delay = policy.delay(failed, ThreadLocalRandom.current().nextDouble());
      Duration wait = delay.compareTo(left) < 0 ? delay : left;
      listener.retrying(new RetryEvent(what, failed, wait, left, reason));
      try {
        if (stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
          throw stopped(reason);
        }
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreException(StoreException.Kind.INTERRUPTED, "interrupted while " + what, e);
      }
    }

    private StoreException stopped(String reason) {
      return new StoreException(
          StoreException.Kind.INTERRUPTED, "stopped while " + what + " failed: " + reason);
    }
  }
}
