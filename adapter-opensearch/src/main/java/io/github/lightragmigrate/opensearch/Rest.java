package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TrustAllStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.Timeout;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5Options;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5Transport;
import org.opensearch.client.transport.httpclient5.internal.Node;
import org.opensearch.client.transport.httpclient5.internal.NodeSelector;

/**
 * Requests to the cluster over opensearch-java's transport, with bodies as bytes: its typed
 * requests would decode each document and encode it again, which changes numbers and costs time.
 * Safe for use by several threads.
 */
final class Rest implements AutoCloseable {

  private static final int IO_THREADS = 2;
  private static final int MAX_CONNECTIONS = 32;

  /** No answer without documents comes near it. */
  private static final int LONGEST_REPLY = 100 << 20;

  private final OpenSearchTransport transport;
  private final IoThreads threads;
  private final Faults faults;
  private final String nodes;

  private Rest(OpenSearchTransport transport, IoThreads threads, Faults faults, String nodes) {
    this.transport = transport;
    this.threads = threads;
    this.faults = faults;
    this.nodes = nodes;
  }

  /**
   * Sends nothing yet. Leaves opensearch-java's builder aside: it reads the trust store and loads a
   * mapper of objects, for nothing here, which takes longer than a short migration.
   */
  static Rest connect(OpenSearchSettings settings) {
    Header[] headers =
        settings.user().isEmpty()
            ? new Header[0]
            : new Header[] {basic(settings.user(), settings.password())};
    IoThreads threads = new IoThreads();
    CloseableHttpAsyncClient client = client(settings, threads);
    OpenSearchTransport transport =
        new ApacheHttpClient5Transport(
            client,
            headers,
            settings.hosts().stream().map(Node::new).toList(),
            new NoMapper(),
            ApacheHttpClient5Options.DEFAULT,
            settings.pathPrefix().isEmpty() ? null : settings.pathPrefix(),
            new ApacheHttpClient5Transport.FailureListener(),
            NodeSelector.ANY,
            false,
            false,
            false);
    client.start();
    return new Rest(transport, threads, new Faults(settings), settings.nodes());
  }

  private static CloseableHttpAsyncClient client(OpenSearchSettings settings, IoThreads threads) {
    Timeout timeout = Timeout.of(settings.timeout());
    return HttpAsyncClientBuilder.create()
        .setConnectionManager(
            PoolingAsyncClientConnectionManagerBuilder.create()
                .setTlsStrategy(tls(settings))
                .setDefaultTlsConfig(
                    TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .setHandshakeTimeout(timeout)
                        .build())
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .build())
                .setMaxConnPerRoute(MAX_CONNECTIONS)
                .setMaxConnTotal(MAX_CONNECTIONS)
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(timeout)
                .setResponseTimeout(timeout)
                .build())
        .setThreadFactory(threads)
        .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(IO_THREADS).build())
        // retries are the engine's
        .disableAutomaticRetries()
        // a redirect would carry the password to another host
        .disableRedirectHandling()
        .disableCookieManagement()
        // costs the server more time than a network in one place
        .disableContentCompression()
        .build();
  }

  private static TlsStrategy tls(OpenSearchSettings settings) {
    if (settings.hosts().stream().noneMatch(host -> host.getSchemeName().equals("https"))) {
      return (session, host, local, remote, attachment, timeout) -> false;
    }
    ClientTlsStrategyBuilder tls = ClientTlsStrategyBuilder.create();
    if (!settings.verifyCerts()) {
      tls.setSslContext(trustAll())
          .setHostnameVerifier(NoopHostnameVerifier.INSTANCE)
          .setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT);
    }
    return tls.buildAsync();
  }

  private static SSLContext trustAll() {
    try {
      return SSLContexts.custom().loadTrustMaterial(null, TrustAllStrategy.INSTANCE).build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Header basic(String user, String password) {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new BasicHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
  }

  Faults faults() {
    return faults;
  }

  /** {@code host:port,...}. */
  String nodes() {
    return nodes;
  }

  /**
   * Sends a request and waits for the answer, whatever its status is.
   *
   * @throws StoreException UNAVAILABLE without an answer, SETTINGS when TLS fails, INTERRUPTED
   */
  Reply send(Request request) {
    return send(request, LONGEST_REPLY);
  }

  /**
   * Sends a request whose answer may be of any size.
   *
   * @param mostBytes where to break off an answer
   * @throws ReplyTooLongException when the answer is longer
   */
  Reply send(Request request, int mostBytes) {
    ApacheHttpClient5Options.Builder options = ApacheHttpClient5Options.DEFAULT.toBuilder();
    options.setHttpAsyncResponseConsumerFactory(() -> new ReplyConsumer(mostBytes));
    CompletableFuture<Reply> future =
        transport.performRequestAsync(request, request, options.build());
    try {
      return threads.await(future);
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw faults.interrupted();
    } catch (ExecutionException e) {
      return faults.replyIn(e.getCause() == null ? e : e.getCause());
    }
  }

  /** As {@link #send(Request)}, and an answer that is no success is thrown. */
  Reply expectSuccess(Request request) {
    return successful(send(request));
  }

  Reply successful(Reply reply) {
    if (reply.isSuccess()) {
      return reply;
    }
    throw faults.of(reply);
  }

  /** Deletes nothing and waits for nothing: requests under way fail. */
  @Override
  public void close() {
    try {
      transport.close();
    } catch (IOException e) {
      throw faults.unavailable(e);
    }
  }
}
