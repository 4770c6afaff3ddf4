package io.github.lightragmigrate.interop;

import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testservers.OpenSearchTestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Mapping, settings and aliases of an index, and its documents with their sequence numbers. */
final class StructureOfOpenSearch implements StructureView {

  /** What no two indexes share. */
  private static final Set<String> OWN =
      Set.of("uuid", "creation_date", "provided_name", "version");

  private final OpenSearchTestServer server;
  private final Map<String, String> more;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param more variables of LightRAG's
   */
  StructureOfOpenSearch(OpenSearchTestServer server, Map<String, String> more) {
    this.server = server;
    this.more = more;
  }

  @Override
  public String store() {
    return "opensearch";
  }

  @Override
  public Map<String, String> emptyPlace() {
    Map<String, String> place = new HashMap<>(server.settings());
    place.putAll(more);
    place.put("WORKSPACE", "structure-" + UUID.randomUUID());
    return place;
  }

  @Override
  public Map<String, ?> container(Map<String, String> place) {
    Map<String, JsonValue> settings = new TreeMap<>(indexSettings(place));
    settings.keySet().removeAll(OWN);
    return Map.of(
        "mappings", part(place, "mappings"),
        "aliases", part(place, "aliases"),
        "settings", settings);
  }

  @Override
  public Map<String, ?> records(Map<String, String> place) {
    return documents(place, List.of("_source"));
  }

  @Override
  public Map<String, ?> versions(Map<String, String> place) {
    return Map.of(
        "documents", documents(place, List.of("_version", "_seq_no", "_primary_term")),
        "index", indexSettings(place).get("uuid"),
        "settings", stateVersion(place));
  }

  /** An index as LightRAG makes it, with {@code _meta} besides. */
  void createWithMeta(Map<String, String> place, String meta) {
    send(
        "PUT",
        "/" + index(place),
        "{\"mappings\": {\"_meta\": %s, \"dynamic\": true, \"properties\": {\"__mirrored_id\": {\"type\": \"keyword\"}}}}"
            .formatted(meta));
  }

  JsonValue meta(Map<String, String> place) {
    return part(place, "mappings").fields().get("_meta");
  }

  /** Counts how often mapping, settings and aliases were put, even unchanged settings. */
  private JsonValue stateVersion(Map<String, String> place) {
    Map<String, JsonValue> state =
        send("GET", "/_cluster/state/metadata/" + index(place), "")
            .fields()
            .get("metadata")
            .fields()
            .get("indices")
            .fields()
            .get(index(place))
            .fields();
    return JsonValue.array(
        List.of(
            state.get("mapping_version"),
            state.get("settings_version"),
            state.get("aliases_version")));
  }

  private Map<String, JsonValue> documents(Map<String, String> place, List<String> parts) {
    send("POST", "/" + index(place) + "/_refresh", "");
    JsonValue found =
        send(
            "POST",
            "/" + index(place) + "/_search?version=true&seq_no_primary_term=true&size=1000",
            "");
    Map<String, JsonValue> documents = new TreeMap<>();
    for (JsonValue hit : found.fields().get("hits").fields().get("hits").elements()) {
      documents.put(
          hit.fields().get("_id").string(),
          JsonValue.array(parts.stream().map(hit.fields()::get).toList()));
    }
    return documents;
  }

  private Map<String, JsonValue> indexSettings(Map<String, String> place) {
    return part(place, "settings").fields().get("index").fields();
  }

  private JsonValue part(Map<String, String> place, String name) {
    return send("GET", "/" + index(place), "").fields().get(index(place)).fields().get(name);
  }

  private static String index(Map<String, String> place) {
    return place.get("WORKSPACE") + "_llm_response_cache";
  }

  private JsonValue send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + server.hosts() + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(method + " " + path + ": " + answer.body());
      }
      return JsonValue.ofJson(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
