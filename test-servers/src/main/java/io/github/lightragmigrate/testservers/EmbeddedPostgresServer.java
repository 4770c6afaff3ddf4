package io.github.lightragmigrate.testservers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL from a package, where TCP connections need the password. */
final class EmbeddedPostgresServer implements AutoCloseable {
  /** Holds what a careless URL or configuration file would trip over. */
  static final String PASSWORD = "p@ss:w/rd#1 %41";

  private static final String LOGIN_RULES =
      """
      host all all 127.0.0.1/32 scram-sha-256
      host all all ::1/128 scram-sha-256
      """;

  private final EmbeddedPostgres server;

  private EmbeddedPostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  static EmbeddedPostgresServer start() {
    return start(EmbeddedPostgres.builder());
  }

  static EmbeddedPostgresServer startWithTls(SelfSignedCertificate certificate) {
    return start(
        EmbeddedPostgres.builder()
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", certificate.certificate().toString())
            .setServerConfig("ssl_key_file", certificate.key().toString()));
  }

  ServerAddress address() {
    return new ServerAddress("127.0.0.1", server.getPort(), "postgres", PASSWORD);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedPostgresServer start(EmbeddedPostgres.Builder builder) {
    try {
      EmbeddedPostgres server = builder.setServerConfig("listen_addresses", "127.0.0.1").start();
      requirePassword(server);
      return new EmbeddedPostgresServer(server);
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("Cannot start the embedded PostgreSQL", e);
    }
  }

  private static void requirePassword(EmbeddedPostgres server) throws IOException, SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER USER postgres PASSWORD '" + PASSWORD + "'");
      try (ResultSet row = statement.executeQuery("SHOW hba_file")) {
        row.next();
        Files.writeString(Path.of(row.getString(1)), LOGIN_RULES);
      }
      statement.execute("SELECT pg_reload_conf()");
    }
  }
}
