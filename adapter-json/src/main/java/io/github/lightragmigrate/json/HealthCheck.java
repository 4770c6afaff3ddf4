package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a LightRAG server on this machine how it is ({@code GET /health}). */
final class HealthCheck {

  /** LightRAG's. */
  static final int DEFAULT_PORT = 9621;

  private static final int MOST_SECONDS = 1;

  private final HttpClient client =
      HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

  /** The port that the text names; LightRAG's default where it names none, as LightRAG has it. */
  static int port(String text) {
    try {
      int port = Integer.parseInt(text.strip());
      return port > 0 && port < 1 << 16 ? port : DEFAULT_PORT;
    } catch (NumberFormatException e) {
      return DEFAULT_PORT;
    }
  }

  static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  /** Empty when no LightRAG answers there within a second. */
  Optional<ServerHealth> ask(int port) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url(port) + "/health")).build();
    CompletableFuture<byte[]> answer =
        client.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(reply -> reply.body());
    try {
      return ServerHealth.of(JsonValue.ofJson(answer.get(MOST_SECONDS, TimeUnit.SECONDS)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException | MalformedJsonException e) {
      return Optional.empty();
    } finally {
      answer.cancel(true);
    }
  }
}
