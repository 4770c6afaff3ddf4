package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.ContentTooLongException;
import org.opensearch.client.transport.httpclient5.ResponseException;

/** What the client throws and the server refuses, as {@link StoreException}. */
final class Faults {

  /** A node refuses a request that alone exceeds its indexing pressure with "try again". */
  private static final Pattern TOO_LARGE_FOR_NODE =
      Pattern.compile(
          "coordinating_operation_bytes=(\\d+), max_coordinating_and_primary_bytes=(\\d+)");

  private final String server;
  private final boolean secure;

  Faults(OpenSearchSettings settings) {
    this.server = "OpenSearch at " + settings.nodes();
    this.secure = settings.secure();
  }

  /**
   * The answer that the transport wrapped into an exception.
   *
   * @throws StoreException when there is none
   */
  Reply replyIn(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ResponseException response) {
        return reply(response);
      }
      if (cause instanceof ContentTooLongException) {
        throw new ReplyTooLongException(server, cause);
      }
      // the class itself: time-outs are subclasses
      if (cause.getClass() == InterruptedIOException.class) {
        Thread.currentThread().interrupt();
        throw interrupted();
      }
      if (cause instanceof SSLException ssl && isSettled(ssl)) {
        throw new StoreException(
            Kind.SETTINGS,
            server
                + ": no secure connection ("
                + cause.getMessage()
                + "): check OPENSEARCH_USE_SSL and OPENSEARCH_VERIFY_CERTS, and with the latter"
                + " the certificate in Java's trust store",
            failure);
      }
    }
    throw unavailable(failure);
  }

  /** Not a connection that broke: it would be no better the next time. */
  private static boolean isSettled(SSLException failure) {
    return failure instanceof SSLHandshakeException
        || failure instanceof SSLPeerUnverifiedException
        || String.valueOf(failure.getMessage())
            .toLowerCase(Locale.ROOT)
            .contains("unrecognized ssl message");
  }

  /** The response itself is of a class that the transport hides; its message ends in the body. */
  private static Reply reply(ResponseException response) {
    String message = String.valueOf(response.getMessage());
    int body = message.indexOf("\n{");
    String json = body < 0 ? "" : message.substring(body + 1);
    return new Reply(response.status(), json.getBytes(StandardCharsets.UTF_8));
  }

  StoreException unavailable(Throwable failure) {
    return new StoreException(
        Kind.UNAVAILABLE,
        server
            + " does not answer ("
            + symptom(failure)
            + "): check OPENSEARCH_HOSTS, that the server runs, and that it speaks "
            + (secure
                ? "HTTPS (else OPENSEARCH_USE_SSL=false)"
                : "HTTP (else OPENSEARCH_USE_SSL=true)"),
        failure);
  }

  private static String symptom(Throwable failure) {
    if (failure instanceof SocketTimeoutException) {
      return "nothing within OPENSEARCH_TIMEOUT seconds";
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  StoreException interrupted() {
    return new StoreException(Kind.INTERRUPTED, server + ": interrupted");
  }

  /** For an answer that is no success. */
  StoreException of(Reply reply) {
    return of(reply.status(), reply.reason(), reply.isError("cluster_block_exception"));
  }

  /**
   * @param status of HTTP
   * @param blocked by a block on the index or the cluster
   */
  StoreException of(int status, String reason, boolean blocked) {
    String text = server + ": " + reason;
    if (blocked && status == 403) {
      return new StoreException(
          Kind.FAULT, text + " Remove the block from the index's settings, then start again.");
    }
    if (blocked && status == 429) {
      // a flood of the disk: OpenSearch lifts the block itself, but only when somebody made room
      return new StoreException(
          Kind.FAULT,
          text
              + " The disk of a node is nearly full: free some of it (OpenSearch then lifts the"
              + " block), then start again.");
    }
    return switch (status) {
      case 401 ->
          new StoreException(
              Kind.DENIED, server + " refuses OPENSEARCH_USER or OPENSEARCH_PASSWORD");
      case 403 ->
          new StoreException(Kind.DENIED, text + " (OPENSEARCH_USER needs rights on this index)");
      case 413 ->
          new StoreException(
              Kind.REJECTED,
              server + ": the request is longer than http.max_content_length allows");
      case 429 ->
          new StoreException(tooLargeForNode(reason) ? Kind.REJECTED : Kind.THROTTLED, text);
      case 408, 502, 503, 504 -> new StoreException(Kind.UNAVAILABLE, text);
      default -> new StoreException(Kind.FAULT, text);
    };
  }

  private static boolean tooLargeForNode(String reason) {
    Matcher sizes = TOO_LARGE_FOR_NODE.matcher(reason);
    return sizes.find() && Long.parseLong(sizes.group(1)) > Long.parseLong(sizes.group(2));
  }

  StoreException fault(String problem) {
    return new StoreException(Kind.FAULT, server + ": " + problem);
  }
}
