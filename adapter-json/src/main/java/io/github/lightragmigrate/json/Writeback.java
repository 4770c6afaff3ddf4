package io.github.lightragmigrate.json;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Has what is written to a file brought to the disk meanwhile, so that little is left to wait for
 * at the end. Not safe for use by several threads.
 */
final class Writeback implements Closeable {

  private static final long STEP = 32L << 20;

  private final FileChannel channel;

  /** A fault of the disk is told once, by whichever call comes first: nothing follows it. */
  private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

  private long begun;

  Writeback(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * The file has grown.
   *
   * @param length of it by now
   */
  void written(long length) {
    if (length - begun >= STEP && running.isDone() && !running.isCompletedExceptionally()) {
      begun = length;
      running = CompletableFuture.runAsync(this::force, Writeback::start);
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "lightrag-migrate-writeback");
    thread.setDaemon(true);
    thread.start();
  }

  private void force() {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until nothing is under way.
   *
   * @throws IOException when something could not be brought to the disk
   */
  void finish() throws IOException {
    try {
      running.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException fault) {
        throw fault.getCause();
      }
      throw e;
    }
  }

  /** Waits likewise; what could not be brought to the disk is not wanted any more. */
  @Override
  public void close() {
    running.handle((done, fault) -> done).join();
  }
}
