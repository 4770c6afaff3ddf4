package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import java.io.EOFException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What an SQLSTATE (PostgreSQL documentation, appendix A) means to whoever runs a migration. */
final class SqlErrors {

  private SqlErrors() {}

  static StoreException translate(SQLException thrown, PostgresSettings settings) {
    SQLException error =
        thrown instanceof BatchUpdateException && thrown.getNextException() != null
            ? thrown.getNextException()
            : thrown;
    Optional<Throwable> tls = tlsFault(error);
    if (tls.isPresent()) {
      return new StoreException(
          Kind.SETTINGS,
          "PostgreSQL at "
              + settings.place()
              + ": TLS could not be set up: "
              + tls.get().getMessage()
              + ": check POSTGRES_SSL_MODE and the other POSTGRES_SSL_ settings",
          error);
    }
    String state = Objects.requireNonNullElse(error.getSQLState(), "");
    return new StoreException(
        kind(state),
        "PostgreSQL at " + settings.place() + ": " + message(error) + advice(state),
        error);
  }

  static Kind kind(String state) {
    return switch (state) {
      case "28000", "28P01", "42501" -> Kind.DENIED;
      // no such database; 08004: no TLS there, or a password is wanted and none is set
      case "3D000", "08004" -> Kind.SETTINGS;
      // too many connections, no memory, lock or statement time-out, and a server that takes no
      // writes while it is a standby
      case "53300", "53200", "55P03", "57014", "25006" -> Kind.THROTTLED;
      // shut down, crashed, starting; sessions that the server ended after a time
      case "57P01", "57P02", "57P03", "57P05", "25P03", "25P04" -> Kind.UNAVAILABLE;
      // the parameters of the session, which PostgreSQL refuses when it starts
      case "22023", "42704" -> Kind.SETTINGS;
      default ->
          switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08" -> Kind.UNAVAILABLE;
            // rolled back: serialization failure, deadlock
            case "40" -> Kind.THROTTLED;
            case "22", "23", "54" -> Kind.REJECTED;
            default -> Kind.FAULT;
          };
    };
  }

  private static String advice(String state) {
    return switch (state) {
      case "28000", "28P01" -> ": check POSTGRES_USER and POSTGRES_PASSWORD";
      case "42501" -> ": grant it to POSTGRES_USER, or use another user";
      case "3D000" -> ": check POSTGRES_DATABASE";
      case "3F000" -> ": set search_path in POSTGRES_SERVER_SETTINGS";
      case "22023", "42704" -> ": check POSTGRES_SERVER_SETTINGS";
      case "53300" -> ": lower POSTGRES_MAX_CONNECTIONS, or try again later";
      case "53100" -> ": free space on the server";
      case "25006" -> ": it takes no writes; name its primary in POSTGRES_HOST";
      case "42P10" ->
          ": the table lightrag_llm_cache has no primary key (workspace, id), without which"
              + " LightRAG cannot write it either";
      case RowCopy.DROPPED_BY_TRIGGER ->
          ": a trigger of the table lightrag_llm_cache keeps rows out: disable it for the migration";
      case "08001" -> ": is the server running, and are POSTGRES_HOST and POSTGRES_PORT right?";
      default -> "";
    };
  }

  /** The server's first line: what it adds may quote a record. */
  private static String message(SQLException error) {
    ServerErrorMessage fromServer =
        error instanceof PSQLException known ? known.getServerErrorMessage() : null;
    String text = fromServer == null ? error.getMessage() : fromServer.getMessage();
    if (error.getCause() instanceof UnknownHostException) {
      text = "the host name is unknown";
    }
    String message = Objects.requireNonNullElse(text, error.getClass().getSimpleName());
    // advice follows
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  private static Optional<Throwable> tlsFault(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLHandshakeException && isBroken(cause.getCause())) {
        return Optional.empty();
      }
      if (cause instanceof SSLHandshakeException
          || cause instanceof SSLPeerUnverifiedException
          || cause instanceof GeneralSecurityException) {
        return Optional.of(cause);
      }
    }
    return Optional.empty();
  }

  /** A connection that ends in the middle of a handshake is no fault of TLS. */
  private static boolean isBroken(@Nullable Throwable cause) {
    return cause instanceof EOFException || cause instanceof SocketException;
  }
}
