package io.github.lightragmigrate.retry;

import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.progress.RetryEvent;
import io.github.lightragmigrate.spi.StoreException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Calls a store again after faults that pass. */
public final class Retrier {

  private final RetryPolicy policy;
  private final MigrationListener listener;

  public Retrier(RetryPolicy policy, MigrationListener listener) {
    this.policy = policy;
    this.listener = listener;
  }

  public int attempts() {
    return policy.attempts();
  }

  /**
   * Calls until it succeeds, or a fault does not pass.
   *
   * @param what the call, for people: {@code reading}
   * @throws StoreException the last fault, when it does not pass in time or is of another kind
   */
  public <T> T call(String what, Supplier<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (StoreException e) {
        if (!e.retryable() || attempt == policy.attempts()) {
          throw e;
        }
        pause(what, attempt, String.valueOf(e.getMessage()));
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

  /**
   * Waits before another attempt.
   *
   * @param failedAttempts calls that failed so far, at least 1
   * @throws StoreException INTERRUPTED
   */
  public void pause(String what, int failedAttempts, String reason) {
    Duration delay = policy.delay(failedAttempts, ThreadLocalRandom.current().nextDouble());
    listener.retrying(new RetryEvent(what, failedAttempts, policy.attempts(), delay, reason));
    try {
      Thread.sleep(delay.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(StoreException.Kind.INTERRUPTED, "interrupted while " + what, e);
    }
  }
}
