package io.github.lightragmigrate.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTestServerIT {
  @Test
  void sharedServerAnswersAndChecksThePassword() throws SQLException {
    PostgresTestServer server = PostgresTestServer.shared();
    System.out.println(server.describe());
    assertThat(PostgresTestServer.shared()).isSameAs(server);
    assertThat(server.settings()).containsEntry("POSTGRES_PASSWORD", server.password());
    assertThat(select(server.connect("postgres"), "SELECT 1")).isEqualTo("1");
    String url = server.jdbcUrl("postgres");
    assertThatThrownBy(() -> DriverManager.getConnection(url, server.user(), "wrong"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
  }

  @Test
  void databasesAreSeparate() throws SQLException {
    PostgresTestServer server = PostgresTestServer.shared();
    String first = server.createDatabase();
    String second = server.createDatabase();
    try (Connection connection = server.connect(first);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (i int)");
    }
    String lookUp = "SELECT to_regclass('t') IS NOT NULL";
    assertThat(select(server.connect(first), lookUp)).isEqualTo("t");
    assertThat(select(server.connect(second), lookUp)).isEqualTo("f");
  }

  @Test
  void closedServerRefusesConnections() {
    PostgresTestServer server = PostgresTestServer.start();
    server.close();
    server.close();
    assertThatThrownBy(() -> server.connect("postgres"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"));
  }

  @Test
  void tlsIsVerifiedAgainstTheGivenCertificate(@TempDir Path own, @TempDir Path other)
      throws SQLException {
    SelfSignedCertificate certificate = SelfSignedCertificate.create(own);
    try (PostgresTestServer server = PostgresTestServer.startWithTls(certificate)) {
      String query = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
      assertThat(select(verified(server, certificate), query)).isEqualTo("t");
      SelfSignedCertificate stranger = SelfSignedCertificate.create(other);
      assertThatThrownBy(() -> verified(server, stranger)).isInstanceOf(SQLException.class);
    }
  }

  private static Connection verified(PostgresTestServer server, SelfSignedCertificate trusted)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", server.user());
    properties.setProperty("password", server.password());
    properties.setProperty("sslmode", "verify-full");
    properties.setProperty("sslrootcert", trusted.certificate().toString());
    return DriverManager.getConnection(server.jdbcUrl("postgres"), properties);
  }

  private static String select(Connection opened, String query) throws SQLException {
    try (Connection connection = opened;
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }
}
