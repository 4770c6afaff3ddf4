package io.github.lightragmigrate.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.MongoClientSettings;
import com.mongodb.connection.SslSettings;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.testservers.SelfSignedCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsOptionsTest {

  @TempDir Path directory;

  @Test
  void withoutTlsOptionsTheDriverDecides() {
    assertThat(ssl("mongodb://h/").isEnabled()).isFalse();
    assertThat(ssl("mongodb://h/?tls=true").isEnabled()).isTrue();
    assertThat(ssl("mongodb://h/?tls=true").getContext()).isNull();
    assertThat(
            ssl("mongodb://h/?tls=true&tlsAllowInvalidHostnames=true").isInvalidHostNameAllowed())
        .isTrue();
    assertThat(ssl("mongodb://h/?tls=true&tlsDisableOCSPEndpointCheck=true").isEnabled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tlsAllowInvalidCertificates=true", "tlsInsecure=true"})
  void invalidCertificatesMayBeAllowed(String option) {
    SslSettings ssl = ssl("mongodb://h/?tls=true&" + option);
    assertThat(ssl.getContext()).isNotNull();
    assertThat(ssl.isInvalidHostNameAllowed()).isTrue();
  }

  @Test
  void aFileOfAuthoritiesTurnsTlsOn() {
    SelfSignedCertificate files = SelfSignedCertificate.create(directory);
    SslSettings ssl = ssl("mongodb://h/?TLSCAFile=" + files.certificate());
    assertThat(ssl.isEnabled()).isTrue();
    assertThat(ssl.getContext()).isNotNull();
    assertThat(ssl.isInvalidHostNameAllowed()).isFalse();
  }

  @Test
  void aClientCertificateIsReadWithItsKey() throws IOException {
    SelfSignedCertificate files = SelfSignedCertificate.create(directory);
    Path both = directory.resolve("client%20.pem");
    Files.writeString(both, Files.readString(files.key()) + Files.readString(files.certificate()));
    String encoded = both.toString().replace("%", "%25");
    assertThat(ssl("mongodb://h/?tlsCertificateKeyFile=" + encoded).getContext()).isNotNull();
  }

  @Test
  void anEncryptedKeyIsReadWithItsPassword() throws Exception {
    SelfSignedCertificate files = SelfSignedCertificate.create(directory);
    Path both = directory.resolve("client.pem");
    Path encrypted = directory.resolve("encrypted.key");
    assumeTrue(
        openssl(
            "pkcs8", "-topk8", "-passout", "pass:hunter2", "-in", files.key(), "-out", encrypted),
        "openssl, which encrypts the key, is not there");
    Files.writeString(both, Files.readString(encrypted) + Files.readString(files.certificate()));
    String uri = "mongodb://h/?tlsCertificateKeyFile=" + both + "&tlsCertificateKeyFilePassword=";
    assertThat(ssl(uri + "hunter2").getContext()).isNotNull();
    assertThatThrownBy(() -> ssl(uri + "wrong"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("tlsCertificateKeyFile")
        .hasMessageNotContaining("wrong");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tlsCAFile", "tlsCertificateKeyFile"})
  void aFileThatCannotBeReadIsNamed(String option) throws IOException {
    Path none = directory.resolve("none.pem");
    Path empty = Files.writeString(directory.resolve("empty.pem"), "text", StandardCharsets.UTF_8);
    for (Path file : new Path[] {none, empty}) {
      assertThatThrownBy(() -> ssl("mongodb://h/?tls=true&" + option + "=" + file))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
          .hasMessageContaining(option + " " + file);
    }
  }

  @Test
  void aKeyInAnOldFormSaysHowToConvertIt() throws IOException {
    SelfSignedCertificate files = SelfSignedCertificate.create(directory);
    Path both = directory.resolve("old.pem");
    Files.writeString(
        both,
        Files.readString(files.key()).replace("PRIVATE KEY", "RSA PRIVATE KEY")
            + Files.readString(files.certificate()));
    assertThatThrownBy(() -> ssl("mongodb://h/?tlsCertificateKeyFile=" + both))
        .hasMessageContaining("openssl pkcs8 -topk8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tlsCRLFile=x", "ssl_ca_certs=x", "sslPEMKeyFile=x"})
  void anOptionWithoutEffectIsRefused(String option) {
    assertThatThrownBy(() -> ssl("mongodb://h/?tls=true&" + option))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
        .hasMessageContaining(option.substring(0, option.indexOf('=')));
  }

  @Test
  void contradictionsAreRefused() {
    assertThatThrownBy(() -> ssl("mongodb://h/?tls=false&tlsInsecure=true"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("tls=false");
  }

  private static boolean openssl(Object... arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static SslSettings ssl(String uri) {
    MongoClientSettings settings =
        ConnectionSettings.of(Settings.of(Map.of("MONGO_URI", uri))).client(Access.SOURCE);
    return settings.getSslSettings();
  }
}
