package io.github.lightragmigrate.interop;

import static io.github.lightragmigrate.interop.SettingsCase.of;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Flags, modes and addresses in odd spellings. */
final class SettingsValueCases {

  private SettingsValueCases() {}

  /**
   * @param directory for a certificate
   */
  static List<SettingsCase> all(Path directory) throws IOException, GeneralSecurityException {
    return Stream.of(
            flags(),
            tls(certificate(directory)),
            redis(),
            mongo(),
            openSearch(),
            processVariables())
        .flatMap(List::stream)
        .toList();
  }

  private static List<SettingsCase> flags() {
    List<SettingsCase> cases = new ArrayList<>();
    for (String yes : List.of("true", "True", "TRUE")) {
      cases.add(flag(yes, "true").gives("redis", "REDIS_ALLOW_EVICTION_POLICY", "true"));
    }
    for (String yes : List.of("1", "yes", "YES")) {
      cases.add(flag(yes, "true").gives("redis", "REDIS_ALLOW_EVICTION_POLICY", "false"));
    }
    for (String no : List.of("false", "False", "0", "no", "off", "", " no ")) {
      cases.add(flag(no, "false").gives("redis", "REDIS_ALLOW_EVICTION_POLICY", "false"));
    }
    String silent = "LightRAG takes it for no, which says the opposite";
    cases.add(
        flag("on", "")
            .weRefuse("opensearch", "OPENSEARCH_USE_SSL", silent)
            .gives("redis", "REDIS_ALLOW_EVICTION_POLICY", "false"));
    cases.add(
        flag(" true ", "")
            .weRefuse("opensearch", "OPENSEARCH_USE_SSL", silent)
            .gives("redis", "REDIS_ALLOW_EVICTION_POLICY", "true"));
    for (String unknown : List.of("t", "y", "enabled", "2", "\"true\"")) {
      cases.add(
          flag(unknown, "")
              .weRefuse("opensearch", "OPENSEARCH_USE_SSL", silent)
              .weRefuse("redis", "REDIS_ALLOW_EVICTION_POLICY", silent));
    }
    return cases;
  }

  /** Certificates are checked where they are used at all. */
  private static SettingsCase flag(String text, String openSearch) {
    SettingsCase one =
        of("flags: <" + text + ">")
            .only("redis", "opensearch")
            .environment("OPENSEARCH_USE_SSL", text)
            .environment("OPENSEARCH_VERIFY_CERTS", text)
            .environment("REDIS_ALLOW_EVICTION_POLICY", text);
    return openSearch.isEmpty()
        ? one
        : one.gives("opensearch", "OPENSEARCH_USE_SSL", openSearch)
            .gives("opensearch", "OPENSEARCH_VERIFY_CERTS", openSearch);
  }

  private static List<SettingsCase> tls(Path certificate) {
    String lost = "LightRAG warns, and connects without it";
    return List.of(
        mode("disable").gives("postgres", "POSTGRES_SSL_MODE", "OFF"),
        mode("").gives("postgres", "POSTGRES_SSL_MODE", "OPPORTUNISTIC"),
        mode("allow").gives("postgres", "POSTGRES_SSL_MODE", "OPPORTUNISTIC"),
        mode("prefer").gives("postgres", "POSTGRES_SSL_MODE", "VERIFY_FULL"),
        mode("Require").gives("postgres", "POSTGRES_SSL_MODE", "VERIFY_FULL"),
        mode("verify-ca").gives("postgres", "POSTGRES_SSL_MODE", "VERIFY_CA"),
        mode("VERIFY-FULL").gives("postgres", "POSTGRES_SSL_MODE", "VERIFY_FULL"),
        mode("verify_full").weRefuse("postgres", "POSTGRES_SSL_MODE", lost),
        mode(" require").weRefuse("postgres", "POSTGRES_SSL_MODE", lost),
        mode("verify-full")
            .environment("POSTGRES_SSL_ROOT_CERT", certificate.toString())
            .gives("postgres", "POSTGRES_SSL_ROOT_CERT", certificate.toString()),
        mode("verify-full")
            .environment("POSTGRES_SSL_ROOT_CERT", "none.pem")
            .weRefuse("postgres", "POSTGRES_SSL_ROOT_CERT", lost),
        mode("require")
            .environment("POSTGRES_SSL_ROOT_CERT", "none.pem")
            .weRefuse("postgres", "POSTGRES_SSL_ROOT_CERT", "LightRAG does not look at it"),
        mode("verify-full")
            .environment("POSTGRES_SSL_CERT", certificate.toString())
            .weRefuse("postgres", "POSTGRES_SSL_KEY", "LightRAG connects without either"),
        mode("verify-full")
            .environment("POSTGRES_SSL_CRL", certificate.toString())
            .lightRagRefuses("postgres", "its call has an argument that Python's ssl has not"),
        of("server settings")
            .environment("POSTGRES_SERVER_SETTINGS", "a=b=c&&x&d=&e= f &g=%20&a=z")
            .gives(
                "postgres",
                "POSTGRES_SERVER_SETTINGS",
                "{\"a\": \"z\", \"d\": \"\", \"e\": \" f \", \"g\": \"%20\"}"));
  }

  private static SettingsCase mode(String mode) {
    return of("POSTGRES_SSL_MODE=" + mode).only("postgres").environment("POSTGRES_SSL_MODE", mode);
  }

  private static List<SettingsCase> redis() {
    return List.of(
        redis("redis://h").gives("redis", "REDIS_URI port", "6379"),
        redis("redis://h:6380/").gives("redis", "REDIS_URI port", "6380"),
        redis("redis://[::1]:6380/1").gives("redis", "REDIS_URI host", "::1"),
        redis("redis://Host.Example/2").gives("redis", "REDIS_URI database", "2"),
        redis("redis://:pw@h").gives("redis", "REDIS_URI password", "pw"),
        redis("redis://user@h").gives("redis", "REDIS_URI user", "user"),
        redis("redis://u:a@b:c@h").gives("redis", "REDIS_URI password", "a@b:c"),
        redis("redis://h/1?db=3").gives("redis", "REDIS_URI database", "3"),
        redis("redis://h/x").gives("redis", "REDIS_URI database", "0"),
        redis("redis://h/0?socket_timeout=5&max_connections=7&password=x")
            .gives("redis", "REDIS_SOCKET_TIMEOUT", "5.0")
            .gives("redis", "REDIS_MAX_CONNECTIONS", "7")
            .gives("redis", "REDIS_URI password", "x"),
        redis("rediss://h/0?ssl_cert_reqs=none").gives("redis", "REDIS_URI tls", "true"),
        redis("h:6379").refused("redis", "redis://"),
        redis("http://h:6379").refused("redis", "redis://"),
        redis("redis://h:port").refused("redis", "port"),
        redis("redis://u:p/w@h").refused("redis", "percent-encode"),
        redis("redis://h:99999").refused("redis", "port"),
        redis(" redis://h ")
            .differs("redis", "LightRAG looks for the host <h >; white space means nothing"),
        redis("unix:///tmp/redis.sock").weRefuse("redis", "Unix socket", "Jedis has none"));
  }

  private static SettingsCase redis(String uri) {
    return of("REDIS_URI=" + uri).only("redis").environment("REDIS_URI", uri);
  }

  private static List<SettingsCase> mongo() {
    String names = "MongoDB does not allow it";
    return List.of(
        mongo("mongodb://h").gives("mongo", "MONGO_URI hosts", "h:27017"),
        mongo("mongodb://H.Example:27018,[::1]:2/?replicaSet=r"),
        mongo("mongodb://u:p@h/db").gives("mongo", "MONGO_URI source", "db"),
        mongo("mongodb://u:p@h/db?authSource=a").gives("mongo", "MONGO_URI source", "a"),
        mongo("mongodb://u:p@h/?ssl=true").gives("mongo", "MONGO_URI tls", "true"),
        mongo("mongodb://u:p@h/?tls=true&tlsAllowInvalidCertificates=true")
            .gives("mongo", "MONGO_URI tls", "true"),
        mongo("mongodb://u:p+%2B%C3%A4@h/").gives("mongo", "MONGO_URI password", "p +\u00e4"),
        mongo("mongodb://u:p@ss@h/").refused("mongo", "connection string"),
        mongo("mongodb://u:p/w@h/").refused("mongo", "connection string"),
        mongo("mongodb://h:port/").refused("mongo", "connection string"),
        mongo("mongodb:/h").refused("mongo", "connection string"),
        mongo(" mongodb://h/ ").lightRagRefuses("mongo", "white space around it means nothing"),
        mongo("localhost:27018").weRefuse("mongo", "connection string", "pymongo takes it"),
        of("a database of MongoDB").environment("MONGO_DATABASE", "L\u00e4ght-RAG_1"),
        of("MongoDB's a.b").environment("MONGO_DATABASE", "a.b").refused("mongo", names),
        of("MongoDB's padded").environment("MONGO_DATABASE", " a").refused("mongo", names),
        of("MongoDB's a$b").environment("MONGO_DATABASE", "a$b").refused("mongo", names));
  }

  private static SettingsCase mongo(String uri) {
    return of("MONGO_URI=" + uri).only("mongo").environment("MONGO_URI", uri);
  }

  private static List<SettingsCase> openSearch() {
    return List.of(
        hosts("h").gives("opensearch", "OPENSEARCH_HOSTS", "https://h:9200"),
        hosts(" h:9201 ,, i, ")
            .gives("opensearch", "OPENSEARCH_HOSTS", "https://h:9201,https://i:9200"),
        hosts("https://h").gives("opensearch", "OPENSEARCH_HOSTS", "https://h:443"),
        hosts("http://h").gives("opensearch", "OPENSEARCH_HOSTS", "https://h:9200"),
        hosts("https://h:9200/path/")
            .gives("opensearch", "OPENSEARCH_HOSTS", "https://h:9200/path"),
        hosts("http://h")
            .environment("OPENSEARCH_USE_SSL", "false")
            .gives("opensearch", "OPENSEARCH_HOSTS", "http://h:9200"),
        hosts("https://h")
            .environment("OPENSEARCH_USE_SSL", "false")
            .gives("opensearch", "OPENSEARCH_HOSTS", "https://h:443"),
        hosts("[::1]:9201"),
        hosts("open_search:9200"),
        hosts(",").refused("opensearch", "names no node"),
        hosts("h:port").refused("opensearch", "OPENSEARCH_HOSTS"),
        hosts("https://u:p@h:9200")
            .weRefuse("opensearch", "OPENSEARCH_USER", "a password would be shown with the host"),
        hosts("h/a,i/b").weRefuse("opensearch", "different paths", "the Java client has one"),
        of("no user of OpenSearch").environment("OPENSEARCH_USER", ""),
        of("no password of OpenSearch").environment("OPENSEARCH_PASSWORD", ""));
  }

  private static SettingsCase hosts(String hosts) {
    return of("OPENSEARCH_HOSTS=" + hosts)
        .only("opensearch")
        .environment("OPENSEARCH_HOSTS", hosts);
  }

  private static List<SettingsCase> processVariables() {
    return List.of(
        of("libpq's variables where LightRAG sets the same")
            .environment("PGHOST", "other")
            .environment("PGPORT", "1")
            .environment("PGUSER", "other")
            .environment("PGDATABASE", "other")
            .environment("PGPASSWORD", "other"),
        of("libpq's PGSSLMODE")
            .environment("PGSSLMODE", "disable")
            .differs("postgres", "asyncpg reads it where POSTGRES_SSL_MODE is not set"));
  }

  /** One that Java trusts. */
  private static Path certificate(Path directory) throws IOException, GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init((KeyStore) null);
    byte[] der =
        ((X509TrustManager) trust.getTrustManagers()[0]).getAcceptedIssuers()[0].getEncoded();
    return Files.writeString(
        directory.resolve("ca.pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END CERTIFICATE-----\n");
  }
}
