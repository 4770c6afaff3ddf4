package io.github.lightragmigrate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.EmbeddedRedis;
import io.github.lightragmigrate.testservers.PostgresTestServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import redis.clients.jedis.Jedis;

/** {@code migrate doctor} by the built jar, on real servers. */
class DoctorIT {

  private static final List<String> STORES = Places.STORES;
  private static final List<String> SERVERS = STORES.subList(1, STORES.size());
  private static final String SECRET = "s3cret-of-the-test";

  @TempDir Path directory;
  private Places places;
  private Jar jar;

  @BeforeEach
  void prepare() {
    places = new Places(directory);
    jar = new Jar(directory, places);
  }

  @ParameterizedTest
  @FieldSource("STORES")
  void tellsWhatEachWorkspaceHolds(String store) throws Exception {
    fill(store, "doctor_a", SampleRecords.usual(5));
    fill(store, "doctor_b", SampleRecords.usual(3));

    Map<String, JsonValue> diagnosis = diagnosis(0, places.settings(store, "doctor_a"), store);

    assertThat(diagnosis.get("status").string()).isEqualTo("ready");
    List<String> workspaces = new ArrayList<>();
    for (JsonValue workspace : diagnosis.get("workspaces").elements()) {
      Map<String, JsonValue> told = workspace.fields();
      workspaces.add(
          told.get("workspace").string()
              + " "
              + told.get("selected")
              + " "
              + told.get("total")
              + " "
              + told.get("legacy"));
    }
    assertThat(workspaces).contains("doctor_a true 5 0", "doctor_b false 3 0");
  }

  @ParameterizedTest
  @FieldSource("SERVERS")
  void saysWhyAStoreIsNotReached(String store) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Map<String, JsonValue> diagnosis = diagnosis(1, nobodyAt(store, port), store);

    assertThat(diagnosis.get("status").string()).isEqualTo("unreachable");
    assertThat(diagnosis.get("reason").string())
        .contains("127.0.0.1:" + port)
        .doesNotContain(SECRET);
  }

  private static Map<String, String> nobodyAt(String store, int port) {
    String login = "u:" + SECRET + "@127.0.0.1:" + port;
    return switch (store) {
      case "redis" -> Map.of("REDIS_URI", "redis://" + login);
      case "mongo" -> Map.of("MONGO_URI", "mongodb://" + login + "/?serverSelectionTimeoutMS=300");
      case "opensearch" ->
          Map.of("OPENSEARCH_HOSTS", "127.0.0.1:" + port, "OPENSEARCH_PASSWORD", SECRET);
      default ->
          Map.of(
              "POSTGRES_HOST", "127.0.0.1",
              "POSTGRES_PORT", String.valueOf(port),
              "POSTGRES_USER", "u",
              "POSTGRES_PASSWORD", SECRET,
              "POSTGRES_DATABASE", "d");
    };
  }

  @Test
  void saysThatAPasswordIsWrong() throws Exception {
    Map<String, String> settings = places.settings("postgres", "x");
    settings.put("POSTGRES_PASSWORD", SECRET);

    assertThat(diagnosis(1, settings, "postgres").get("reason").string())
        .contains("POSTGRES_PASSWORD")
        .doesNotContain(SECRET);
  }

  @Test
  void warnsOfARedisThatEvicts() throws Exception {
    try (EmbeddedRedis server = EmbeddedRedis.options().start()) {
      try (Jedis redis = new Jedis(URI.create(server.uri()))) {
        redis.configSet("maxmemory", "100mb");
        redis.configSet("maxmemory-policy", "allkeys-lru");
      }
      Map<String, JsonValue> diagnosis = diagnosis(0, Map.of("REDIS_URI", server.uri()), "redis");

      assertThat(diagnosis.get("warnings").toString()).contains("evicts", "allkeys-lru");
    }
  }

  @Test
  void tellsWhoseAnIndexOfOpenSearchIs() throws Exception {
    Map<String, String> settings = places.settings("opensearch", "doctor-x");
    String host = settings.get("OPENSEARCH_HOSTS").split(",")[0];
    HttpRequest create =
        HttpRequest.newBuilder(URI.create("http://" + host + "/doctor-x_llm_response_cache"))
            .header("Content-Type", "application/json")
            .PUT(
                HttpRequest.BodyPublishers.ofString(
                    "{\"mappings\": {\"_meta\": {\"lightrag_workspace\": \"Doctor-X\"},"
                        + " \"properties\": {\"__mirrored_id\": {\"type\": \"keyword\"}}}}"))
            .build();
    HttpClient.newHttpClient().send(create, HttpResponse.BodyHandlers.discarding());

    assertThat(diagnosis(2, settings, "opensearch").get("reason").string()).contains("'Doctor-X'");

    settings.put("WORKSPACE", "doctor_elsewhere");
    assertThat(diagnosis(0, settings, "opensearch").get("workspaces").toString())
        .contains("\"Doctor-X\"");
  }

  @Test
  void tellsWhatATargetWouldReject() throws Exception {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(3));
    CacheRecord poison =
        SampleRecords.with(
            SampleRecords.usual("extract", "poison"), "return", JsonValue.ofJson("\"a\\u0000\""));
    records.add(poison);
    fill("json", "doctor_json", records);

    Jar.Result result =
        jar.run(
            jar.workspaces("json", "doctor_json", "postgres", "doctor_pg"),
            List.of("doctor", "--store", "json", "--to", "postgres"));

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.output())
        .contains("1 record would be rejected", poison.key() + ": NUL character in return");
    try (Endpoint target =
        Stores.open("postgres", places.settings("postgres", "doctor_pg"), Access.SOURCE)) {
      assertThat(target.store().count(Stores.DEFAULT, n -> {}).total()).isZero();
    }
  }

  @Test
  void tellsWhatWouldHinderATarget() throws Exception {
    fill("json", "doctor_json", SampleRecords.usual(3));
    PostgresTestServer server = PostgresTestServer.shared();
    Map<String, String> variables = new HashMap<>(server.settings(server.createDatabase()));
    String database = variables.get("POSTGRES_DATABASE");
    Stores.open("postgres", variables, Access.TARGET).close();
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE lightrag_llm_cache DROP CONSTRAINT lightrag_llm_cache_pk");
    }
    variables.putAll(places.settings("json", ""));
    variables.put("SOURCE_WORKSPACE", "doctor_json");

    Jar.Result result =
        jar.run(variables, List.of("doctor", "--store", "json", "--to", "postgres"));

    assertThat(result.output()).contains("postgres  PGKVStorage  as the target", "no primary key");
  }

  private void fill(String store, String workspace, List<CacheRecord> records) {
    try (Endpoint endpoint = Stores.open(store, places.settings(store, workspace), Access.TARGET)) {
      assertThat(endpoint.store().upsert(records).failures()).isEmpty();
      endpoint.store().flush();
    }
  }

  private Map<String, JsonValue> diagnosis(int exit, Map<String, String> settings, String store)
      throws IOException, InterruptedException {
    Jar.Result result = jar.run(settings, List.of("doctor", "--store", store, "--json"));
    assertThat(result.exit()).as(result.output()).isEqualTo(exit);
    return JsonValue.ofJson(result.output()).fields().get("stores").elements().get(0).fields();
  }
}
