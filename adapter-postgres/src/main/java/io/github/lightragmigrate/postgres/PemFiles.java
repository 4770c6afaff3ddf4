package io.github.lightragmigrate.postgres;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CRL;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates, keys and revocation lists as OpenSSL keeps them. Errors name the file. */
final class PemFiles {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----([^-]*)-----END \\1-----");

  private PemFiles() {}

  static List<X509Certificate> certificates(Path file)
      throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (certificates.isEmpty()) {
        throw new GeneralSecurityException("no certificate in " + file);
      }
      return certificates;
    }
  }

  static Collection<? extends CRL> revocationLists(Path file)
      throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCRLs(in);
    }
  }

  /** Without a passphrase: PKCS #8, and what OpenSSL wrote for RSA before it. */
  static PrivateKey privateKey(Path file) throws GeneralSecurityException, IOException {
    Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!pem.find()) {
      throw new GeneralSecurityException("no private key in PEM form in " + file);
    }
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(pem.group(2));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("the private key in " + file + " is damaged", e);
    }
    return switch (pem.group(1)) {
      case "PRIVATE KEY" -> pkcs8(der, file);
      case "RSA PRIVATE KEY" -> pkcs8(wrapRsa(der), file);
      default ->
          throw new GeneralSecurityException(
              file
                  + " holds a key in the form '"
                  + pem.group(1)
                  + "'; convert it: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
    };
  }

  private static PrivateKey pkcs8(byte[] der, Path file) throws GeneralSecurityException {
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        // of another algorithm: its name is inside, and the JDK has no way to ask for it
      }
    }
    throw new GeneralSecurityException(
        "the private key in " + file + " is damaged, or not RSA, EC or EdDSA");
  }

  /** PKCS #1 in PKCS #8 (RFC 5208): version 0, algorithm rsaEncryption, the key. */
  private static byte[] wrapRsa(byte[] pkcs1) {
    byte[] head = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");
    byte[] key = tagged(0x04, pkcs1);
    byte[] body = Arrays.copyOf(head, head.length + key.length);
    System.arraycopy(key, 0, body, head.length, key.length);
    return tagged(0x30, body);
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream der = new ByteArrayOutputStream(content.length + 4);
    der.write(tag);
    // keys of 1024 bits and more are longer than 255 bytes and shorter than 65536
    der.write(0x82);
    der.write(content.length >> 8);
    der.write(content.length);
    der.writeBytes(content);
    return der.toByteArray();
  }
}
