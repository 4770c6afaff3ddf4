package io.github.lightragmigrate.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.SelfSignedCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Answers that a server without the security plugin, and with enough disk and memory, does not give
 * at will: an HTTP server gives them here.
 */
class FaultsTest {

  private static final String INFO = "{\"version\": {\"number\": \"2.19.1\"}}";
  private static final String MAPPING =
      "{\"llm_response_cache\": {\"mappings\": {\"properties\": {\"__mirrored_id\":"
          + " {\"type\": \"keyword\"}}}}}";

  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | DENIED      | Unauthorized",
        "403 | DENIED      | {\"error\": {\"type\": \"security_exception\", \"reason\": \"no permissions\"}}",
        "403 | FAULT       | {\"error\": {\"type\": \"cluster_block_exception\", \"reason\": \"write\"}}",
        "408 | UNAVAILABLE | ",
        "429 | FAULT       | {\"error\": {\"type\": \"cluster_block_exception\", \"reason\": \"disk usage exceeded flood-stage watermark\"}}",
        "429 | THROTTLED   | {\"error\": {\"type\": \"rejected_execution_exception\", \"reason\": \"queue\"}}",
        "429 | THROTTLED   | {\"error\": {\"type\": \"circuit_breaking_exception\", \"reason\": \"too large\"}}",
        "500 | FAULT       | {\"error\": \"it broke\"}",
        "502 | UNAVAILABLE | <html>proxy</html>",
        "503 | UNAVAILABLE | {\"error\": {\"type\": \"cluster_manager_not_discovered_exception\", \"reason\": null}}",
        "504 | UNAVAILABLE | ",
        "302 | FAULT       | ",
        "200 | FAULT       | not JSON",
      })
  void statusesBecomeKinds(int status, Kind kind, String body) {
    int port = serve(status, body == null ? "" : body);
    try (CacheStore store = open(port, Map.of())) {
      StoreException e = fault(() -> store.upsert(SampleRecords.usual(1)));
      assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
      assertThat(e).hasMessageContaining("127.0.0.1:" + port).hasMessageNotContaining("s3cret");
    }
  }

  @Test
  void ofABulkOnlyWhatMayPassIsWorthARetry() {
    List<CacheRecord> records = SampleRecords.usual(6);
    List<Integer> statuses = List.of(201, 429, 503, 400, 429, 201);
    List<String> items = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int status = statuses.get(i);
      items.add(
          "{\"index\": {\"_id\": \"%s\", \"status\": %d%s}}"
              .formatted(
                  records.get(i).key(),
                  status,
                  status < 300
                      ? ""
                      : ", \"error\": {\"type\": \"any_exception\", \"reason\": \"busy\"}"));
    }
    int port = serve(200, "{\"errors\": true, \"items\": [" + String.join(",", items) + "]}");
    try (CacheStore store = open(port, Map.of())) {
      WriteResult result = store.upsert(records);
      assertThat(result.written()).isEqualTo(2);
      assertThat(result.failures())
          .extracting(WriteFailure::key, WriteFailure::retryable)
          .containsExactly(
              tuple(records.get(1).key(), true),
              tuple(records.get(2).key(), true),
              tuple(records.get(3).key(), false),
              tuple(records.get(4).key(), true));
    }
  }

  @Test
  void anAnswerThatLeavesARecordOutIsNoSuccess() {
    String item = "{\"index\": {\"_id\": \"k\", \"status\": 201}}";
    int port = serve(200, "{\"errors\": true, \"items\": [" + item + "]}");
    try (CacheStore store = open(port, Map.of())) {
      StoreException e = fault(() -> store.upsert(SampleRecords.usual(2)));
      assertThat(e.kind()).isEqualTo(Kind.FAULT);
      assertThat(e).hasMessageContaining("1 results for 2 records");
    }
  }

  @Test
  void aRequestThatIsTooLongIsTheFailureOfItsOnlyRecord() {
    int port = serve(413, "");
    try (CacheStore store = open(port, Map.of())) {
      assertThat(store.upsert(SampleRecords.usual(1)).failures())
          .singleElement()
          .satisfies(
              failure -> {
                assertThat(failure.retryable()).isFalse();
                assertThat(failure.reason()).contains("http.max_content_length");
              });
      StoreException e = fault(() -> store.upsert(SampleRecords.usual(2)));
      assertThat(e.kind()).as("the engine halves the batch").isEqualTo(Kind.REJECTED);
    }
  }

  @Test
  void aBrokenConnectionIsUnavailable() {
    // the exchange ends without an answer
    int port = start(server -> server.createContext("/", HttpExchange::close));
    assertThat(fault(() -> open(port, Map.of()).close()).kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void aWrongPasswordIsDeniedWhenOpening() {
    int port = start(server -> server.createContext("/", exchange -> answer(exchange, 401, "no")));
    StoreException e =
        fault(() -> open(port, Map.of("OPENSEARCH_PASSWORD", "wr0ng-s3cret")).close());
    assertThat(e.kind()).isEqualTo(Kind.DENIED);
    assertThat(e)
        .hasMessageContaining("OPENSEARCH_PASSWORD")
        .hasMessageNotContaining("s3cret")
        .hasMessageContaining("127.0.0.1:" + port);
  }

  @Test
  void userAndPasswordAreSentWithoutBeingAskedFor() {
    open(serve(200, "{}"), Map.of("OPENSEARCH_USER", "ü", "OPENSEARCH_PASSWORD", "p:w")).close();
    assertThat(authorizations).isNotEmpty().containsOnly("Basic w7w6cDp3");
  }

  @Test
  void anEmptyUserMeansNoAuthentication() {
    open(serve(200, "{}"), Map.of("OPENSEARCH_USER", "")).close();
    assertThat(authorizations).isNotEmpty().containsOnly("none");
  }

  @Test
  void aUserWhoMayNotAskForTheVersionIsServed() {
    int port =
        start(
            server -> {
              server.createContext("/", exchange -> answer(exchange, 403, "{}"));
              server.createContext(
                  "/llm_response_cache/_mapping", exchange -> answer(exchange, 200, MAPPING));
            });
    open(port, Map.of()).close();
  }

  @Test
  void somethingElseThanOpenSearchIsToldSo() {
    int port = start(server -> server.createContext("/", exchange -> answer(exchange, 200, "hi")));
    assertThat(fault(() -> open(port, Map.of()).close())).hasMessageContaining("no OpenSearch");
  }

  @Test
  void aClosedPortIsUnavailable() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    StoreException e = fault(() -> open(port, Map.of()).close());
    assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(e)
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageContaining("OPENSEARCH_HOSTS")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aServerThatStaysSilentIsUnavailableAfterTheTimeout() throws IOException {
    // the system accepts the connection, and nobody reads
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      StoreException e =
          fault(() -> open(silent.getLocalPort(), Map.of("OPENSEARCH_TIMEOUT", "1")).close());
      assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(e).hasMessageContaining("OPENSEARCH_TIMEOUT");
    }
  }

  @Test
  void theNextNodeIsAskedWhenOneIsDown() throws IOException {
    int down;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      down = socket.getLocalPort();
    }
    int up = serve(200, "{\"errors\": false}");
    Map<String, String> hosts =
        Map.of("OPENSEARCH_HOSTS", "127.0.0.1:" + down + ",127.0.0.1:" + up);
    try (CacheStore store = open(0, hosts)) {
      for (int i = 0; i < 4; i++) {
        assertThat(store.upsert(SampleRecords.usual(2)).written()).isEqualTo(2);
      }
    }
  }

  @Test
  void anUnknownCertificateIsTakenUnlessItMustBeVerified(@TempDir Path directory) {
    int port = serveTls(directory);
    open(port, Map.of("OPENSEARCH_USE_SSL", "true")).close();
    open(0, Map.of("OPENSEARCH_HOSTS", "https://127.0.0.1:" + port)).close();
    StoreException e =
        fault(
            () ->
                open(port, Map.of("OPENSEARCH_USE_SSL", "true", "OPENSEARCH_VERIFY_CERTS", "true"))
                    .close());
    assertThat(e.kind()).as(e.getMessage()).isEqualTo(Kind.SETTINGS);
    assertThat(e).hasMessageContaining("OPENSEARCH_VERIFY_CERTS");
  }

  @Test
  void theHostNameIsNotCheckedUnlessCertificatesAre(@TempDir Path directory) {
    int port = serveTls(directory);
    // the certificate is for localhost and 127.0.0.1
    open(port, Map.of("OPENSEARCH_HOSTS", "https://127.0.0.2:" + port)).close();
  }

  @Test
  void plainRequestsToATlsServerHintAtTls(@TempDir Path directory) {
    int port = serveTls(directory);
    StoreException e = fault(() -> open(port, Map.of()).close());
    assertThat(e.kind()).as(e.getMessage()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(e).hasMessageContaining("OPENSEARCH_USE_SSL=true");
  }

  @Test
  void whatTheUserMayNotAskForIsNotTold() {
    int port =
        start(
            server -> {
              contexts(server, 200, "{}");
              server.createContext("/*", exchange -> answer(exchange, 403, "Forbidden"));
              server.createContext("/_cluster", exchange -> answer(exchange, 403, "Forbidden"));
              server.createContext(
                  "/llm_response_cache/_settings", exchange -> answer(exchange, 403, "Forbidden"));
            });
    try (CacheStore store = open(port, Map.of())) {
      assertThat(store.workspaces()).isEmpty();
      assertThat(store.notices()).isEmpty();
    }
  }

  @Test
  void workspacesOfAServerInTroubleAreAFault() {
    int port =
        start(
            server -> {
              contexts(server, 200, "{}");
              server.createContext("/*", exchange -> answer(exchange, 503, ""));
            });
    try (CacheStore store = open(port, Map.of())) {
      assertThat(fault(store::workspaces).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
  }

  private interface Contexts {
    void addTo(HttpServer server);
  }

  /** A server that opens well and then answers writes so. */
  private int serve(int status, String body) {
    return start(server -> contexts(server, status, body));
  }

  private void contexts(HttpServer server, int status, String body) {
    server.createContext("/", exchange -> answer(exchange, 200, INFO));
    server.createContext(
        "/llm_response_cache/_mapping", exchange -> answer(exchange, 200, MAPPING));
    server.createContext("/llm_response_cache/_bulk", exchange -> answer(exchange, status, body));
  }

  private int start(Contexts contexts) {
    try {
      HttpServer server = HttpServer.create(anyPort("127.0.0.1"), 0);
      return start(server, contexts);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private int serveTls(Path directory) {
    try {
      SelfSignedCertificate.create(directory);
      KeyStore keys = KeyStore.getInstance("PKCS12");
      char[] password = "changeit".toCharArray();
      try (InputStream in = Files.newInputStream(directory.resolve("key.p12"))) {
        keys.load(in, password);
      }
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, password);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(managers.getKeyManagers(), null, null);
      HttpsServer server = HttpsServer.create(anyPort("0.0.0.0"), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(tls));
      return start(server, it -> contexts(it, 200, "{}"));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InetSocketAddress anyPort(String address) {
    return new InetSocketAddress(address, 0);
  }

  private int start(HttpServer server, Contexts contexts) {
    contexts.addTo(server);
    server.start();
    servers.add(server);
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      authorizations.add(authorization == null ? "none" : authorization);
      exchange.getRequestBody().readAllBytes();
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      if (status == 302) {
        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
      }
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static CacheStore open(int port, Map<String, String> more) {
    Map<String, String> values = new HashMap<>();
    values.put("OPENSEARCH_HOSTS", "127.0.0.1:" + port);
    values.put("OPENSEARCH_USE_SSL", "false");
    values.put("OPENSEARCH_PASSWORD", "s3cret");
    values.putAll(more);
    return new OpenSearchAdapter().open(Settings.of(values), Access.TARGET);
  }

  private static StoreException fault(ThrowingCallable call) {
    StoreException e = catchThrowableOfType(StoreException.class, call);
    assertThat(e).as("a StoreException").isNotNull();
    return e;
  }
}
