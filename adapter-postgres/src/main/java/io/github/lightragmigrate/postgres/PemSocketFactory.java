package io.github.lightragmigrate.postgres;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.Properties;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.ssl.NonValidatingFactory.NonValidatingTM;
import org.postgresql.ssl.WrappedFactory;

/**
 * TLS with PEM files and revocation lists, as Python has it and pgjdbc has not: authorities beside
 * those that Java trusts, not instead of them. Public for pgjdbc, which makes it by name; not for
 * other use.
 */
public final class PemSocketFactory extends WrappedFactory {

  static final String MODE = "lightragmigrate.tlsMode";
  static final String CRL = "lightragmigrate.crl";

  private final boolean checkHost;

  /**
   * Called by pgjdbc with the properties of the connection.
   *
   * @throws GeneralSecurityException when a file does not hold what it should
   */
  public PemSocketFactory(Properties properties) throws GeneralSecurityException, IOException {
    TlsSettings.Mode mode = TlsSettings.Mode.valueOf(properties.getProperty(MODE));
    checkHost = mode == TlsSettings.Mode.VERIFY_FULL;
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        clientKeys(
            PGProperty.SSL_CERT.getOrDefault(properties),
            PGProperty.SSL_KEY.getOrDefault(properties)),
        mode == TlsSettings.Mode.OPPORTUNISTIC
            ? new TrustManager[] {new NonValidatingTM()}
            : trust(PGProperty.SSL_ROOT_CERT.getOrDefault(properties), properties.getProperty(CRL)),
        null);
    factory = context.getSocketFactory();
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    SSLSocket secured = (SSLSocket) super.createSocket(socket, host, port, autoClose);
    if (checkHost) {
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
    }
    return secured;
  }

  private static KeyManager[] clientKeys(@Nullable String certificate, @Nullable String key)
      throws GeneralSecurityException, IOException {
    if (certificate == null || key == null) {
      return new KeyManager[0];
    }
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "client",
        PemFiles.privateKey(Path.of(key)),
        new char[0],
        PemFiles.certificates(Path.of(certificate)).toArray(X509Certificate[]::new));
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, new char[0]);
    return managers.getKeyManagers();
  }

  private static TrustManager[] trust(
      @Nullable String rootCertificate, @Nullable String revocationList)
      throws GeneralSecurityException, IOException {
    KeyStore authorities = emptyStore();
    int number = 0;
    for (X509Certificate known : knownAuthorities()) {
      authorities.setCertificateEntry("known " + number++, known);
    }
    if (rootCertificate != null) {
      for (X509Certificate added : PemFiles.certificates(Path.of(rootCertificate))) {
        authorities.setCertificateEntry("added " + number++, added);
      }
    }
    PKIXBuilderParameters parameters =
        new PKIXBuilderParameters(authorities, new X509CertSelector());
    parameters.setRevocationEnabled(false);
    if (revocationList != null) {
      parameters.addCertStore(
          CertStore.getInstance(
              "Collection",
              new CollectionCertStoreParameters(
                  PemFiles.revocationLists(Path.of(revocationList)))));
      parameters.addCertPathChecker(listsOnly());
    }
    TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
    managers.init(new CertPathTrustManagerParameters(parameters));
    return managers.getTrustManagers();
  }

  private static PKIXRevocationChecker listsOnly() throws GeneralSecurityException {
    PKIXRevocationChecker checker =
        (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
    checker.setOptions(
        EnumSet.of(
            PKIXRevocationChecker.Option.PREFER_CRLS,
            PKIXRevocationChecker.Option.NO_FALLBACK,
            PKIXRevocationChecker.Option.ONLY_END_ENTITY));
    return checker;
  }

  private static X509Certificate[] knownAuthorities() throws GeneralSecurityException {
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init((KeyStore) null);
    for (TrustManager manager : managers.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }
}
