package io.github.lightragmigrate.testservers;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.testcontainers.containers.GenericContainer;

/**
 * A MongoDB, or what stands in for one: no package holds a real mongod. Unless {@code
 * MIGRATE_TEST_MONGO_URI} names a server or a Docker engine answers, it is mongo-java-server, a
 * FAKE in this JVM, which is known to differ: replies over 48 MB fail, and the inserted count is
 * wrong after duplicate keys.
 */
public final class MongoTestServer implements TestServer {
  private static final String VARIABLE = "MIGRATE_TEST_MONGO_URI";
  private static final Shared<MongoTestServer> SHARED = new Shared<>(MongoTestServer::start);

  private final String uri;
  private final String description;
  private final boolean fake;
  private final Runnable stop;

  private MongoTestServer(String uri, String description, boolean fake, Runnable stop) {
    this.uri = uri;
    this.description = description;
    this.fake = fake;
    this.stop = stop;
  }

  /** The server that all tests of this JVM share: use {@link #newDatabase}, do not close it. */
  public static MongoTestServer shared() {
    return SHARED.get();
  }

  /** Starts a server without authentication, or refers to the one that the environment names. */
  public static MongoTestServer start() {
    String named = System.getenv(VARIABLE);
    if (named != null) {
      return new MongoTestServer(named, "mongodb named by " + VARIABLE, false, () -> {});
    }
    if (Docker.isAvailable()) {
      GenericContainer<?> container = Docker.start("mongo:8", 27017, Map.of());
      return new MongoTestServer(
          "mongodb://" + container.getHost() + ":" + container.getMappedPort(27017) + "/",
          container.getDockerImageName() + " (container)",
          false,
          container::stop);
    }
    MongoServer server = new MongoServer(new MemoryBackend());
    String uri = "mongodb://127.0.0.1:" + bind(server) + "/";
    return new MongoTestServer(
        uri, "mongo-java-server (FAKE, in-process)", true, server::shutdownNow);
  }

  /** {@code mongodb://...}, with user and password where the server wants them. */
  public String uri() {
    return uri;
  }

  /** Whether this is mongo-java-server, so that a test of what only a server can do may skip. */
  public boolean isFake() {
    return fake;
  }

  /** The name of a database that does not exist yet. */
  public String newDatabase() {
    return "test_" + UUID.randomUUID().toString().replace("-", "");
  }

  /** How to reach a database, under LightRAG's variable names. */
  public Map<String, String> settings(String database) {
    return Map.of("MONGO_URI", uri, "MONGO_DATABASE", database);
  }

  /** How to reach LightRAG's default database. */
  @Override
  public Map<String, String> settings() {
    return settings("LightRAG");
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public void close() {
    stop.run();
  }

  /** The server's threads inherit from the one that binds, and must not keep the JVM alive. */
  private static int bind(MongoServer server) {
    FutureTask<Integer> port = new FutureTask<>(() -> server.bind().getPort());
    Thread binder = new Thread(port, "mongo-bind");
    binder.setDaemon(true);
    binder.start();
    try {
      return port.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the fake MongoDB started", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot start the fake MongoDB", e);
    }
  }
}
