package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.testservers.SelfSignedCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** An authority whose certificates can be revoked, made with the JDK's keytool in a folder. */
final class CertificateAuthority {

  private static final String PASSWORD = "changeit";

  private final Path directory;
  private final Path store;

  CertificateAuthority(Path directory) throws Exception {
    this.directory = directory;
    this.store = directory.resolve("ca.p12");
    keytool("-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=test-ca", "-ext", "bc:c");
  }

  Path certificate() throws Exception {
    return write("ca.crt", pem("CERTIFICATE", store().getCertificate("ca").getEncoded()));
  }

  /**
   * @param extension of keytool, such as {@code san=dns:localhost}
   */
  SelfSignedCertificate issue(String name, String extension) throws Exception {
    keytool("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name);
    Path request = directory.resolve(name + ".csr");
    Path issued = directory.resolve(name + ".issued");
    keytool("-certreq", "-alias", name, "-file", request.toString());
    keytool(
        "-gencert",
        "-alias",
        "ca",
        "-ext",
        extension,
        "-infile",
        request.toString(),
        "-outfile",
        issued.toString(),
        "-rfc");
    Path key =
        write(name + ".key", pem("PRIVATE KEY", store().getKey(name, password()).getEncoded()));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    return new SelfSignedCertificate(issued, key, store, PASSWORD);
  }

  /** A list of one revoked certificate. */
  Path revoke(Path issued) throws Exception {
    String serial = PemFiles.certificates(issued).get(0).getSerialNumber().toString();
    Path list = directory.resolve("revoked.pem");
    keytool("-gencrl", "-alias", "ca", "-id", serial, "-rfc", "-file", list.toString());
    return list;
  }

  private KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, password());
    }
    return keys;
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(Arrays.asList(arguments));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
  }

  private static char[] password() {
    return PASSWORD.toCharArray();
  }

  private static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }
}
