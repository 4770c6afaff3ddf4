package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client's threads. Whoever waits for an answer learns when one of them dies of an error,
 * such as a class that is missing: the client's own time-outs die with it.
 */
final class IoThreads implements ThreadFactory {

  private final ThreadFactory threads = new DefaultThreadFactory("httpclient-dispatch", true);
  private volatile @Nullable Throwable death;

  @Override
  public Thread newThread(Runnable task) {
    return threads.newThread(
        () -> {
          try {
            task.run();
          } catch (Throwable thrown) {
            death = thrown;
            throw thrown;
          }
        });
  }

  /**
   * Waits for an answer that one of the threads brings.
   *
   * @throws StoreException FAULT when a thread has died meanwhile, or before
   */
  <T> T await(CompletableFuture<T> answer) throws InterruptedException, ExecutionException {
    while (true) {
      try {
        return answer.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        Throwable cause = death;
        if (cause != null && !answer.isDone()) {
          answer.cancel(true);
          throw new StoreException(
              StoreException.Kind.FAULT, "the HTTP client's thread died of " + cause, cause);
        }
      }
    }
  }
}
