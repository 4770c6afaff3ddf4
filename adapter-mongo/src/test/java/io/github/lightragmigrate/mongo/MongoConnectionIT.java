package io.github.lightragmigrate.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.ConnectionString;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.MongoTestServer;
import io.github.lightragmigrate.testservers.Ports;
import io.github.lightragmigrate.testservers.SelfSignedCertificate;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MongoConnectionIT {

  private static final String HURRY = "serverSelectionTimeoutMS=1500";

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void aWrongPasswordIsDenied(Access access) {
    String host = new ConnectionString(MongoTestServer.shared().uri()).getHosts().get(0);
    StoreException e =
        failure(
            "mongodb://someone:hunter2%40@" + host + "/?directConnection=true&authSource=admin",
            access);
    assertThat(e.kind()).isEqualTo(Kind.DENIED);
    assertThat(e.getMessage()).contains(host, "MONGO_URI");
    assertNowhere(e, "hunter2");
  }

  @Test
  void aClosedPortIsUnavailable() {
    String host = "127.0.0.1:" + Ports.closed();
    StoreException e = failure("mongodb://root:hunter2@" + host + "/?" + HURRY, Access.TARGET);
    assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(e.getMessage()).contains(host, "Connection refused", "MONGO_URI");
    assertNowhere(e, "hunter2");
  }

  @Test
  void anUnknownHostIsUnavailable() {
    StoreException e = failure("mongodb://nowhere.invalid/?" + HURRY, Access.SOURCE);
    assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(e.getMessage()).contains("nowhere.invalid:27017");
  }

  @Test
  void aServerThatStopsIsUnavailable() {
    MongoServer server = new MongoServer(new MemoryBackend());
    String host = "127.0.0.1:" + server.bind().getPort();
    try (CacheStore store = open("mongodb://" + host + "/?" + HURRY, Access.TARGET)) {
      store.upsert(SampleRecords.usual(3));
      server.shutdownNow();
      assertUnavailable(() -> store.upsert(SampleRecords.usual(3)), host);
      assertUnavailable(
          () ->
              store.scan(
                  Selection.ofTypes(Selection.DEFAULT_TYPES),
                  Cursor.START,
                  new PageLimit(10, 10_000)),
          host);
      assertUnavailable(() -> store.find(List.of("default:extract:x")), host);
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void anInterruptedThreadIsToldSo() {
    TestPlace place = new TestPlace();
    try (place;
        CacheStore store = place.open(Access.TARGET)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> store.find(List.of("default:extract:x")))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED));
      assertThat(Thread.interrupted()).as("the mark is still set").isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void tlsTrustsTheFileOfAuthoritiesAndNothingElse() throws Exception {
    SelfSignedCertificate files = SelfSignedCertificate.create(directory);
    MongoServer server = new MongoServer(new MemoryBackend());
    server.enableSsl(key(files.key()), null, certificate(files.certificate()));
    String host = "127.0.0.1:" + server.bind().getPort();
    String uri = "mongodb://" + host + "/?" + HURRY + "&tls=true";
    try {
      String trusted = uri + "&tlsCAFile=" + files.certificate();
      open(trusted, Access.TARGET).close();
      open(uri + "&tlsAllowInvalidCertificates=true", Access.SOURCE).close();
      StoreException e = failure(uri, Access.SOURCE);
      assertThat(e.kind()).isEqualTo(Kind.SETTINGS);
      assertThat(e.getMessage()).contains(host, "tlsCAFile");
      StoreException plain = failure("mongodb://" + host + "/?" + HURRY, Access.SOURCE);
      assertThat(plain.kind()).isEqualTo(Kind.UNAVAILABLE);
    } finally {
      server.shutdownNow();
    }
  }

  private static X509Certificate certificate(Path pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(pem)));
  }

  private static PrivateKey key(Path pem) throws Exception {
    String base64 = Files.readString(pem).replaceAll("-----[A-Z ]+-----", "").strip();
    return KeyFactory.getInstance("RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
  }

  private static void assertUnavailable(Runnable action, String host) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining(host);
  }

  private static StoreException failure(String uri, Access access) {
    return catchThrowableOfType(StoreException.class, () -> open(uri, access).close());
  }

  private static CacheStore open(String uri, Access access) {
    return new MongoAdapter().open(Settings.of(Map.of("MONGO_URI", uri)), access);
  }

  private static void assertNowhere(Throwable e, String secret) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain(secret);
    }
  }
}
