package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.HttpHost;

/**
 * How to reach the cluster, and how to create an index there.
 *
 * @param hosts at least one
 * @param pathPrefix what a proxy wants before every path; empty for none
 * @param user empty: no authentication
 * @param timeout for connecting, and for the silence of a server
 */
record OpenSearchSettings(
    List<HttpHost> hosts,
    String pathPrefix,
    String user,
    String password,
    boolean verifyCerts,
    Duration timeout,
    int shards,
    int replicas) {

  static final Setting HOSTS =
      ini(Setting.Type.TEXT, "hosts", "host:port of the nodes, with commas", "localhost:9200")
          .withExample("localhost:9200")
          .asRequired();
  static final Setting USER =
      ini(Setting.Type.TEXT, "user", "user name; empty for no authentication", "admin")
          .withExample("admin");
  static final Setting PASSWORD =
      ini(Setting.Type.TEXT, "password", "password of the user", "admin")
          .withExample("yourpassword")
          .asSecret();
  static final Setting USE_SSL =
      ini(Setting.Type.FLAG, "use_ssl", "whether the nodes speak HTTPS", "true")
          .withExample("true");
  static final Setting VERIFY_CERTS =
      ini(
          Setting.Type.FLAG,
          "verify_certs",
          "whether certificates must be known to Java's trust store and match the host",
          "false");
  static final Setting TIMEOUT =
      ini(Setting.Type.INTEGER, "timeout", "seconds to wait for a connection or an answer", "30");
  static final Setting MAX_RETRIES =
      ini(
          Setting.Type.INTEGER,
          "max_retries",
          "retries after a call that failed; unless it is set, a migration retries for a minute",
          "3");
  static final Setting NUMBER_OF_SHARDS =
      ini(
          Setting.Type.INTEGER,
          "number_of_shards",
          "primary shards of an index that is created",
          "1");
  static final Setting NUMBER_OF_REPLICAS =
      ini(Setting.Type.INTEGER, "number_of_replicas", "replicas of an index that is created", "0");
  static final Setting OWN_WORKSPACE =
      Setting.of(
          "OPENSEARCH_WORKSPACE",
          Setting.Type.WORKSPACE,
          "workspace in OpenSearch, before WORKSPACE");

  static final List<Setting> ALL =
      List.of(
          HOSTS,
          USER,
          PASSWORD,
          USE_SSL,
          VERIFY_CERTS,
          TIMEOUT,
          MAX_RETRIES,
          NUMBER_OF_SHARDS,
          NUMBER_OF_REPLICAS,
          OWN_WORKSPACE,
          Setting.WORKSPACE);

  /** Retries that were asked for are made, however long they take. */
  static final Duration NO_BUDGET = Duration.ofDays(365);

  private static final Pattern NODE =
      Pattern.compile(
          "(?:(?<scheme>(?i:https?))://)?(?<authority>[^/?#]*[^/?#:])(?<path>(?:/[^?#]*)?)");
  private static final Set<String> YES = Set.of("true", "1", "yes");
  private static final int DEFAULT_PORT = 9200;
  private static final int HTTPS_PORT = 443;

  private static Setting ini(
      Setting.Type type, String option, String description, String defaultValue) {
    return Setting.of("OPENSEARCH_" + option.toUpperCase(Locale.ROOT), type, description)
        .ini("opensearch", option)
        .withDefault(defaultValue);
  }

  /**
   * @throws StoreException SETTINGS
   */
  static OpenSearchSettings of(Settings settings) {
    boolean useSsl = flag(settings, USE_SSL);
    List<String> nodes = nodes(settings.require(HOSTS));
    List<String> prefixes = nodes.stream().map(OpenSearchSettings::pathPrefix).distinct().toList();
    if (prefixes.size() > 1) {
      throw unusable(HOSTS, "names nodes with different paths");
    }
    return new OpenSearchSettings(
        nodes.stream().map(node -> host(node, useSsl)).distinct().toList(),
        prefixes.get(0),
        settings.text(USER),
        settings.text(PASSWORD),
        flag(settings, VERIFY_CERTS),
        Duration.ofSeconds(atLeast(1, settings, TIMEOUT)),
        atLeast(1, settings, NUMBER_OF_SHARDS),
        atLeast(0, settings, NUMBER_OF_REPLICAS));
  }

  /**
   * Calls at the most: the first, and the retries.
   *
   * @throws StoreException SETTINGS when it is no integer, or negative
   */
  static int attempts(Settings settings) {
    return Math.min(atLeast(0, settings, MAX_RETRIES), Integer.MAX_VALUE - 1) + 1;
  }

  /** {@code host:port,...}, the same for the same nodes in any order. */
  String nodes() {
    return hosts.stream().map(HttpHost::toHostString).sorted().collect(Collectors.joining(","))
        + pathPrefix;
  }

  boolean secure() {
    return hosts.stream().allMatch(host -> host.getSchemeName().equals("https"));
  }

  private static int atLeast(int least, Settings settings, Setting setting) {
    int value = settings.integer(setting);
    if (value < least) {
      throw unusable(setting, "is less than " + least);
    }
    return value;
  }

  /** What says yes, and LightRAG takes for no, is refused: the connection would not be the same. */
  private static boolean flag(Settings settings, Setting setting) {
    boolean yes = settings.flag(setting);
    if (yes && !YES.contains(settings.text(setting).toLowerCase(Locale.ROOT))) {
      throw unusable(
          setting,
          "is a yes that LightRAG takes for a no; write true or false, without white space");
    }
    return yes;
  }

  private static List<String> nodes(String list) {
    List<String> nodes =
        Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .filter(node -> !node.isEmpty())
            .toList();
    if (nodes.isEmpty()) {
      throw unusable(HOSTS, "names no node");
    }
    return nodes;
  }

  /**
   * As opensearch-py reads it: {@code https://} means TLS and port 443, {@code http://} says
   * nothing against OPENSEARCH_USE_SSL. The text may hold a password, so no message repeats it.
   */
  private static HttpHost host(String node, boolean useSsl) {
    Matcher parts = NODE.matcher(node);
    if (!parts.matches()) {
      throw unusable(HOSTS, "is no list of host:port");
    }
    if (parts.group("authority").contains("@")) {
      throw unusable(
          HOSTS, "holds a user name: set OPENSEARCH_USER and OPENSEARCH_PASSWORD instead");
    }
    boolean https = "https".equalsIgnoreCase(parts.group("scheme"));
    try {
      // java.net.URI knows no host with an underscore, as Docker Compose has them
      HttpHost host = HttpHost.create(parts.group("authority"));
      int port = host.getPort() > 0 ? host.getPort() : https ? HTTPS_PORT : DEFAULT_PORT;
      return new HttpHost(
          https || useSsl ? "https" : "http", host.getHostName().toLowerCase(Locale.ROOT), port);
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw unusable(HOSTS, "is no list of host:port");
    }
  }

  private static String pathPrefix(String node) {
    Matcher parts = NODE.matcher(node);
    return parts.matches() ? parts.group("path").replaceAll("/+$", "") : "";
  }

  private static StoreException unusable(Setting setting, String problem) {
    return new StoreException(
        StoreException.Kind.SETTINGS,
        setting.name()
            + " (or "
            + setting.option()
            + " in [opensearch] of config.ini) "
            + problem
            + ": "
            + setting.description());
  }

  /** Without the password. */
  @Override
  public String toString() {
    return nodes();
  }
}
