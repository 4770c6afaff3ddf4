package io.github.lightragmigrate.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A FAKE in front of a real OpenSearch: refuses some bulk requests whole, with 429 or 503, and some
 * items of others, which it does not pass on. Everything else is the real server's.
 */
final class BulkFaultServer implements AutoCloseable {

  private static final int REFUSED_WHOLE = 4;
  private static final int REFUSED_IN_PART = 2;
  private static final int REFUSED_ITEM = 5;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final InetSocketAddress real;
  private final Random random;
  private int refusals;

  BulkFaultServer(InetSocketAddress real, Random random) throws IOException {
    this.real = real;
    this.random = random;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Requests and items that were refused. */
  synchronized int refusals() {
    return refusals;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      boolean bulk = exchange.getRequestURI().getPath().endsWith("/_bulk");
      if (!bulk) {
        HttpResponse<byte[]> answer = pass(exchange, body);
        answer(exchange, answer.statusCode(), answer.body());
      } else if (chance(REFUSED_WHOLE)) {
        refused(1);
        int status = chance(2) ? 429 : 503;
        String error =
            "{\"error\":{\"type\":\"rejected_execution_exception\",\"reason\":\"FAKE: queue full\"},"
                + "\"status\":"
                + status
                + "}";
        answer(exchange, status, error.getBytes(StandardCharsets.UTF_8));
      } else {
        bulkInPart(exchange, new String(body, StandardCharsets.UTF_8));
      }
    }
  }

  /** Action and document alternate, a line each. */
  private void bulkInPart(HttpExchange exchange, String body) throws IOException {
    List<String> lines = body.lines().toList();
    TreeSet<Integer> out = new TreeSet<>();
    StringBuilder passed = new StringBuilder();
    boolean inPart = chance(REFUSED_IN_PART);
    for (int item = 0; item < lines.size() / 2; item++) {
      if (inPart && chance(REFUSED_ITEM)) {
        out.add(item);
      } else {
        passed
            .append(lines.get(2 * item))
            .append('\n')
            .append(lines.get(2 * item + 1))
            .append('\n');
      }
    }
    if (passed.isEmpty()) {
      passed.append(body);
      out.clear();
    }
    HttpResponse<byte[]> real = pass(exchange, passed.toString().getBytes(StandardCharsets.UTF_8));
    if (out.isEmpty() || real.statusCode() != 200) {
      answer(exchange, real.statusCode(), real.body());
      return;
    }
    refused(out.size());
    ObjectNode merged = (ObjectNode) json.readTree(real.body());
    List<JsonNode> items = new ArrayList<>();
    merged.get("items").forEach(items::add);
    for (int item : out) {
      items.add(item, refusal(json.readTree(lines.get(2 * item))));
    }
    ArrayNode all = json.createArrayNode();
    items.forEach(all::add);
    merged.put("errors", true).set("items", all);
    answer(exchange, 200, json.writeValueAsBytes(merged));
  }

  private JsonNode refusal(JsonNode action) {
    String operation = action.fieldNames().next();
    ObjectNode result = (ObjectNode) action.get(operation).deepCopy();
    result.put("status", 429);
    result
        .putObject("error")
        .put("type", chance(2) ? "es_rejected_execution_exception" : "rejected_execution_exception")
        .put("reason", "FAKE: queue full");
    return json.createObjectNode().set(operation, result);
  }

  private HttpResponse<byte[]> pass(HttpExchange exchange, byte[] body) throws IOException {
    URI uri =
        URI.create(
            "http://" + real.getHostString() + ":" + real.getPort() + exchange.getRequestURI());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    List<String> types = exchange.getRequestHeaders().getOrDefault("Content-Type", List.of());
    types.forEach(type -> request.header("Content-Type", type));
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) {
    try {
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
      boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, none ? -1 : body.length);
      if (!none) {
        exchange.getResponseBody().write(body);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private synchronized void refused(int count) {
    refusals += count;
  }
}
