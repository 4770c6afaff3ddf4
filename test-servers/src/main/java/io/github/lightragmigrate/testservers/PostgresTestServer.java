package io.github.lightragmigrate.testservers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A PostgreSQL that checks passwords (SCRAM). {@code MIGRATE_TEST_POSTGRES_URL}, as {@code
 * postgresql://user:password@host:port}, names one to use instead of starting one; its user must be
 * allowed to create databases.
 */
public final class PostgresTestServer implements TestServer {
  private static final String VARIABLE = "MIGRATE_TEST_POSTGRES_URL";
  private static final Shared<PostgresTestServer> SHARED = new Shared<>(PostgresTestServer::start);

  private final ServerAddress address;
  private final String description;
  private final Runnable stop;

  private PostgresTestServer(ServerAddress address, String origin, Runnable stop) {
    this.address = address;
    this.stop = stop;
    this.description = "postgresql " + version() + " (" + origin + ")";
  }

  /** The server that all tests of this JVM share: use {@link #createDatabase}, do not close it. */
  public static PostgresTestServer shared() {
    return SHARED.get();
  }

  /** Starts a server, or refers to the one that the environment names. */
  public static PostgresTestServer start() {
    String named = System.getenv(VARIABLE);
    if (named != null) {
      return new PostgresTestServer(ServerAddress.parse(VARIABLE, named, 5432), VARIABLE, () -> {});
    }
    if (Docker.isAvailable()) {
      GenericContainer<?> container =
          Docker.start(
              "postgres:18",
              5432,
              Map.of("POSTGRES_PASSWORD", EmbeddedPostgresServer.PASSWORD),
              // The first start is the one that initializes the data directory.
              Wait.forLogMessage(".*database system is ready to accept connections.*\\s", 2));
      ServerAddress address =
          new ServerAddress(
              container.getHost(),
              container.getMappedPort(5432),
              "postgres",
              EmbeddedPostgresServer.PASSWORD);
      return new PostgresTestServer(address, "container", container::stop);
    }
    EmbeddedPostgresServer embedded = EmbeddedPostgresServer.start();
    return new PostgresTestServer(embedded.address(), "embedded", embedded::close);
  }

  /** Starts a server from a package that also speaks TLS, with the given certificate. */
  public static PostgresTestServer startWithTls(SelfSignedCertificate certificate) {
    EmbeddedPostgresServer embedded = EmbeddedPostgresServer.startWithTls(certificate);
    return new PostgresTestServer(embedded.address(), "embedded, TLS", embedded::close);
  }

  /** Creates an empty database and returns its name. */
  public String createDatabase() {
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
      return name;
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot create a database on " + description, e);
    }
  }

  /** Connects as the superuser. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), address.user(), address.password());
  }

  /** The JDBC URL of a database, without user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://" + address + "/" + database;
  }

  /** Host name or address. */
  public String host() {
    return address.host();
  }

  /** TCP port. */
  public int port() {
    return address.port();
  }

  /** Name of the superuser. */
  public String user() {
    return address.user();
  }

  /** Password of the superuser. */
  public String password() {
    return address.password();
  }

  /** How to reach a database, under LightRAG's variable names. */
  public Map<String, String> settings(String database) {
    return Map.of(
        "POSTGRES_HOST", address.host(),
        "POSTGRES_PORT", Integer.toString(address.port()),
        "POSTGRES_USER", address.user(),
        "POSTGRES_PASSWORD", address.password(),
        "POSTGRES_DATABASE", database);
  }

  /** How to reach the database {@code postgres}. */
  @Override
  public Map<String, String> settings() {
    return settings("postgres");
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public void close() {
    stop.run();
  }

  private String version() {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW server_version")) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      stop.run();
      throw new IllegalStateException("Cannot log in to PostgreSQL at " + address, e);
    }
  }
}
