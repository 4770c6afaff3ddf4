package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.Workspaces;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/** LightRAG's settings for Redis, turned into those of Jedis. */
record RedisSettings(
    RedisUri uri,
    String workspace,
    int maxConnections,
    Duration socketTimeout,
    Duration connectTimeout,
    boolean evictionAllowed) {

  static final Setting URI =
      Setting.text("REDIS_URI", "server: redis://user:password@host:port/database")
          .ini("redis", "uri")
          .withDefault("redis://localhost:6379")
          .withExample("redis://localhost:6379")
          .asRequired()
          .asSecret();
  static final Setting OWN_WORKSPACE =
      Setting.of("REDIS_WORKSPACE", Setting.Type.WORKSPACE, "workspace of the Redis stores");
  static final Setting MAX_CONNECTIONS =
      Setting.of("REDIS_MAX_CONNECTIONS", Setting.Type.INTEGER, "most connections at a time")
          .withDefault("200");
  static final Setting SOCKET_TIMEOUT =
      Setting.of("REDIS_SOCKET_TIMEOUT", Setting.Type.DECIMAL, "seconds to wait for an answer")
          .withDefault("30.0");
  static final Setting CONNECT_TIMEOUT =
      Setting.of("REDIS_CONNECT_TIMEOUT", Setting.Type.DECIMAL, "seconds to wait for a connection")
          .withDefault("10.0");
  static final Setting RETRY_ATTEMPTS =
      Setting.of(
              "REDIS_RETRY_ATTEMPTS",
              Setting.Type.INTEGER,
              "attempts at an operation, the first included; unless it is set, a migration tries"
                  + " for a minute")
          .withDefault("3");
  static final Setting ALLOW_EVICTION =
      Setting.of(
              "REDIS_ALLOW_EVICTION_POLICY",
              Setting.Type.FLAG,
              "accept a server that may evict entries (maxmemory with an allkeys-* policy)")
          .withDefault("false");

  static final List<Setting> ALL =
      List.of(
          URI,
          OWN_WORKSPACE,
          Setting.WORKSPACE,
          MAX_CONNECTIONS,
          SOCKET_TIMEOUT,
          CONNECT_TIMEOUT,
          RETRY_ATTEMPTS,
          ALLOW_EVICTION);

  /** Attempts that were asked for are made, however long they take. */
  static final Duration NO_BUDGET = Duration.ofDays(365);

  /** Parameters of the URL that are honoured; redis-py lets them win over the settings. */
  private static final Set<String> HONOURED =
      Set.of(
          "db",
          "username",
          "password",
          "client_name",
          "max_connections",
          "socket_timeout",
          "socket_connect_timeout");

  private static final Set<String> HONOURED_WITH_TLS =
      Set.of(
          "ssl_cert_reqs",
          "ssl_check_hostname",
          "ssl_ca_certs",
          "ssl_ca_data",
          "ssl_certfile",
          "ssl_keyfile",
          "ssl_min_version");

  /** These say how redis-py talks and have no meaning for what is stored. */
  private static final Set<String> IGNORED =
      Set.of(
          "protocol",
          "legacy_responses",
          "decode_responses",
          "health_check_interval",
          "socket_keepalive",
          "socket_read_size",
          "retry_on_timeout",
          "retry_on_error",
          "lib_name",
          "lib_version",
          "timeout");

  /**
   * @throws StoreException SETTINGS
   */
  static RedisSettings of(Settings settings) {
    List<String> problems = settings.problems(ALL);
    if (!problems.isEmpty()) {
      throw new StoreException(StoreException.Kind.SETTINGS, String.join("; ", problems));
    }
    RedisUri uri = RedisUri.parse(settings.require(URI));
    checkNames(uri);
    Map<String, String> inUrl = uri.parameters();
    double maxConnections =
        inUrl.containsKey("max_connections")
            ? number(inUrl, "max_connections")
            : settings.integer(MAX_CONNECTIONS);
    return new RedisSettings(
        uri,
        Workspaces.resolve(settings, OWN_WORKSPACE),
        (int) positive("REDIS_MAX_CONNECTIONS", maxConnections),
        seconds(settings, SOCKET_TIMEOUT, inUrl, "socket_timeout"),
        seconds(settings, CONNECT_TIMEOUT, inUrl, "socket_connect_timeout"),
        // LightRAG knows no other yes for this one
        settings.text(ALLOW_EVICTION).strip().equalsIgnoreCase("true"));
  }

  /**
   * @throws StoreException SETTINGS when it is no integer, or less than 1
   */
  static int retryAttempts(Settings settings) {
    int attempts = settings.integer(RETRY_ATTEMPTS);
    if (attempts < 1) {
      throw new StoreException(
          StoreException.Kind.SETTINGS, RETRY_ATTEMPTS.name() + " must be at least 1");
    }
    return attempts;
  }

  // Jedis's newer SslOptions take key stores in files only, not certificates in PEM form
  @SuppressWarnings("deprecation")
  JedisClientConfig client() {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            // what every Redis since 2.x and every proxy speaks
            .resp2()
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .connectionTimeoutMillis((int) connectTimeout.toMillis())
            .socketTimeoutMillis((int) socketTimeout.toMillis())
            .database(uri.database());
    if (!uri.user().isEmpty()) {
      config.user(uri.user()).password(uri.password());
    } else if (!uri.password().isEmpty()) {
      config.password(uri.password());
    }
    String clientName = uri.parameters().get("client_name");
    if (clientName != null) {
      config.clientName(clientName);
    }
    if (uri.tls()) {
      RedisTls tls = new RedisTls(uri.parameters());
      config.ssl(true).sslSocketFactory(tls.socketFactory()).sslParameters(tls.sslParameters());
    }
    return config.build();
  }

  GenericObjectPoolConfig<Connection> pool() {
    GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
    pool.setMaxTotal(maxConnections);
    pool.setMaxWait(socketTimeout);
    // not tested with PING, which a server that cannot save refuses while it can be read
    pool.setJmxEnabled(false);
    return pool;
  }

  /** As redis-py's {@code to_bool}: everything is true but a few words. */
  static boolean truth(String value) {
    return !Set.of("0", "F", "FALSE", "N", "NO").contains(value.toUpperCase(Locale.ROOT));
  }

  private static void checkNames(RedisUri uri) {
    Set<String> unknown = new TreeSet<>(uri.parameters().keySet());
    unknown.removeAll(HONOURED);
    unknown.removeAll(HONOURED_WITH_TLS);
    unknown.removeAll(IGNORED);
    if (!unknown.isEmpty()) {
      // a name can be a piece of a password with a ? in it
      Set<String> known = new TreeSet<>(HONOURED);
      known.addAll(HONOURED_WITH_TLS);
      throw RedisUri.unusable("has other query parameters than are supported here " + known);
    }
    Set<String> ssl = new TreeSet<>(uri.parameters().keySet());
    ssl.retainAll(HONOURED_WITH_TLS);
    if (!uri.tls() && !ssl.isEmpty()) {
      throw RedisUri.unusable("has TLS parameters " + ssl + ", which need rediss://");
    }
  }

  private static Duration seconds(
      Settings settings, Setting setting, Map<String, String> inUrl, String parameter) {
    double seconds =
        inUrl.containsKey(parameter) ? number(inUrl, parameter) : settings.decimal(setting);
    double millis = positive(setting.name(), seconds) * 1000;
    return Duration.ofMillis((long) Math.max(1, Math.min(millis, Integer.MAX_VALUE)));
  }

  private static double number(Map<String, String> inUrl, String parameter) {
    try {
      return Double.parseDouble(inUrl.getOrDefault(parameter, ""));
    } catch (NumberFormatException e) {
      throw RedisUri.unusable("has a " + parameter + " that is not a number");
    }
  }

  private static double positive(String name, double value) {
    if (value > 0) {
      return value;
    }
    throw new StoreException(
        StoreException.Kind.SETTINGS, name + " (or its parameter in REDIS_URI) must be above 0");
  }
}
