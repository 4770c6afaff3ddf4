package io.github.lightragmigrate.mongo;

import com.mongodb.MongoClientSettings;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS options that LightRAG's driver (pymongo) reads from a connection string, and the Java
 * driver does not know: it would leave them out without a word. Names have no regard to case.
 */
final class TlsOptions {

  private static final String CA_FILE = "tlscafile";
  private static final String KEY_FILE = "tlscertificatekeyfile";
  private static final String KEY_PASSWORD = "tlscertificatekeyfilepassword";
  private static final String ANY_CERTIFICATE = "tlsallowinvalidcertificates";
  private static final String INSECURE = "tlsinsecure";

  /** The driver's own, or without meaning here: Java asks no OCSP responder. */
  private static final Set<String> OTHERS =
      Set.of("tls", "ssl", "tlsallowinvalidhostnames", "tlsdisableocspendpointcheck");

  private static final Set<String> KNOWN =
      Set.of(CA_FILE, KEY_FILE, KEY_PASSWORD, ANY_CERTIFICATE, INSECURE);

  private final Map<String, String> options;

  private TlsOptions(Map<String, String> options) {
    this.options = options;
  }

  /**
   * @throws StoreException SETTINGS for a TLS option that would have no effect
   */
  static TlsOptions ofUri(String uri) {
    Map<String, String> options = new LinkedHashMap<>();
    int query = uri.indexOf('?');
    String[] pairs = query < 0 ? new String[0] : uri.substring(query + 1).split("[&;]");
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String given = equals < 0 ? pair : pair.substring(0, equals);
      String name = given.toLowerCase(Locale.ROOT);
      if (KNOWN.contains(name)) {
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        options.put(name, URLDecoder.decode(value, StandardCharsets.UTF_8));
      } else if ((name.startsWith("tls") || name.startsWith("ssl")) && !OTHERS.contains(name)) {
        throw new StoreException(
            Kind.SETTINGS, "MONGO_URI: option " + given + " is not supported: remove it");
      }
    }
    return new TlsOptions(options);
  }

  boolean isEmpty() {
    return options.isEmpty();
  }

  void applyTo(MongoClientSettings.Builder builder) {
    if (isEmpty()) {
      return;
    }
    boolean anyCertificate = isTrue(ANY_CERTIFICATE) || isTrue(INSECURE);
    SSLContext context = context(anyCertificate);
    builder.applyToSslSettings(
        tls -> {
          tls.enabled(true).context(context);
          if (anyCertificate) {
            tls.invalidHostNameAllowed(true);
          }
        });
  }

  private boolean isTrue(String name) {
    return "true".equalsIgnoreCase(options.get(name));
  }

  private SSLContext context(boolean anyCertificate) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(), anyCertificate ? PemFiles.trustAll() : trusted(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new StoreException(
          Kind.SETTINGS, "MONGO_URI: TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private KeyManager @Nullable [] keys() {
    String file = options.get(KEY_FILE);
    String password = options.getOrDefault(KEY_PASSWORD, "");
    return file == null
        ? null
        : read("tlsCertificateKeyFile", file, path -> PemFiles.keys(path, password));
  }

  private TrustManager @Nullable [] trusted() {
    String file = options.get(CA_FILE);
    return file == null ? null : read("tlsCAFile", file, PemFiles::trusted);
  }

  private interface Reading<T> {
    T from(Path file) throws IOException, GeneralSecurityException;
  }

  private static <T> T read(String option, String file, Reading<T> reading) {
    try {
      return reading.from(Path.of(file));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new StoreException(
          Kind.SETTINGS,
          "MONGO_URI: " + option + " " + file + " cannot be used: " + e.getMessage(),
          e);
    }
  }
}
