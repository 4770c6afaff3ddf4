package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * LightRAG's settings for TLS, checked. Each file can be read.
 *
 * @param mode what LightRAG makes of {@code POSTGRES_SSL_MODE}
 * @param certificate the client's, with its key or not at all
 * @param rootCertificate authorities to trust beside those that Java trusts
 */
record TlsSettings(
    Mode mode,
    Optional<Path> certificate,
    Optional<Path> key,
    Optional<Path> rootCertificate,
    Optional<Path> revocationList) {

  enum Mode {
    /** Never TLS. */
    OFF,
    /** TLS where the server offers it, without a check of its certificate: asyncpg's default. */
    OPPORTUNISTIC,
    /** TLS, and the server's certificate has a trusted authority. */
    VERIFY_CA,
    /** And is the certificate of this host. */
    VERIFY_FULL
  }

  static final Setting SSL_MODE =
      PostgresSettings.ini(
          "SSL_MODE",
          Setting.Type.TEXT,
          "ssl_mode",
          "disable; allow (and unset): TLS if offered, unchecked; prefer, require, verify-full: TLS,"
              + " certificate and host name checked; verify-ca: without the host name");
  static final Setting SSL_CERT =
      PostgresSettings.ini(
          "SSL_CERT", Setting.Type.TEXT, "ssl_cert", "PEM file of the client's certificate");
  static final Setting SSL_KEY =
      PostgresSettings.ini(
          "SSL_KEY", Setting.Type.TEXT, "ssl_key", "PEM file of the client's private key");
  static final Setting SSL_ROOT_CERT =
      PostgresSettings.ini(
          "SSL_ROOT_CERT",
          Setting.Type.TEXT,
          "ssl_root_cert",
          "PEM file of authorities to trust beside the known ones");
  static final Setting SSL_CRL =
      PostgresSettings.ini(
          "SSL_CRL", Setting.Type.TEXT, "ssl_crl", "file of revoked certificates (CRL)");

  /**
   * @throws StoreException SETTINGS
   */
  static TlsSettings parse(Settings settings) {
    Mode mode =
        switch (settings.text(SSL_MODE).toLowerCase(Locale.ROOT)) {
          case "disable" -> Mode.OFF;
          case "", "allow" -> Mode.OPPORTUNISTIC;
          case "verify-ca" -> Mode.VERIFY_CA;
          // LightRAG hands asyncpg ssl=True for the first two, which is Python's default context
          case "prefer", "require", "verify-full" -> Mode.VERIFY_FULL;
          default ->
              throw PostgresSettings.unusable(
                  SSL_MODE,
                  "must be one of disable, allow, prefer, require, verify-ca, verify-full");
        };
    Optional<Path> certificate = file(settings, SSL_CERT, mode);
    Optional<Path> key = file(settings, SSL_KEY, mode);
    if (certificate.isPresent() != key.isPresent()) {
      throw PostgresSettings.unusable(
          certificate.isPresent() ? SSL_KEY : SSL_CERT,
          "is not set: a client's certificate and its key go together");
    }
    return new TlsSettings(
        mode, certificate, key, file(settings, SSL_ROOT_CERT, mode), file(settings, SSL_CRL, mode));
  }

  private static Optional<Path> file(Settings settings, Setting setting, Mode mode) {
    String name = settings.text(setting);
    if (name.isEmpty() || mode == Mode.OFF) {
      return Optional.empty();
    }
    Path file = Path.of(name);
    if (!Files.isReadable(file)) {
      throw PostgresSettings.unusable(setting, "names no readable file: " + name);
    }
    return Optional.of(file);
  }
}
