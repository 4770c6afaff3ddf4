package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * What Jedis and the server report, told for people. Never holds a part of the URL but the place.
 */
final class RedisErrors {

  private final RedisUri uri;

  RedisErrors(RedisUri uri) {
    this.uri = uri;
  }

  StoreException translate(JedisException e) {
    Set<Throwable> chain = chain(e);
    if (has(chain, InterruptedException.class)) {
      Thread.currentThread().interrupt();
      return interrupted();
    }
    for (Throwable each : chain) {
      if (each instanceof JedisDataException answer) {
        return ofAnswer(String.valueOf(answer.getMessage()), e);
      }
    }
    return ofConnection(chain, e);
  }

  StoreException interrupted() {
    return new StoreException(Kind.INTERRUPTED, "interrupted while talking to " + server());
  }

  static boolean isWrongType(JedisDataException e) {
    return String.valueOf(e.getMessage()).startsWith("WRONGTYPE");
  }

  static boolean isUnableToSave(JedisDataException e) {
    return String.valueOf(e.getMessage()).startsWith("MISCONF");
  }

  /** Whether a connection ended that had been made. */
  static boolean isBroken(JedisException e) {
    Set<Throwable> chain = chain(e);
    return e instanceof JedisConnectionException
        && !has(chain, ConnectException.class)
        && !has(chain, UnknownHostException.class)
        && !has(chain, SocketTimeoutException.class)
        && !has(chain, SSLException.class)
        && !has(chain, InterruptedException.class);
  }

  private StoreException ofConnection(Set<Throwable> chain, JedisException e) {
    boolean handshake = has(chain, SSLHandshakeException.class) && !has(chain, EOFException.class);
    if (handshake) {
      return error(Kind.SETTINGS, e, "refused, or is refused by, TLS: " + tlsProblem(chain));
    }
    if (has(chain, NoSuchElementException.class)) {
      return error(
          Kind.THROTTLED, e, "is used by as many connections as REDIS_MAX_CONNECTIONS allows");
    }
    if (has(chain, UnknownHostException.class)) {
      return error(Kind.UNAVAILABLE, e, "cannot be found: the host name is unknown");
    }
    if (has(chain, ConnectException.class)) {
      return error(
          Kind.UNAVAILABLE,
          e,
          "refuses the connection: is the server running, and the port right?");
    }
    if (has(chain, SocketTimeoutException.class)) {
      return error(
          Kind.UNAVAILABLE,
          e,
          "did not answer in time (REDIS_CONNECT_TIMEOUT, REDIS_SOCKET_TIMEOUT)");
    }
    if (e instanceof JedisConnectionException) {
      return error(
          Kind.UNAVAILABLE,
          e,
          "broke the connection"
              + (uri.tls()
                  ? " (a server that wants a client certificate needs ssl_certfile and ssl_keyfile"
                      + " in REDIS_URI)"
                  : " (a server that wants TLS needs rediss:// in REDIS_URI)"));
    }
    return error(Kind.FAULT, e, "could not be used: " + e.getMessage());
  }

  private StoreException ofAnswer(String answer, JedisException e) {
    String code = answer.split(" ", 2)[0];
    return switch (code) {
      case "NOAUTH" -> error(Kind.DENIED, e, "wants a password: give it in REDIS_URI (NOAUTH)");
      case "WRONGPASS" ->
          error(Kind.DENIED, e, "does not take the user and password of REDIS_URI (WRONGPASS)");
      case "NOPERM" -> error(Kind.DENIED, e, "does not allow the user this: " + safe(answer));
      case "DENIED", "-DENIED" -> error(Kind.DENIED, e, "is in protected mode: " + safe(answer));
      case "LOADING" -> error(Kind.THROTTLED, e, "is loading its data, wait (LOADING)");
      case "READONLY" ->
          error(
              Kind.THROTTLED, e, "is a read-only replica: give its master in REDIS_URI (READONLY)");
      case "BUSY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "NOREPLICAS" ->
          error(Kind.THROTTLED, e, "asks for patience: " + safe(answer));
      // LightRAG's entries never expire: without an operator no room comes back
      case "OOM" ->
          error(Kind.FAULT, e, "has no memory left: raise its maxmemory or make room (OOM)");
      case "MISCONF" ->
          error(
              Kind.FAULT,
              e,
              "takes no writes because it cannot save to its disk: see its log (MISCONF)");
      case "MOVED", "ASK" ->
          error(
              Kind.SETTINGS,
              e,
              "is a node of a Redis Cluster, which LightRAG cannot use: give a single server");
      default -> ofError(answer, e);
    };
  }

  private StoreException ofError(String answer, JedisException e) {
    if (answer.startsWith("ERR max number of clients")) {
      return error(Kind.THROTTLED, e, "has no free connection (its maxclients)");
    }
    if (answer.contains("invalid cursor")) {
      return error(Kind.INVALID_CURSOR, e, "does not know the cursor: scan from the start");
    }
    if (answer.contains("DB index") || answer.startsWith("ERR SELECT")) {
      return error(Kind.SETTINGS, e, "has no database " + uri.database() + ": see REDIS_URI");
    }
    if (answer.startsWith("ERR invalid password") || answer.contains("AUTH")) {
      return error(Kind.DENIED, e, "does not take the credentials of REDIS_URI: " + safe(answer));
    }
    return error(Kind.FAULT, e, "answered: " + safe(answer));
  }

  /** Some servers repeat the arguments of a command that they do not know. */
  private static String safe(String answer) {
    int arguments = answer.indexOf("with args");
    return arguments < 0 ? answer : answer.substring(0, arguments).strip();
  }

  private String tlsProblem(Set<Throwable> chain) {
    for (Throwable each : chain) {
      if (each instanceof SSLException) {
        return each.getMessage()
            + " (ssl_ca_certs=FILE in REDIS_URI trusts an authority, ssl_check_hostname=false skips"
            + " the host name, ssl_certfile and ssl_keyfile give a client certificate)";
      }
    }
    return "";
  }

  private StoreException error(Kind kind, JedisException cause, String what) {
    return new StoreException(kind, server() + " " + what, cause);
  }

  private String server() {
    return "Redis at " + uri.place();
  }

  private static boolean has(Set<Throwable> chain, Class<? extends Throwable> type) {
    return chain.stream().anyMatch(type::isInstance);
  }

  /** Causes, and what Jedis suppresses when several addresses of a host fail. */
  private static Set<Throwable> chain(Throwable error) {
    Set<Throwable> chain = new LinkedHashSet<>();
    Deque<Throwable> open = new ArrayDeque<>();
    open.add(error);
    while (!open.isEmpty()) {
      Throwable next = open.remove();
      if (chain.add(next)) {
        if (next.getCause() != null) {
          open.add(next.getCause());
        }
        open.addAll(Arrays.asList(next.getSuppressed()));
      }
    }
    return chain;
  }
}
