package io.github.lightragmigrate.postgres;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.postgresql.PGProperty;

/** How pgjdbc is told what the settings say. */
final class ConnectionProperties {

  private static final int CONNECT_SECONDS = 10;
  private static final int LOGIN_SECONDS = 30;

  /** A count of a large table takes minutes; a server that went away must not hold us for ever. */
  private static final int ANSWER_SECONDS = 600;

  /** After which a call has failed at the latest, unless the server answers. */
  static final Duration LONGEST_CALL = Duration.ofSeconds(LOGIN_SECONDS + ANSWER_SECONDS);

  private ConnectionProperties() {}

  static Properties of(PostgresSettings settings) {
    Properties properties = new Properties();
    PGProperty.PG_HOST.set(properties, settings.host());
    PGProperty.PG_PORT.set(properties, settings.port());
    PGProperty.PG_DBNAME.set(properties, settings.database());
    PGProperty.USER.set(properties, settings.user());
    PGProperty.PASSWORD.set(properties, settings.password());
    PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
    PGProperty.LOGIN_TIMEOUT.set(properties, LOGIN_SECONDS);
    PGProperty.SOCKET_TIMEOUT.set(properties, ANSWER_SECONDS);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.REWRITE_BATCHED_INSERTS.set(properties, true);
    // no statement outlives its transaction, so that a pooler such as PgBouncer may stand between
    PGProperty.PREPARE_THRESHOLD.set(properties, 0);
    // details quote rows, and a failed batch would be quoted whole
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    PGProperty.APPLICATION_NAME.set(properties, "lightrag-migrate");
    serverSettings(settings.serverSettings(), properties);
    tls(settings.tls(), properties);
    return properties;
  }

  /** asyncpg sends them as parameters of the startup message; pgjdbc can send "options" only. */
  private static void serverSettings(Map<String, String> parameters, Properties properties) {
    StringBuilder options = new StringBuilder();
    parameters.forEach(
        (name, value) -> {
          if (name.equalsIgnoreCase("application_name")) {
            PGProperty.APPLICATION_NAME.set(properties, value);
          } else if (name.equals("options")) {
            options.append(' ').append(value);
          } else {
            options.append(" -c ").append(escape(name)).append('=').append(escape(value));
          }
        });
    if (!options.isEmpty()) {
      PGProperty.OPTIONS.set(properties, options.substring(1));
    }
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replaceAll("(\\s)", "\\\\$1");
  }

  private static void tls(TlsSettings tls, Properties properties) {
    PGProperty.SSL_MODE.set(
        properties,
        switch (tls.mode()) {
          case OFF -> "disable";
          case OPPORTUNISTIC -> "prefer";
          // checking the certificate is the factory's
          case VERIFY_CA, VERIFY_FULL -> "require";
        });
    PGProperty.SSL_FACTORY.set(properties, PemSocketFactory.class.getName());
    properties.setProperty(PemSocketFactory.MODE, tls.mode().name());
    tls.certificate().ifPresent(file -> PGProperty.SSL_CERT.set(properties, file.toString()));
    tls.key().ifPresent(file -> PGProperty.SSL_KEY.set(properties, file.toString()));
    tls.rootCertificate()
        .ifPresent(file -> PGProperty.SSL_ROOT_CERT.set(properties, file.toString()));
    tls.revocationList()
        .ifPresent(file -> properties.setProperty(PemSocketFactory.CRL, file.toString()));
  }
}
