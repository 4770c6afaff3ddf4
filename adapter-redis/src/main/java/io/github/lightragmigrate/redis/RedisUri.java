package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.StoreException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Redis URL as redis-py 8 reads it ({@code redis.asyncio.connection.parse_url}): any character is
 * taken in a password but {@code / ? #}, which need their percent escapes; the query wins over the
 * path for the database, and a path that is no number is ignored. {@link java.net.URI} refuses many
 * such passwords, and shows them in its message.
 *
 * @param tls {@code rediss://}
 * @param host lower case
 * @param user empty for the default user
 * @param password empty for none
 * @param parameters of the query, decoded; the first of a repeated one; blank ones are dropped
 */
record RedisUri(
    boolean tls,
    String host,
    int port,
    String user,
    String password,
    int database,
    Map<String, String> parameters) {

  private static final int DEFAULT_PORT = 6379;

  RedisUri {
    parameters = Map.copyOf(parameters);
  }

  /**
   * @throws StoreException SETTINGS, without any part of the URI
   */
  static RedisUri parse(String uri) {
    String text = uri.strip();
    int schemeEnd = text.indexOf("://");
    String scheme = schemeEnd < 0 ? "" : text.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
    if (scheme.equals("unix")) {
      throw unusable(
          "is a Unix socket, which Java's Redis client cannot use: give the TCP address");
    }
    if (!scheme.equals("redis") && !scheme.equals("rediss")) {
      throw unusable("must start with redis:// or rediss://");
    }
    String rest = before(text.substring(schemeEnd + 3), '#');
    Map<String, String> parameters = parameters(after(rest, '?'));
    refuseMisplacedAt(text, before(rest, '?'), after(rest, '?'));
    rest = before(rest, '?');
    String authority = before(rest, '/');
    int at = authority.lastIndexOf('@');
    String userInfo = at < 0 ? "" : authority.substring(0, at);
    String hostAndPort = authority.substring(at + 1);
    String user = decode(before(userInfo, ':'), false);
    String password = decode(after(userInfo, ':'), false);
    String host = decode(host(hostAndPort), false).toLowerCase(Locale.ROOT);
    return new RedisUri(
        scheme.equals("rediss"),
        host.isEmpty() ? "localhost" : host,
        port(hostAndPort),
        user.isEmpty() ? parameters.getOrDefault("username", "") : user,
        password.isEmpty() ? parameters.getOrDefault("password", "") : password,
        database(parameters.get("db"), after(rest, '/')),
        parameters);
  }

  /** {@code host:port/database}, for people and for telling places apart. */
  String place() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/" + database;
  }

  /** The message says nothing of the value, which may hold a password. */
  static StoreException unusable(String problem) {
    return new StoreException(
        StoreException.Kind.SETTINGS,
        "REDIS_URI (or uri in [redis] of config.ini) "
            + problem
            + "; its form is redis://user:password@host:6379/0, rediss:// for TLS, with special"
            + " characters of the password percent-encoded");
  }

  /** Else a piece of the password is taken for the host, and shown. */
  private static void refuseMisplacedAt(String uri, String authorityAndPath, String query) {
    boolean inName = false;
    for (String pair : query.split("&", -1)) {
      inName |= before(pair, '=').contains("@");
    }
    if (inName || after(authorityAndPath, '/').contains("@") || after(uri, '#').contains("@")) {
      throw unusable("has an @ after a /, ? or #: percent-encode these in the password");
    }
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      String value = decode(after(pair, '='), true);
      if (!value.isEmpty()) {
        parameters.putIfAbsent(decode(before(pair, '='), true), value);
      }
    }
    return parameters;
  }

  private static String host(String hostAndPort) {
    int close = hostAndPort.indexOf(']');
    if (hostAndPort.startsWith("[") && close > 0) {
      return hostAndPort.substring(1, close);
    }
    return before(hostAndPort, ':');
  }

  private static int port(String hostAndPort) {
    String port = after(hostAndPort.substring(hostAndPort.indexOf(']') + 1), ':');
    if (port.isEmpty()) {
      return DEFAULT_PORT;
    }
    try {
      int number = Integer.parseInt(port);
      if (number >= 0 && number < 65536) {
        return number == 0 ? DEFAULT_PORT : number;
      }
    } catch (NumberFormatException e) {
      // reported below, as a number out of range is
    }
    throw unusable("has no usable port number");
  }

  private static int database(@Nullable String parameter, String path) {
    try {
      int database = Integer.parseInt(parameter == null ? decodedPath(path) : parameter.strip());
      if (database >= 0) {
        return database;
      }
    } catch (NumberFormatException e) {
      if (parameter == null) {
        return 0;
      }
    }
    throw unusable("has no usable database number");
  }

  private static String decodedPath(String path) {
    return decode(path, false).replace("/", "").strip();
  }

  private static String before(String text, char separator) {
    int index = text.indexOf(separator);
    return index < 0 ? text : text.substring(0, index);
  }

  private static String after(String text, char separator) {
    int index = text.indexOf(separator);
    return index < 0 ? "" : text.substring(index + 1);
  }

  /** As Python's unquote: what is no escape stays as it is. */
  private static String decode(String text, boolean plusIsSpace) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(utf8.length);
    for (int i = 0; i < utf8.length; i++) {
      int high = utf8[i] == '%' && i + 2 < utf8.length ? Character.digit(utf8[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(utf8[i + 2], 16);
      if (low >= 0) {
        out.write(high * 16 + low);
        i += 2;
      } else {
        out.write(plusIsSpace && utf8[i] == '+' ? ' ' : utf8[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return place();
  }
}
