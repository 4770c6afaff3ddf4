package io.github.lightragmigrate.testservers;

import java.util.Map;
import org.testcontainers.containers.GenericContainer;

/**
 * A Redis for tests that need no special one; {@link EmbeddedRedis} has options. {@code
 * MIGRATE_TEST_REDIS_URI} names one to use instead of starting one.
 */
public final class RedisTestServer implements TestServer {
  private static final String VARIABLE = "MIGRATE_TEST_REDIS_URI";
  private static final Shared<RedisTestServer> SHARED = new Shared<>(RedisTestServer::start);

  private final String uri;
  private final String description;
  private final Runnable stop;

  private RedisTestServer(String uri, String description, Runnable stop) {
    this.uri = uri;
    this.description = description;
    this.stop = stop;
  }

  /** The server that all tests of this JVM share: use a workspace of your own, do not close it. */
  public static RedisTestServer shared() {
    return SHARED.get();
  }

  /** Starts a server without a password, or refers to the one that the environment names. */
  public static RedisTestServer start() {
    String named = System.getenv(VARIABLE);
    if (named != null) {
      ServerAddress address = ServerAddress.parse(VARIABLE, named, 6379);
      return new RedisTestServer(named, "redis at " + address + " (" + VARIABLE + ")", () -> {});
    }
    if (Docker.isAvailable()) {
      GenericContainer<?> container = Docker.start("redis:8", 6379, Map.of());
      return new RedisTestServer(
          "redis://" + container.getHost() + ":" + container.getMappedPort(6379),
          container.getDockerImageName() + " (container)",
          container::stop);
    }
    EmbeddedRedis embedded = EmbeddedRedis.options().start();
    return new RedisTestServer(embedded.uri(), embedded.describe(), embedded::close);
  }

  /** {@code redis://host:port}, with user and password where the server wants them. */
  public String uri() {
    return uri;
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("REDIS_URI", uri);
  }

  @Override
  public void close() {
    stop.run();
  }
}
