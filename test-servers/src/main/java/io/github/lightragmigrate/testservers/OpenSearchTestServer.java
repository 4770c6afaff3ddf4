package io.github.lightragmigrate.testservers;

import java.util.Map;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * An OpenSearch of major version 2 or 3, without security unless the environment names one with it.
 *
 * <p>{@code MIGRATE_TEST_OPENSEARCH_HOSTS} (with {@code _USER}, {@code _PASSWORD}, {@code _USE_SSL}
 * in place of {@code _HOSTS}) names an OpenSearch 2 to use instead of starting one, {@code
 * MIGRATE_TEST_OPENSEARCH3_HOSTS} an OpenSearch 3.
 */
public final class OpenSearchTestServer implements TestServer {
  private static final Shared<OpenSearchTestServer> SHARED_V2 =
      new Shared<>(OpenSearchTestServer::startV2);
  private static final Shared<OpenSearchTestServer> SHARED_V3 =
      new Shared<>(OpenSearchTestServer::startV3);
  private static final int JAVA_OF_V3 = 21;

  private final Map<String, String> settings;
  private final String description;
  private final Runnable stop;

  private OpenSearchTestServer(Map<String, String> settings, String description, Runnable stop) {
    this.settings = settings;
    this.description = description;
    this.stop = stop;
  }

  /** The OpenSearch 2 that all tests of this JVM share: use an own workspace, do not close it. */
  public static OpenSearchTestServer sharedV2() {
    return SHARED_V2.get();
  }

  /**
   * The OpenSearch 3 that all tests of this JVM share.
   *
   * @throws IllegalStateException if {@link #whyNoV3} has an answer
   */
  public static OpenSearchTestServer sharedV3() {
    return SHARED_V3.get();
  }

  /** Starts an OpenSearch 2, or refers to the one that the environment names. */
  public static OpenSearchTestServer startV2() {
    return elsewhere("MIGRATE_TEST_OPENSEARCH", "opensearchproject/opensearch:2.19.1")
        .orElseGet(() -> embedded("opensearch-2.classpath", Jdk.running()));
  }

  /**
   * Starts an OpenSearch 3, or refers to the one that the environment names.
   *
   * @throws IllegalStateException if {@link #whyNoV3} has an answer
   */
  public static OpenSearchTestServer startV3() {
    return elsewhere("MIGRATE_TEST_OPENSEARCH3", "opensearchproject/opensearch:3")
        .orElseGet(
            () ->
                embedded(
                    "opensearch-3.classpath",
                    Jdk.atLeast(JAVA_OF_V3)
                        .orElseThrow(() -> new IllegalStateException(whyNoV3().orElseThrow()))));
  }

  /** Why OpenSearch 3 cannot be had here, for a test to print when it skips; empty if it can. */
  public static Optional<String> whyNoV3() {
    if (System.getenv("MIGRATE_TEST_OPENSEARCH3_HOSTS") != null
        || Jdk.atLeast(JAVA_OF_V3).isPresent()
        || Docker.isAvailable()) {
      return Optional.empty();
    }
    return Optional.of(
        "OpenSearch 3 needs Java 21 or newer and none was found: set JAVA_HOME_21 or JAVA_HOME_25,"
            + " or name a server in MIGRATE_TEST_OPENSEARCH3_HOSTS");
  }

  /** {@code host:port}; a list with commas if the environment names one. */
  public String hosts() {
    return settings.getOrDefault("OPENSEARCH_HOSTS", "");
  }

  @Override
  public Map<String, String> settings() {
    return settings;
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public void close() {
    stop.run();
  }

  private static Optional<OpenSearchTestServer> elsewhere(String variable, String image) {
    String hosts = System.getenv(variable + "_HOSTS");
    if (hosts != null) {
      Map<String, String> environment = System.getenv();
      return Optional.of(
          new OpenSearchTestServer(
              settings(
                  hosts,
                  environment.getOrDefault(variable + "_USER", ""),
                  environment.getOrDefault(variable + "_PASSWORD", ""),
                  environment.getOrDefault(variable + "_USE_SSL", "false")),
              "opensearch at " + hosts + " (" + variable + "_HOSTS)",
              () -> {}));
    }
    if (!Docker.isAvailable()) {
      return Optional.empty();
    }
    GenericContainer<?> container =
        Docker.start(
            image,
            9200,
            Map.of(
                "discovery.type", "single-node",
                "DISABLE_SECURITY_PLUGIN", "true",
                "DISABLE_INSTALL_DEMO_CONFIG", "true"),
            Wait.forHttp("/").forPort(9200).forStatusCode(200));
    String address = container.getHost() + ":" + container.getMappedPort(9200);
    return Optional.of(
        new OpenSearchTestServer(
            settings(address, "", "", "false"), image + " (container)", container::stop));
  }

  private static OpenSearchTestServer embedded(String classPathResource, Jdk jdk) {
    OpenSearchProcess process = OpenSearchProcess.start(classPathResource, jdk);
    return new OpenSearchTestServer(
        settings("127.0.0.1:" + process.port(), "", "", "false"),
        "opensearch " + process.version() + " (own JVM, Java " + jdk.feature() + ")",
        process::close);
  }

  private static Map<String, String> settings(
      String hosts, String user, String password, String useSsl) {
    return Map.of(
        "OPENSEARCH_HOSTS", hosts,
        "OPENSEARCH_USER", user,
        "OPENSEARCH_PASSWORD", password,
        "OPENSEARCH_USE_SSL", useSsl,
        "OPENSEARCH_VERIFY_CERTS", "false");
  }
}
