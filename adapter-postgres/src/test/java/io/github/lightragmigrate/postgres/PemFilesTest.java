package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemFilesTest {

  /** Of PKCS #8 around an RSA key of 2048 bits: what comes before the key itself. */
  private static final int PKCS8_HEAD = 26;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void pkcs8KeysAreRead(String algorithm) throws GeneralSecurityException, IOException {
    PrivateKey key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
    assertThat(PemFiles.privateKey(pem("PRIVATE KEY", key.getEncoded()))).isEqualTo(key);
  }

  @Test
  void openSslsOldRsaKeysAreRead() throws GeneralSecurityException, IOException {
    PrivateKey key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
    byte[] pkcs8 = key.getEncoded();
    byte[] pkcs1 = Arrays.copyOfRange(pkcs8, PKCS8_HEAD, pkcs8.length);
    assertThat(PemFiles.privateKey(pem("RSA PRIVATE KEY", pkcs1))).isEqualTo(key);
  }

  @Test
  void otherKeysAreRefusedWithTheRemedy() throws IOException {
    Path encrypted = pem("ENCRYPTED PRIVATE KEY", new byte[100]);
    assertThatThrownBy(() -> PemFiles.privateKey(encrypted))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining(encrypted.toString())
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    Path damaged = pem("PRIVATE KEY", new byte[100]);
    assertThatThrownBy(() -> PemFiles.privateKey(damaged)).hasMessageContaining("is damaged");
    Path none = Files.writeString(directory.resolve("none.pem"), "no key");
    assertThatThrownBy(() -> PemFiles.privateKey(none))
        .hasMessageContaining("no private key in PEM form in " + none);
    assertThatThrownBy(() -> PemFiles.certificates(none))
        .isInstanceOf(GeneralSecurityException.class);
  }

  private Path pem(String type, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(der);
    return Files.writeString(
        directory.resolve("key.pem"),
        "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
  }
}
