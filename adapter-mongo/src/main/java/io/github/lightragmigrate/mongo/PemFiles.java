package io.github.lightragmigrate.mongo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Certificates and keys in PEM files, as MongoDB's tools use them, for the JDK's TLS. */
final class PemFiles {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private PemFiles() {}

  /** Trusts what the authorities in the file have signed, and nothing else. */
  static TrustManager[] trusted(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    for (Certificate certificate : certificates(file)) {
      store.setCertificateEntry("ca" + store.size(), certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /**
   * The client's certificate and its private key from one file, the key in PKCS #8.
   *
   * @param password of the key; empty when it is not encrypted
   */
  static KeyManager[] keys(Path file, String password)
      throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    Certificate[] chain = certificates(file).toArray(Certificate[]::new);
    store.setKeyEntry("client", privateKey(file, password), new char[0], chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  static TrustManager[] trustAll() {
    return new TrustManager[] {
      new X509TrustManager() {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
          return new X509Certificate[0];
        }
      }
    };
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<Certificate> certificates(Path file)
      throws IOException, CertificateException {
    List<Certificate> certificates = new ArrayList<>();
    Matcher block = blocks(file);
    while (block.find()) {
      if (block.group(1).equals("CERTIFICATE")) {
        certificates.add(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(decode(block.group(2)))));
      }
    }
    if (certificates.isEmpty()) {
      throw new CertificateException("there is no certificate in it");
    }
    return certificates;
  }

  private static PrivateKey privateKey(Path file, String password)
      throws IOException, GeneralSecurityException {
    Matcher block = blocks(file);
    while (block.find()) {
      byte[] der = decode(block.group(2));
      switch (block.group(1)) {
        case "PRIVATE KEY" -> {
          return privateKey(new PKCS8EncodedKeySpec(der));
        }
        case "ENCRYPTED PRIVATE KEY" -> {
          return privateKey(decrypt(new EncryptedPrivateKeyInfo(der), password));
        }
        case "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY" ->
            throw new InvalidKeyException(
                "its key is not in PKCS #8: convert it with openssl pkcs8 -topk8");
        default -> {
          // certificates and parameters
        }
      }
    }
    throw new InvalidKeyException("there is no private key in it");
  }

  private static PKCS8EncodedKeySpec decrypt(EncryptedPrivateKeyInfo key, String password)
      throws GeneralSecurityException {
    // of PBES2 the parameters tell which scheme it is
    String scheme =
        key.getAlgName().equals("PBES2") || key.getAlgName().equals("1.2.840.113549.1.5.13")
            ? key.getAlgParameters().toString()
            : key.getAlgName();
    Cipher cipher = Cipher.getInstance(scheme);
    cipher.init(
        Cipher.DECRYPT_MODE,
        SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(password.toCharArray())),
        key.getAlgParameters());
    return key.getKeySpec(cipher);
  }

  private static PrivateKey privateKey(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
    for (String algorithm : List.of("RSA", "EC", "Ed25519", "DSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // a key of another algorithm
      }
    }
    throw new InvalidKeyException("its key is of an algorithm that Java does not know");
  }

  private static Matcher blocks(Path file) throws IOException {
    return BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
  }

  private static byte[] decode(String base64) {
    return Base64.getMimeDecoder().decode(base64);
  }
}
