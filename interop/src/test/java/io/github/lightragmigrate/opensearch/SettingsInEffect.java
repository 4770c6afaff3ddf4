package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.Workspaces;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What the adapter gives to the OpenSearch client, and makes of the workspace. */
public final class SettingsInEffect {

  private SettingsInEffect() {}

  public static Map<String, String> of(Settings settings) {
    OpenSearchSettings search = OpenSearchSettings.of(settings);
    String workspace = Workspaces.resolve(settings, OpenSearchSettings.OWN_WORKSPACE);
    boolean tls = search.hosts().stream().anyMatch(host -> host.getSchemeName().equals("https"));
    Map<String, String> values = new HashMap<>();
    values.put(
        "OPENSEARCH_HOSTS",
        search.hosts().stream()
            .map(host -> host.toURI() + search.pathPrefix())
            .sorted()
            .collect(Collectors.joining(",")));
    values.put("OPENSEARCH_USER", search.user());
    values.put("OPENSEARCH_PASSWORD", search.user().isEmpty() ? "" : search.password());
    values.put("OPENSEARCH_USE_SSL", String.valueOf(tls));
    values.put("OPENSEARCH_VERIFY_CERTS", String.valueOf(tls && search.verifyCerts()));
    values.put("OPENSEARCH_TIMEOUT", String.valueOf(search.timeout().toSeconds()));
    values.put("OPENSEARCH_MAX_RETRIES", String.valueOf(OpenSearchSettings.attempts(settings) - 1));
    values.put("OPENSEARCH_NUMBER_OF_SHARDS", String.valueOf(search.shards()));
    values.put("OPENSEARCH_NUMBER_OF_REPLICAS", String.valueOf(search.replicas()));
    values.put(
        "index",
        CacheIndex.nameOf(
            workspace.isEmpty() ? "llm_response_cache" : workspace + "_llm_response_cache"));
    values.put("workspace", workspace);
    return values;
  }
}
