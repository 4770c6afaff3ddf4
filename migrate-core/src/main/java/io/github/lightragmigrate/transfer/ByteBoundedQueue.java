package io.github.lightragmigrate.transfer;

import io.github.lightragmigrate.reading.Chunk;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Hands chunks from readers to writers and holds only so many bytes. A chunk larger than the bound
 * passes alone.
 */
final class ByteBoundedQueue {

  private final long maxBytes;
  private final Queue<Chunk> chunks = new ArrayDeque<>();
  private long bytes;
  private boolean closed;

  ByteBoundedQueue(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Waits for room. A chunk that is put after the queue was closed is dropped. */
  synchronized void put(Chunk chunk) throws InterruptedException {
    while (!closed && !chunks.isEmpty() && bytes + chunk.bytes() > maxBytes) {
      wait();
    }
    if (!closed) {
      chunks.add(chunk);
      bytes += chunk.bytes();
      notifyAll();
    }
  }

  /** Waits for a chunk; empty when the queue is closed and drained. */
  synchronized Optional<Chunk> take() throws InterruptedException {
    while (!closed && chunks.isEmpty()) {
      wait();
    }
    Chunk chunk = chunks.poll();
    if (chunk == null) {
      return Optional.empty();
    }
    bytes -= chunk.bytes();
    notifyAll();
    return Optional.of(chunk);
  }

  /** No more comes; what is in the queue is still handed out. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Nothing more is handed out. */
  synchronized void abort() {
    chunks.clear();
    bytes = 0;
    close();
  }
}
