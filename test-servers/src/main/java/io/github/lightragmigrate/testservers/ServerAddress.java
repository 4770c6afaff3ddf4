package io.github.lightragmigrate.testservers;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where a server listens and how to log in; an empty user or password means none.
 *
 * @param host host name or address
 * @param port TCP port
 * @param user user name, decoded
 * @param password password, decoded
 */
record ServerAddress(String host, int port, String user, String password) {
  /** Reads {@code scheme://user:password@host:port/...} with percent-encoded user information. */
  static ServerAddress parse(String variable, String text, int defaultPort) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      // The cause's message would show the password.
      throw new IllegalArgumentException(variable + " is not a URI");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException(variable + " names no host");
    }
    String[] login =
        uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
    return new ServerAddress(
        uri.getHost(),
        uri.getPort() == -1 ? defaultPort : uri.getPort(),
        login.length > 0 ? decode(login[0]) : "",
        login.length > 1 ? decode(login[1]) : "");
  }

  /** {@code user:password@host:port}, percent-encoded. */
  String authority() {
    String login =
        user.isEmpty() && password.isEmpty() ? "" : encode(user) + ":" + encode(password) + "@";
    return login + host + ":" + port;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }

  private static String decode(String text) {
    return URI.create("x:" + text).getSchemeSpecificPart();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
