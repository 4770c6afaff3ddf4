package io.github.lightragmigrate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** LightRAG's own server, with a fake Ollama for its language model, holds the file. */
@Timeout(120)
class LightRagServerIT {

  private static final @Nullable String SERVER = System.getenv("MIGRATE_LIGHTRAG_SERVER");

  /** What the model is asked for: keywords of a question. */
  private static final String KEYWORDS =
      "{\"high_level_keywords\": [\"stores\"], \"low_level_keywords\": [\"caches\"]}";

  @TempDir Path temp;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = Ports.closed();
  private CacheDirectory cache = new CacheDirectory(Path.of("."));
  private String command = String.valueOf(SERVER);
  private @Nullable Process server;
  private @Nullable FakeHttp ollama;

  @BeforeEach
  void setUp() throws IOException {
    if (SERVER == null) {
      System.out.println(
          "LightRagServerIT is skipped: MIGRATE_LIGHTRAG_SERVER names no lightrag-server");
    }
    assumeTrue(SERVER != null, "no LightRAG server");
    cache = new CacheDirectory(temp.resolve("storage"));
    ollama =
        new FakeHttp()
            .on("/api/chat", LightRagServerIT::chat)
            .on("/api/embed", LightRagServerIT::embed);
  }

  /** A signal that it can obey: its workers end with it. */
  @AfterEach
  void tearDown() throws InterruptedException {
    stop();
    if (ollama != null) {
      ollama.close();
    }
  }

  @Test
  void aServerWithADotEnvIsFoundUntilItIsStopped() throws Exception {
    cache.write(SampleRecords.usual("extract", "before"));
    start("WORKING_DIR=storage\nPORT=" + port + "\n");
    assertThat(notices(Access.SOURCE))
        .singleElement()
        .asString()
        .startsWith("LightRAG's server (process " + pid() + ") holds ")
        .contains("not in the file yet");
    assertThat(notices(Access.TARGET))
        .singleElement()
        .asString()
        .startsWith("LightRAG's server (process " + pid() + ") holds ")
        .contains("write over it");
    assertThat(notices(Access.SOURCE, temp.resolve("another")))
        .noneMatch(line -> line.contains("hold"));
    stop();
    assertThat(notices(Access.SOURCE)).isEmpty();
    assertThat(notices(Access.TARGET))
        .singleElement()
        .asString()
        .startsWith("LightRAG must not be");
  }

  @Test
  void aServerByItsArgumentsAloneIsFound() throws Exception {
    start("", "--working-dir", "storage", "--port", "" + port);
    assertThat(notices(Access.TARGET, cache.path(), Ports.closed()))
        .as("asked at the port of its arguments")
        .singleElement()
        .asString()
        .startsWith("LightRAG's server (process " + pid() + ") holds ");
  }

  @Test
  void aServerOfManyProcessesIsFoundOnce() throws Exception {
    command = Path.of(String.valueOf(SERVER)).resolveSibling("lightrag-gunicorn").toString();
    start("WORKING_DIR=storage\nPORT=" + port + "\n", "--workers", "2");
    assertThat(notices(Access.TARGET))
        .singleElement()
        .asString()
        .startsWith("LightRAG's server (process " + pid() + ") holds ");
  }

  @Test
  void aServerThatTellsStrangersNothingMayHoldTheFile() throws Exception {
    start("WORKING_DIR=storage\nPORT=" + port + "\nLIGHTRAG_API_KEY=secret\n");
    assertThat(notices(Access.TARGET))
        .singleElement()
        .asString()
        .startsWith("LightRAG's server (process " + pid() + ") may hold ");
  }

  @Test
  void whatIsMigratedUnderARunningServerIsLost() throws Exception {
    cache.write(SampleRecords.usual("extract", "before"));
    start("WORKING_DIR=storage\nPORT=" + port + "\n");
    cache.write(SampleRecords.usual("extract", "migrated"));
    assertThat(cache.count()).isEqualTo(2);
    ask();
    stop();
    assertThat(cache.text()).as("its own record").contains(":keywords:");
    assertThat(cache.scan().records()).containsExactly(SampleRecords.usual("extract", "before"));
  }

  private List<String> notices(Access access) {
    return notices(access, cache.path());
  }

  private List<String> notices(Access access, Path directory) {
    return notices(access, directory, port);
  }

  private static List<String> notices(Access access, Path directory, int at) {
    Settings settings = Settings.of(Map.of("WORKING_DIR", directory.toString(), "PORT", "" + at));
    try (CacheStore store = new JsonStorageAdapter().open(settings, access)) {
      return store.notices();
    }
  }

  /** Waits until it answers. */
  private void start(String dotEnv, String... arguments) throws Exception {
    String url = ollama == null ? "" : ollama.url();
    if (!dotEnv.isEmpty()) {
      Files.writeString(temp.resolve(".env"), dotEnv);
    }
    ProcessBuilder builder = new ProcessBuilder(command, "--host", "127.0.0.1");
    Collections.addAll(builder.command(), arguments);
    builder.environment().keySet().retainAll(List.of("PATH"));
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME", temp.toString(),
                "PYTHONPATH", Path.of("src/test/python/offline").toAbsolutePath().toString(),
                "LLM_BINDING", "ollama",
                "LLM_BINDING_HOST", url,
                "LLM_MODEL", "fake",
                "EMBEDDING_BINDING", "ollama",
                "EMBEDDING_BINDING_HOST", url,
                "EMBEDDING_MODEL", "fake",
                "EMBEDDING_DIM", "2"));
    Path log = temp.resolve("server.log");
    Process started =
        builder
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    server = started;
    HealthCheck check = new HealthCheck();
    while (check.ask(port).isEmpty()) {
      boolean ended = started.waitFor(100, TimeUnit.MILLISECONDS);
      assertThat(ended).as(() -> read(log)).isFalse();
    }
  }

  /** As its user would, so that it writes what it has in memory. */
  private void stop() throws InterruptedException {
    if (server != null) {
      server.destroy();
      if (!server.waitFor(30, TimeUnit.SECONDS)) {
        server.destroyForcibly().waitFor();
      }
    }
  }

  private long pid() {
    return server == null ? -1 : server.pid();
  }

  /** A question: the keywords that the model finds in it are cached. */
  private void ask() throws Exception {
    HttpRequest question =
        HttpRequest.newBuilder(URI.create(HealthCheck.url(port) + "/query"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"query\": \"which stores\", \"mode\": \"local\"}"))
            .build();
    assertThat(client.send(question, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  private static String chat(String request) {
    return JsonValue.object(
            Map.of(
                "model", JsonValue.of("fake"),
                "done", JsonValue.of(true),
                "message",
                    JsonValue.object(
                        Map.of(
                            "role", JsonValue.of("assistant"),
                            "content", JsonValue.of(KEYWORDS)))))
        .toString();
  }

  /** One vector for each text. */
  private static String embed(String request) {
    JsonValue input = JsonValue.ofJson(request).fields().get("input");
    int texts = input != null && input.kind() == JsonValue.Kind.ARRAY ? input.size() : 1;
    JsonValue vector = JsonValue.array(List.of(JsonValue.of(0.6), JsonValue.of(0.8)));
    return JsonValue.object(
            Map.of("embeddings", JsonValue.array(Collections.nCopies(texts, vector))))
        .toString();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
