package io.github.lightragmigrate.redis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS as the URL's {@code ssl_} parameters ask for it, with redis-py's defaults: the certificate
 * and the host name are checked. Certificates of {@code ssl_ca_certs} are trusted beside those that
 * the JVM trusts ({@code javax.net.ssl.trustStore} included).
 */
final class RedisTls {

  private static final Pattern PEM_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

  private final Map<String, String> parameters;
  private final boolean verified;

  RedisTls(Map<String, String> parameters) {
    this.parameters = parameters;
    this.verified =
        switch (parameters.getOrDefault("ssl_cert_reqs", "required")) {
          case "required", "optional" -> true;
          case "none" -> false;
          default -> throw RedisUri.unusable("has an ssl_cert_reqs other than required or none");
        };
  }

  SSLSocketFactory socketFactory() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), trustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw RedisUri.unusable("has TLS parameters that cannot be used (" + e.getMessage() + ")");
    }
  }

  SSLParameters sslParameters() {
    SSLParameters ssl = new SSLParameters();
    if (verified && RedisSettings.truth(parameters.getOrDefault("ssl_check_hostname", "true"))) {
      ssl.setEndpointIdentificationAlgorithm("HTTPS");
    }
    // the numbers of Python's ssl.TLSVersion
    switch (parameters.getOrDefault("ssl_min_version", "")) {
      case "" -> {}
      case "771" -> ssl.setProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
      case "772" -> ssl.setProtocols(new String[] {"TLSv1.3"});
      default ->
          throw RedisUri.unusable(
              "has an ssl_min_version other than 771 (TLS 1.2) or 772 (TLS 1.3)");
    }
    return ssl;
  }

  private TrustManager @Nullable [] trustManagers() throws GeneralSecurityException {
    if (!verified) {
      return new TrustManager[] {new TrustAll()};
    }
    List<Certificate> extra = new ArrayList<>();
    if (parameters.containsKey("ssl_ca_certs")) {
      extra.addAll(certificates("ssl_ca_certs", file("ssl_ca_certs")));
    }
    String data = parameters.get("ssl_ca_data");
    if (data != null) {
      extra.addAll(certificates("ssl_ca_data", data.getBytes(StandardCharsets.US_ASCII)));
    }
    if (extra.isEmpty()) {
      return null;
    }
    KeyStore store = emptyStore();
    for (TrustManager manager : trustManagers(null)) {
      if (manager instanceof X509TrustManager trusted) {
        extra.addAll(List.of(trusted.getAcceptedIssuers()));
      }
    }
    for (int i = 0; i < extra.size(); i++) {
      store.setCertificateEntry("ca" + i, extra.get(i));
    }
    return trustManagers(store);
  }

  /** Of the store, or of the JVM's own without one. */
  private static TrustManager[] trustManagers(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException {
    if (!parameters.containsKey("ssl_certfile")) {
      if (parameters.containsKey("ssl_keyfile")) {
        throw RedisUri.unusable("has an ssl_keyfile and no ssl_certfile");
      }
      return null;
    }
    List<Certificate> chain = certificates("ssl_certfile", file("ssl_certfile"));
    String keyParameter = parameters.containsKey("ssl_keyfile") ? "ssl_keyfile" : "ssl_certfile";
    PrivateKey key = privateKey(keyParameter, chain.get(0).getPublicKey().getAlgorithm());
    KeyStore store = emptyStore();
    store.setKeyEntry("client", key, new char[0], chain.toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private PrivateKey privateKey(String parameter, String algorithm)
      throws GeneralSecurityException {
    Matcher pem = PEM_KEY.matcher(new String(file(parameter), StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw RedisUri.unusable(
          "names in "
              + parameter
              + " no unencrypted PKCS #8 key in PEM form (convert it: openssl pkcs8 -topk8 -nocrypt)");
    }
    byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  private static List<Certificate> certificates(String parameter, byte[] pem) {
    try (InputStream in = new ByteArrayInputStream(certificateBlocks(pem))) {
      List<Certificate> certificates =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (GeneralSecurityException | IOException e) {
      // reported below, as a file without certificates is
    }
    throw RedisUri.unusable("names in " + parameter + " no certificate in PEM form");
  }

  /** A file may hold the key too, which Java's reader of certificates stumbles over. */
  private static byte[] certificateBlocks(byte[] pem) {
    Matcher blocks =
        Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----")
            .matcher(new String(pem, StandardCharsets.US_ASCII));
    StringBuilder text = new StringBuilder();
    while (blocks.find()) {
      text.append(blocks.group()).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] file(String parameter) {
    String name = parameters.getOrDefault(parameter, "");
    try {
      return Files.readAllBytes(Path.of(name));
    } catch (IOException | InvalidPathException e) {
      throw RedisUri.unusable("names in " + parameter + " a file that cannot be read: " + name);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /** For {@code ssl_cert_reqs=none}: the operator asked for it. */
  private static final class TrustAll extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
