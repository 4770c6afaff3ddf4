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
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TrustAllStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.TransportOptions;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5Options;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;
import org.opensearch.client.transport.httpclient5.HttpAsyncResponseConsumerFactory;

/**
 * Requests to the cluster over opensearch-java's transport, with bodies as bytes: its typed
 * requests would decode each document and encode it again, which changes numbers and costs time.
 * Safe for use by several threads.
 */
final class Rest implements AutoCloseable {

  private static final int IO_THREADS = 2;
  private static final int MAX_CONNECTIONS = 32;

  private final OpenSearchTransport transport;
  private final Faults faults;
  private final String nodes;

  private Rest(OpenSearchTransport transport, Faults faults, String nodes) {
    this.transport = transport;
    this.faults = faults;
    this.nodes = nodes;
  }

  /** Sends nothing yet. */
  static Rest connect(OpenSearchSettings settings) {
    ApacheHttpClient5TransportBuilder builder =
        ApacheHttpClient5TransportBuilder.builder(settings.hosts().toArray(HttpHost[]::new))
            .setHttpClientConfigCallback(client -> configure(client, settings));
    if (!settings.pathPrefix().isEmpty()) {
      builder.setPathPrefix(settings.pathPrefix());
    }
    if (!settings.user().isEmpty()) {
      builder.setDefaultHeaders(new Header[] {basic(settings.user(), settings.password())});
    }
    return new Rest(builder.build(), new Faults(settings), settings.nodes());
  }

  private static HttpAsyncClientBuilder configure(
      HttpAsyncClientBuilder client, OpenSearchSettings settings) {
    Timeout timeout = Timeout.of(settings.timeout());
    ClientTlsStrategyBuilder tls = ClientTlsStrategyBuilder.create();
    if (!settings.verifyCerts()) {
      tls.setSslContext(trustAll())
          .setHostnameVerifier(NoopHostnameVerifier.INSTANCE)
          .setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT);
    }
    return client
        .setConnectionManager(
            PoolingAsyncClientConnectionManagerBuilder.create()
                .setTlsStrategy(tls.buildAsync())
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
        .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(IO_THREADS).build())
        // a redirect would carry the password to another host
        .disableRedirectHandling()
        .disableCookieManagement()
        // costs the server more time than a network in one place
        .disableContentCompression();
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
    return send(request, null);
  }

  /**
   * Sends a request whose answer may be of any size.
   *
   * @param mostBytes where to break off an answer
   * @throws ReplyTooLongException when the answer is longer
   */
  Reply send(Request request, int mostBytes) {
    ApacheHttpClient5Options.Builder options = ApacheHttpClient5Options.DEFAULT.toBuilder();
    options.setHttpAsyncResponseConsumerFactory(
        new HttpAsyncResponseConsumerFactory.HeapBufferedResponseConsumerFactory(mostBytes));
    return send(request, options.build());
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

  private Reply send(Request request, @Nullable TransportOptions options) {
    CompletableFuture<Reply> future = transport.performRequestAsync(request, request, options);
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw faults.interrupted();
    } catch (ExecutionException e) {
      return faults.replyIn(e.getCause() == null ? e : e.getCause());
    }
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
