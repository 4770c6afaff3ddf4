package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.testservers.OpenSearchTestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** A test server, and requests to it that go around the adapter. */
final class Server {

  private final OpenSearchTestServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  private Server(OpenSearchTestServer server) {
    this.server = server;
  }

  static Server v2() {
    return new Server(OpenSearchTestServer.sharedV2());
  }

  /** Skips the test where there is none. */
  static Server v3() {
    OpenSearchTestServer.whyNoV3()
        .ifPresent(
            reason -> {
              System.out.println(reason);
              Assumptions.abort(reason);
            });
    return new Server(OpenSearchTestServer.sharedV3());
  }

  Settings settings(String workspace) {
    return settings(workspace, Map.of());
  }

  Settings settings(String workspace, Map<String, String> more) {
    Map<String, String> values = new HashMap<>(server.settings());
    values.put(Setting.WORKSPACE.name(), workspace);
    values.putAll(more);
    return Settings.of(values);
  }

  Map<String, String> environment() {
    return server.settings();
  }

  int status(String method, String path) {
    return send(method, path, "").statusCode();
  }

  JsonValue get(String path) {
    return JsonValue.ofJson(send("GET", path, "").body());
  }

  /** Fails unless the server accepts it. */
  String put(String path, String body) {
    return accepted("PUT", path, body);
  }

  String post(String path, String body) {
    return accepted("POST", path, body);
  }

  void deleteIndex(String name) {
    send("DELETE", "/" + name + "?ignore_unavailable=true", "");
  }

  private String accepted(String method, String path, String body) {
    HttpResponse<String> response = send(method, path, body);
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(method + " " + path + ": " + response.body());
    }
    return response.body();
  }

  private HttpResponse<String> send(String method, String path, String body) {
    try {
      return http.send(
          HttpRequest.newBuilder(
                  URI.create("http://" + server.hosts().replaceFirst(",.*", "") + path))
              .header("Content-Type", "application/json")
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
