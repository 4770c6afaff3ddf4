package io.github.lightragmigrate.worker;

import io.github.lightragmigrate.spi.StoreException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads that do one thing together. */
public final class Workers {

  private Workers() {}

  /**
   * Runs each task in a daemon thread of its own, {@code lightrag-migrate-1} and so on; returns
   * when no thread is left.
   *
   * @param release lets go those who wait for one another, when one of them failed
   * @throws StoreException INTERRUPTED when this thread was interrupted; otherwise what the first
   *     task that failed threw
   */
  public static void run(List<Callable<Void>> tasks, Runnable release) {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    ExecutorService executor =
        Executors.newFixedThreadPool(
            tasks.size(),
            task -> {
              Thread thread = new Thread(task, "lightrag-migrate-" + (threads.size() + 1));
              thread.setDaemon(true);
              threads.add(thread);
              return thread;
            });
    try {
      await(tasks, executor);
    } finally {
      release.run();
      executor.shutdownNow();
      threads.forEach(Workers::join);
    }
  }

  private static void await(List<Callable<Void>> tasks, ExecutorService threads) {
    ExecutorCompletionService<Void> running = new ExecutorCompletionService<>(threads);
    tasks.forEach(running::submit);
    try {
      for (int i = 0; i < tasks.size(); i++) {
        running.take().get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(StoreException.Kind.INTERRUPTED, "interrupted", e);
    } catch (ExecutionException e) {
      throw unchecked(e.getCause() == null ? e : e.getCause());
    }
  }

  /**
   * Waits for a thread's end, also when this one is interrupted: a store may be in the middle of a
   * call that no interrupt ends; its own time-outs do.
   */
  private static void join(Thread thread) {
    boolean interrupted = Thread.interrupted();
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The fault that a lack of memory is. */
  public static StoreException outOfMemory(Throwable cause) {
    return new StoreException(
        StoreException.Kind.FAULT,
        "out of memory: give Java a larger heap (-Xmx), or ask for smaller batches",
        cause);
  }

  private static RuntimeException unchecked(Throwable cause) {
    if (cause instanceof OutOfMemoryError) {
      return outOfMemory(cause);
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException runtime
        ? runtime
        : new StoreException(StoreException.Kind.INTERRUPTED, "interrupted", cause);
  }
}
