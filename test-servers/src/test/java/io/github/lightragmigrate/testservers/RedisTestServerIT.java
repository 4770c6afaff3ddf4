package io.github.lightragmigrate.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

class RedisTestServerIT {
  @Test
  void sharedServerAnswers() {
    RedisTestServer server = RedisTestServer.shared();
    System.out.println(server.describe());
    assertThat(RedisTestServer.shared()).isSameAs(server);
    assertThat(server.settings()).containsExactly(Map.entry("REDIS_URI", server.uri()));
    try (Jedis jedis = new Jedis(URI.create(server.uri()))) {
      assertThat(jedis.ping()).isEqualTo("PONG");
    }
  }

  @Test
  void closedServerRefusesConnections() {
    EmbeddedRedis server = EmbeddedRedis.options().start();
    assertThat(server.describe()).startsWith("redis 6.2").endsWith("(embedded)");
    server.close();
    server.close();
    assertThatThrownBy(() -> ping(server.uri())).isInstanceOf(JedisConnectionException.class);
  }

  @Test
  void restartKeepsPortAndData() {
    try (EmbeddedRedis server = EmbeddedRedis.options().start()) {
      try (Jedis jedis = new Jedis(URI.create(server.uri()))) {
        jedis.set("k", "v");
      }
      server.stop();
      assertThatThrownBy(() -> ping(server.uri())).isInstanceOf(JedisConnectionException.class);
      server.restart();
      try (Jedis jedis = new Jedis(URI.create(server.uri()))) {
        assertThat(jedis.get("k")).isEqualTo("v");
      }
    }
  }

  @Test
  void passwordIsChecked() {
    try (EmbeddedRedis server = EmbeddedRedis.options().password("p@ss:w/rd#1").start()) {
      assertThat(ping(server.uri())).isEqualTo("PONG");
      String address = server.uri().substring(server.uri().lastIndexOf('@'));
      assertThatThrownBy(() -> ping("redis://:wrong" + address))
          .isInstanceOf(JedisAccessControlException.class);
      assertThatThrownBy(() -> ping("redis://" + address.substring(1)))
          .isInstanceOf(JedisException.class)
          .hasMessageContaining("NOAUTH");
    }
  }

  @Test
  void aclUserIsCheckedAndLimited() {
    try (EmbeddedRedis server =
        EmbeddedRedis.options().user("reader", "s3cret", "~* +@read +@connection").start()) {
      assertThat(ping(server.uri())).isEqualTo("PONG");
      try (Jedis jedis = new Jedis(URI.create(server.uri()))) {
        assertThatThrownBy(() -> jedis.set("k", "v")).hasMessageContaining("NOPERM");
      }
      assertThatThrownBy(() -> ping(server.uri().replace("s3cret", "wrong")))
          .isInstanceOf(JedisAccessControlException.class);
    }
  }

  @Test
  void tlsIsSpokenWithTheGivenCertificate() throws Exception {
    try (EmbeddedRedis server = EmbeddedRedis.options().password("s3cret").tls().start()) {
      URI uri = URI.create(server.uri());
      assertThat(uri.getScheme()).isEqualTo("rediss");
      assertThatThrownBy(() -> ping(server.uri())).isInstanceOf(JedisConnectionException.class);
      DefaultJedisClientConfig config =
          DefaultJedisClientConfig.builder()
              .ssl(true)
              .sslSocketFactory(trusting(server.certificate().orElseThrow()).getSocketFactory())
              .password("s3cret")
              .build();
      try (Jedis jedis = new Jedis(new HostAndPort(uri.getHost(), uri.getPort()), config)) {
        assertThat(jedis.ping()).isEqualTo("PONG");
      }
    }
  }

  @Test
  void memoryLimitHolds() {
    try (EmbeddedRedis server = EmbeddedRedis.options().maxMemory("64mb", "allkeys-lru").start();
        Jedis jedis = new Jedis(URI.create(server.uri()))) {
      assertThat(jedis.configGet("maxmemory-policy"))
          .containsEntry("maxmemory-policy", "allkeys-lru");
      assertThat(jedis.configGet("maxmemory")).containsEntry("maxmemory", "67108864");
    }
  }

  @Test
  void nobodyListensOnAClosedPort() {
    assertThatThrownBy(() -> ping("redis://127.0.0.1:" + Ports.closed()))
        .isInstanceOf(JedisConnectionException.class);
  }

  private static String ping(String uri) {
    try (Jedis jedis = new Jedis(URI.create(uri))) {
      return jedis.ping();
    }
  }

  private static SSLContext trusting(SelfSignedCertificate certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(certificate.trustStore())) {
      store.load(in, certificate.trustStorePassword().toCharArray());
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
