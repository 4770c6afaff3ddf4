package io.github.lightragmigrate.testservers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;

/**
 * A certificate for {@code localhost} and 127.0.0.1 that signs itself, made by the JDK's keytool,
 * so that the certificate file is also the file of the authority to trust.
 *
 * @param certificate PEM file of the certificate, which is its own authority
 * @param key PEM file of the private key (PKCS #8, not encrypted), readable by its owner only
 * @param trustStore PKCS #12 trust store that holds the certificate
 * @param trustStorePassword password of the trust store
 */
public record SelfSignedCertificate(
    Path certificate, Path key, Path trustStore, String trustStorePassword) {

  /** Makes one, or another that a server with the first one does not have, in {@code directory}. */
  public static SelfSignedCertificate create(Path directory) {
    String password = "changeit";
    Path keyStoreFile = directory.resolve("key.p12");
    SelfSignedCertificate files =
        new SelfSignedCertificate(
            directory.resolve("server.crt"),
            directory.resolve("server.key"),
            directory.resolve("trust.p12"),
            password);
    try {
      runKeytool(keyStoreFile, password);
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(keyStoreFile)) {
        keys.load(in, password.toCharArray());
      }
      Certificate certificate = keys.getCertificate("server");
      Key key = keys.getKey("server", password.toCharArray());
      Files.writeString(files.certificate, pem("CERTIFICATE", certificate.getEncoded()));
      Files.writeString(files.key, pem("PRIVATE KEY", key.getEncoded()));
      restrictToOwner(files.key);
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      trust.setCertificateEntry("server", certificate);
      try (OutputStream out = Files.newOutputStream(files.trustStore)) {
        trust.store(out, password.toCharArray());
      }
      return files;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("Cannot make a certificate in " + directory, e);
    }
  }

  private static void runKeytool(Path keyStore, String password) throws IOException {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process process =
        new ProcessBuilder(
                List.of(
                    keytool.toString(),
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-keyalg",
                    "RSA",
                    "-keysize",
                    "2048",
                    "-validity",
                    "30",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-ext",
                    "bc:c=ca:true",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    password,
                    "-keystore",
                    keyStore.toString()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool failed: " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while keytool ran", e);
    }
  }

  private static void restrictToOwner(Path file) throws IOException {
    if (!file.toFile().setReadable(false, false)
        || !file.toFile().setReadable(true, true)
        || !file.toFile().setWritable(false, false)
        || !file.toFile().setWritable(true, true)) {
      throw new IOException("Cannot restrict " + file + " to its owner");
    }
  }

  private static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }
}
