package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URI;
import java.net.URLConnection;
import java.util.Optional;

/** Asks a LightRAG server on this machine how it is ({@code GET /health}). */
final class HealthCheck {

  /** LightRAG's. */
  static final int DEFAULT_PORT = 9621;

  private static final int MOST_MILLISECONDS = 1000;
  private static final int MOST_BYTES = 1 << 20;

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

  /**
   * Empty when no LightRAG answers there within a second. Not by java.net.http: that client takes a
   * fifth of a second to load before it sees that nobody is there.
   */
  Optional<ServerHealth> ask(int port) {
    try {
      URLConnection connection =
          URI.create(url(port) + "/health").toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(MOST_MILLISECONDS);
      connection.setReadTimeout(MOST_MILLISECONDS);
      try (InputStream answer = connection.getInputStream()) {
        return ServerHealth.of(JsonValue.ofJson(answer.readNBytes(MOST_BYTES)));
      }
    } catch (IOException | MalformedJsonException e) {
      return Optional.empty();
    }
  }
}
