package io.github.lightragmigrate.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ServerDescription;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import java.io.EOFException;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.bson.BsonMaximumSizeExceededException;

/** Makes what the driver throws into store faults that name the place and hold no password. */
final class Faults {

  private final ConnectionSettings connection;
  private final Supplier<ClusterDescription> cluster;

  Faults(ConnectionSettings connection, Supplier<ClusterDescription> cluster) {
    this.connection = connection;
    this.cluster = cluster;
  }

  <T> T guard(Supplier<T> action) {
    try {
      return action.get();
    } catch (MongoException e) {
      throw fault(e);
    } catch (BsonMaximumSizeExceededException e) {
      throw fault(Kind.REJECTED, "the driver refused the batch: " + e.getMessage(), e);
    }
  }

  StoreException fault(MongoException e) {
    if (e instanceof MongoInterruptedException) {
      // the driver clears the mark, which callers look at
      Thread.currentThread().interrupt();
      return fault(Kind.INTERRUPTED, "interrupted while waiting for the answer", e);
    }
    if (e instanceof MongoSecurityException refused) {
      return securityFault(refused);
    }
    if (e instanceof MongoTimeoutException
        || e instanceof MongoSocketException
        || e instanceof MongoConnectionPoolClearedException
        || e instanceof MongoServerUnavailableException) {
      return connectionFault(e);
    }
    Kind kind = ErrorCodes.kind(e.getCode());
    String message =
        e instanceof MongoCommandException command ? command.getErrorMessage() : e.getMessage();
    return fault(
        kind == Kind.FAULT && passes(e) ? Kind.UNAVAILABLE : kind,
        "error " + e.getCode() + ", " + message + ErrorCodes.advice(e.getCode()),
        e);
  }

  /** What the driver knows to pass though the code does not tell. */
  private static boolean passes(MongoException e) {
    return e instanceof MongoNotPrimaryException
        || e instanceof MongoNodeIsRecoveringException
        || e.hasErrorLabel("RetryableWriteError");
  }

  StoreException fault(Kind kind, String message, Throwable cause) {
    String text = "MongoDB " + connection.hosts() + ": " + message;
    // the driver's exceptions may quote the connection string
    return new StoreException(kind, connection.mask(text), cause);
  }

  /** Logging in fails for wrong credentials, but also when the connection breaks meanwhile. */
  private StoreException securityFault(MongoSecurityException e) {
    Throwable reason = root(e);
    if (reason instanceof MongoSocketException broken) {
      return connectionFault(broken);
    }
    String answer = "";
    if (reason instanceof MongoCommandException command) {
      Kind kind = ErrorCodes.kind(command.getErrorCode());
      if (kind == Kind.UNAVAILABLE || kind == Kind.THROTTLED) {
        return fault(command);
      }
      answer = " (" + command.getErrorMessage() + ")";
    }
    return fault(
        Kind.DENIED,
        "the credentials of MONGO_URI are refused"
            + answer
            + ": check user, password and authSource",
        e);
  }

  private StoreException connectionFault(MongoException e) {
    Map<String, Throwable> reasons = new LinkedHashMap<>();
    for (ServerDescription server : cluster.get().getServerDescriptions()) {
      if (server.getException() != null) {
        reasons.put(server.getAddress().toString(), root(server.getException()));
      }
    }
    if (!(e instanceof MongoTimeoutException)) {
      reasons.put("this connection", root(e));
    }
    if (reasons.isEmpty()) {
      return fault(
          Kind.UNAVAILABLE,
          "no server took the operation in time: none answers, there is no primary, or no"
              + " connection is free",
          e);
    }
    String text =
        reasons.entrySet().stream()
            .map(server -> server.getKey() + ": " + reason(server.getValue()))
            .collect(Collectors.joining("; "));
    return reasons.values().stream().anyMatch(Faults::isTlsFault)
        ? fault(
            Kind.SETTINGS,
            "no TLS connection (" + text + "): check tls and tlsCAFile in MONGO_URI",
            e)
        : fault(
            Kind.UNAVAILABLE, "no answer (" + text + "): start the server or correct MONGO_URI", e);
  }

  private static String reason(Throwable root) {
    String name = root.getClass().getSimpleName();
    return root.getMessage() == null ? name : name + ", " + root.getMessage();
  }

  /** A connection that is broken in the middle of TLS is no fault of TLS. */
  private static boolean isTlsFault(Throwable root) {
    boolean reset = String.valueOf(root.getMessage()).contains("reset");
    return (root instanceof SSLException && !reset) || root instanceof GeneralSecurityException;
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && !(root.getCause() instanceof EOFException)) {
      root = root.getCause();
    }
    return root;
  }
}
