package io.github.lightragmigrate.json;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** An HTTP server on 127.0.0.1 with answers of the test's own. */
final class FakeHttp implements AutoCloseable {

  private final HttpServer server;

  FakeHttp() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.start();
  }

  /** Answers requests for the path with what the function makes of their bodies. */
  FakeHttp on(String path, UnaryOperator<String> answer) {
    server.createContext(
        path,
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          byte[] reply = answer.apply(body).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, reply.length);
          exchange.getResponseBody().write(reply);
          exchange.close();
        });
    return this;
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return HealthCheck.url(port());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
