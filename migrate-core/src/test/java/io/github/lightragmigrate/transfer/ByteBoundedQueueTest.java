package io.github.lightragmigrate.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.reading.Chunk;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ByteBoundedQueueTest {

  private final ByteBoundedQueue queue = new ByteBoundedQueue(100);

  private static Chunk chunk(long number, long bytes) {
    return new Chunk(0, number, List.of(), List.of(), 0, false, bytes, Optional.empty());
  }

  @Test
  void holdsBackAWriterUntilThereIsRoom() throws Exception {
    queue.put(chunk(1, 60));
    CompletableFuture<Void> put = putLater(chunk(2, 60));
    assertThat(put).isNotDone();
    assertThat(queue.take().orElseThrow().batch()).isEqualTo(1);
    put.get(20, TimeUnit.SECONDS);
    assertThat(queue.take().orElseThrow().batch()).isEqualTo(2);
  }

  @Test
  void whatWasTakenMakesRoomUpToTheBound() throws Exception {
    queue.put(chunk(1, 40));
    queue.take();
    queue.put(chunk(2, 40));
    putLater(chunk(3, 60)).get(20, TimeUnit.SECONDS);
  }

  @Test
  void letsAChunkPassThatIsLargerThanTheBound() throws Exception {
    queue.put(chunk(1, 1000));
    assertThat(queue.take()).isPresent();
  }

  @Test
  void handsOutTheRestAfterClosing() throws Exception {
    queue.put(chunk(1, 10));
    queue.close();
    assertThat(queue.take()).isPresent();
    assertThat(queue.take()).isEmpty();
  }

  @Test
  void abortFreesBothSides() throws Exception {
    queue.put(chunk(1, 100));
    CompletableFuture<Void> put = putLater(chunk(2, 60));
    queue.abort();
    put.get(20, TimeUnit.SECONDS);
    assertThat(queue.take()).isEmpty();
  }

  /** Returns when the other thread waits for room, or is through. */
  private CompletableFuture<Void> putLater(Chunk chunk) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                queue.put(chunk);
                done.complete(null);
              } catch (InterruptedException e) {
                done.completeExceptionally(e);
              }
            });
    thread.start();
    while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
      Thread.onSpinWait();
    }
    return done;
  }
}
