package io.github.lightragmigrate.json;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Has what is written to a file brought to the disk meanwhile, so that little is left to wait for
 * at the end. Not safe for use by several threads.
 */
final class Writeback implements Closeable {

  private static final long STEP = 32L << 20;

  private final FileChannel channel;
  private @Nullable Thread thread;
  private long begun;

  /** A fault of the disk is told once, by whichever call comes first. */
  private volatile @Nullable IOException fault;

  Writeback(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * The file has grown.
   *
   * @param length of it by now
   */
  void written(long length) {
    Thread running = thread;
    if (length - begun < STEP || (running != null && running.isAlive())) {
      return;
    }
    begun = length;
    Thread next = new Thread(this::force, "lightrag-migrate-writeback");
    next.setDaemon(true);
    thread = next;
    next.start();
  }

  private void force() {
    try {
      channel.force(false);
    } catch (IOException e) {
      fault = e;
    }
  }

  /**
   * Waits until nothing is under way.
   *
   * @throws IOException when something could not be brought to the disk
   */
  void finish() throws IOException {
    await();
    IOException found = fault;
    if (found != null) {
      throw found;
    }
  }

  private void await() {
    Thread running = thread;
    boolean interrupted = false;
    while (running != null && running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    await();
  }
}
