package io.github.lightragmigrate.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.StoreException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IoThreadsTest {

  @Test
  void nobodyWaitsForAThreadThatDied() throws Exception {
    IoThreads threads = new IoThreads();
    CompletableFuture<Void> answer = new CompletableFuture<>();
    Thread thread =
        threads.newThread(
            () -> {
              throw new NoClassDefFoundError("jdk/net/Sockets");
            });
    thread.setUncaughtExceptionHandler((dead, thrown) -> {});
    thread.start();
    assertThatThrownBy(() -> threads.await(answer))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FAULT))
        .hasMessageContaining("jdk/net/Sockets");
    assertThat(answer).isCancelled();
  }

  @Test
  void anAnswerIsGivenOn() throws Exception {
    IoThreads threads = new IoThreads();
    CompletableFuture<String> answer = new CompletableFuture<>();
    threads.newThread(() -> answer.complete("yes")).start();
    assertThat(threads.await(answer)).isEqualTo("yes");
  }
}
