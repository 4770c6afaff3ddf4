package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.Workspaces;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * LightRAG's settings for PostgreSQL, checked.
 *
 * @param serverSettings run-time parameters for the start of a session
 */
record PostgresSettings(
    String host,
    int port,
    String user,
    String password,
    String database,
    String workspace,
    int maxConnections,
    Map<String, String> serverSettings,
    TlsSettings tls) {

  static final Setting HOST =
      ini("HOST", Setting.Type.TEXT, "host", "host name or address")
          .withDefault("localhost")
          .withExample("localhost");
  static final Setting PORT =
      ini("PORT", Setting.Type.INTEGER, "port", "TCP port").withDefault("5432").withExample("5432");
  static final Setting USER =
      ini("USER", Setting.Type.TEXT, "user", "user")
          .withDefault("postgres")
          .withExample("postgres")
          .asRequired();
  static final Setting PASSWORD =
      ini("PASSWORD", Setting.Type.TEXT, "password", "password of the user")
          .withExample("yourpassword")
          .asRequired()
          .asSecret();
  static final Setting DATABASE =
      ini("DATABASE", Setting.Type.TEXT, "database", "database")
          .withDefault("postgres")
          .withExample("lightrag")
          .asRequired();
  static final Setting OWN_WORKSPACE =
      ini(
          "WORKSPACE",
          Setting.Type.WORKSPACE,
          "workspace",
          "workspace in PostgreSQL, before WORKSPACE");
  static final Setting MAX_CONNECTIONS =
      ini("MAX_CONNECTIONS", Setting.Type.INTEGER, "max_connections", "connections open at most")
          .withDefault("50");
  static final Setting SERVER_SETTINGS =
      ini(
          "SERVER_SETTINGS",
          Setting.Type.TEXT,
          "server_options",
          "run-time parameters of the session: name=value&name=value");
  static final Setting CONNECTION_RETRIES =
      ini("CONNECTION_RETRIES", Setting.Type.INTEGER, "connection_retries", "attempts to connect")
          .withDefault("10");
  static final Setting CONNECTION_RETRY_BACKOFF =
      ini(
              "CONNECTION_RETRY_BACKOFF",
              Setting.Type.DECIMAL,
              "connection_retry_backoff",
              "seconds to wait before the second attempt")
          .withDefault("3.0");
  static final Setting CONNECTION_RETRY_BACKOFF_MAX =
      ini(
              "CONNECTION_RETRY_BACKOFF_MAX",
              Setting.Type.DECIMAL,
              "connection_retry_backoff_max",
              "seconds to wait before any attempt at the most")
          .withDefault("30.0");

  static final List<Setting> ALL =
      List.of(
          HOST,
          PORT,
          USER,
          PASSWORD,
          DATABASE,
          OWN_WORKSPACE,
          Setting.WORKSPACE,
          MAX_CONNECTIONS,
          TlsSettings.SSL_MODE,
          TlsSettings.SSL_CERT,
          TlsSettings.SSL_KEY,
          TlsSettings.SSL_ROOT_CERT,
          TlsSettings.SSL_CRL,
          SERVER_SETTINGS,
          CONNECTION_RETRIES,
          CONNECTION_RETRY_BACKOFF,
          CONNECTION_RETRY_BACKOFF_MAX);

  /** What LightRAG calls a record's place when no workspace is set. */
  private static final String DEFAULT_WORKSPACE = "default";

  private static final int MAX_WORKSPACE = 255;

  /**
   * @throws StoreException SETTINGS
   */
  static PostgresSettings parse(Settings settings) {
    String host = settings.require(HOST);
    if (host.isEmpty()) {
      // asyncpg then looks for a Unix socket, in several folders
      throw unusable(HOST, "is empty: name a host to reach over TCP, say localhost");
    }
    if (host.startsWith("/")) {
      throw unusable(HOST, "is the folder of a Unix socket: name a host to reach over TCP");
    }
    int port = settings.integer(PORT);
    if (port < 1 || port > 65_535) {
      throw unusable(PORT, "is no TCP port");
    }
    int maxConnections = settings.integer(MAX_CONNECTIONS);
    if (maxConnections < 1) {
      throw unusable(MAX_CONNECTIONS, "must be at least 1");
    }
    return new PostgresSettings(
        host,
        port,
        settings.require(USER),
        settings.require(PASSWORD),
        settings.require(DATABASE),
        workspace(settings),
        maxConnections,
        serverSettings(settings.text(SERVER_SETTINGS)),
        TlsSettings.parse(settings));
  }

  /** {@code host:port/database}, for messages. */
  String place() {
    return host + ":" + port + "/" + database;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return place();
  }

  private static String workspace(Settings settings) {
    String own = settings.text(OWN_WORKSPACE);
    String chosen = own.isEmpty() ? settings.text(Setting.WORKSPACE) : own;
    String workspace = Workspaces.validate(chosen.isEmpty() ? DEFAULT_WORKSPACE : chosen);
    if (workspace.codePointCount(0, workspace.length()) > MAX_WORKSPACE) {
      throw new StoreException(
          StoreException.Kind.SETTINGS,
          "workspace '" + workspace + "' is longer than " + MAX_WORKSPACE + " characters");
    }
    return workspace;
  }

  /** What is no name=value is passed over, as LightRAG does; nothing is URL-decoded. */
  private static Map<String, String> serverSettings(String text) {
    Map<String, String> parsed = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parsed.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return parsed;
  }

  static StoreException unusable(Setting setting, String problem) {
    return new StoreException(StoreException.Kind.SETTINGS, setting.name() + " " + problem);
  }

  static Setting ini(String name, Setting.Type type, String option, String description) {
    return Setting.of("POSTGRES_" + name, type, description).ini("postgres", option);
  }
}
