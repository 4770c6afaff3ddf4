package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import io.github.lightragmigrate.testservers.PostgresTestServer;
import io.github.lightragmigrate.testservers.SelfSignedCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresTlsIT {

  @TempDir private static Path directory;
  private static CertificateAuthority authority;
  private static SelfSignedCertificate certificate;
  private static PostgresTestServer server;

  @BeforeAll
  static void start() throws Exception {
    authority = new CertificateAuthority(directory);
    certificate = authority.issue("server", "san=dns:localhost");
    server = PostgresTestServer.startWithTls(certificate);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void tlsIsUsedWhereItIsOffered() {
    assertThat(encrypted(Map.of())).isTrue();
    assertThat(encrypted(Map.of("POSTGRES_SSL_MODE", "allow"))).isTrue();
    assertThat(encrypted(Map.of("POSTGRES_SSL_MODE", "disable"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefer", "require", "verify-ca", "verify-full"})
  void anUnknownAuthorityIsRefused(String mode) {
    assertRefused(
        Map.of("POSTGRES_SSL_MODE", mode, "POSTGRES_HOST", "localhost"), "certification path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefer", "require", "verify-ca", "verify-full"})
  void aNamedAuthorityIsTrusted(String mode) throws Exception {
    assertThat(
            encrypted(
                Map.of(
                    "POSTGRES_SSL_MODE",
                    mode,
                    "POSTGRES_HOST",
                    "localhost",
                    "POSTGRES_SSL_ROOT_CERT",
                    authority.certificate().toString())))
        .isTrue();
  }

  /** The certificate is localhost's, not that of 127.0.0.1. */
  @Test
  void theHostNameIsCheckedUnlessTheAuthorityIsEnough() throws Exception {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "POSTGRES_HOST",
                "127.0.0.1",
                "POSTGRES_SSL_ROOT_CERT",
                authority.certificate().toString()));
    settings.put("POSTGRES_SSL_MODE", "verify-full");
    assertRefused(settings, "127.0.0.1");
    settings.put("POSTGRES_SSL_MODE", "verify-ca");
    assertThat(encrypted(settings)).isTrue();
  }

  @Test
  void aRevokedCertificateIsRefused() throws Exception {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "POSTGRES_SSL_MODE", "verify-full",
                "POSTGRES_HOST", "localhost",
                "POSTGRES_SSL_ROOT_CERT", authority.certificate().toString()));
    Path other = authority.issue("other", "san=dns:elsewhere").certificate();
    settings.put("POSTGRES_SSL_CRL", authority.revoke(other).toString());
    assertThat(encrypted(settings)).isTrue();
    settings.put("POSTGRES_SSL_CRL", authority.revoke(certificate.certificate()).toString());
    assertRefused(settings, "revoked");
  }

  @Test
  void aServerWithoutTlsIsRefusedWhenTlsIsAsked() {
    Database plain = Database.create();
    assertThatThrownBy(() -> encrypted(plain.server(), Map.of("POSTGRES_SSL_MODE", "require")))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.SETTINGS))
        .hasMessageContaining("does not support SSL");
    assertThat(encrypted(plain.server(), Map.of())).isFalse();
  }

  @Test
  void aClientShowsItsCertificate() throws Exception {
    Database database = Database.create(server);
    Path rules = Path.of(database.query("SHOW hba_file").get(0));
    SelfSignedCertificate client = authority.issue("postgres", "eku=clientAuth");
    Files.writeString(
        rules, "hostssl " + database.name() + " all 127.0.0.1/32 cert\n" + Files.readString(rules));
    database.execute(
        "ALTER SYSTEM SET ssl_ca_file = '" + authority.certificate() + "'",
        "SELECT pg_reload_conf()");
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "POSTGRES_DATABASE",
                database.name(),
                "POSTGRES_SSL_MODE",
                "verify-full",
                "POSTGRES_HOST",
                "localhost",
                "POSTGRES_SSL_ROOT_CERT",
                authority.certificate().toString()));
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> encrypted(settings))
                    .hasMessageContaining("requires a valid client certificate"));
    settings.put("POSTGRES_SSL_CERT", client.certificate().toString());
    settings.put("POSTGRES_SSL_KEY", client.key().toString());
    assertThat(encrypted(settings)).isTrue();
  }

  private static boolean encrypted(Map<String, String> settings) {
    return encrypted(server, settings);
  }

  private static boolean encrypted(PostgresTestServer where, Map<String, String> settings) {
    PostgresSettings parsed =
        PostgresSettings.parse(new Database(where, "postgres").settings(settings));
    try (ConnectionPool connections = new ConnectionPool(parsed, true)) {
      return connections.inTransaction(
          connection -> {
            try (ResultSet row =
                connection
                    .createStatement()
                    .executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
              row.next();
              return row.getBoolean(1);
            }
          });
    }
  }

  private static void assertRefused(Map<String, String> settings, String reason) {
    assertThatThrownBy(() -> encrypted(settings))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(Kind.SETTINGS))
        .hasMessageContaining(reason)
        .hasMessageContaining("POSTGRES_SSL_MODE");
  }
}
