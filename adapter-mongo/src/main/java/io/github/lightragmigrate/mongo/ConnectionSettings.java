package io.github.lightragmigrate.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcern;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import io.github.lightragmigrate.spi.Workspaces;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the collection is and how to reach it, from LightRAG's settings. */
final class ConnectionSettings {

  static final Setting URI =
      Setting.text("MONGO_URI", "MongoDB connection string, mongodb:// or mongodb+srv://")
          .ini("mongodb", "uri")
          .withDefault("mongodb://root:root@localhost:27017/")
          .withExample("mongodb://root:root@localhost:27017/")
          .asRequired()
          .asSecret();
  static final Setting DATABASE =
      Setting.text("MONGO_DATABASE", "MongoDB database")
          .ini("mongodb", "database")
          .withDefault("LightRAG")
          .withExample("LightRAG")
          .asRequired();
  static final Setting WORKSPACE =
      Setting.of(
          "MONGODB_WORKSPACE",
          Setting.Type.WORKSPACE,
          "workspace of MongoDB, in place of WORKSPACE");
  static final List<Setting> ALL = List.of(URI, DATABASE, WORKSPACE, Setting.WORKSPACE);

  /** Used where the connection string says nothing; the engine retries. */
  private static final int SERVER_SELECTION_SECONDS = 10;

  private static final int READ_SECONDS = 60;

  private static final String COLLECTION_FORBIDS = "\0$";

  /** A scheme, and what stands before the last @ of the hosts. */
  private static final Pattern LOGIN = Pattern.compile("([^:]*://)([^/?]*@)");

  private static final String COLLECTION = "llm_response_cache";

  private final ConnectionString uri;
  private final TlsOptions tls;
  private final String database;
  private final String workspace;

  private ConnectionSettings(
      ConnectionString uri, TlsOptions tls, String database, String workspace) {
    this.uri = uri;
    this.tls = tls;
    this.database = database;
    this.workspace = workspace;
  }

  /**
   * @throws StoreException SETTINGS for a value that cannot be used; UNAVAILABLE when the DNS does
   *     not answer for a mongodb+srv host
   */
  static ConnectionSettings of(Settings settings) {
    String workspace = Workspaces.resolve(settings, WORKSPACE);
    String database = settings.require(DATABASE);
    checkName(database, "\0/\\ .\"$", "MONGO_DATABASE '" + database + "'");
    checkName(collection(workspace), COLLECTION_FORBIDS, "workspace '" + workspace + "'");
    String text = withSpaces(settings.require(URI).strip());
    return new ConnectionSettings(parse(text), TlsOptions.ofUri(text), database, workspace);
  }

  private static void checkName(String name, String forbidden, String what) {
    if (name.isEmpty()
        || name.startsWith(".")
        || name.contains("..")
        || name.chars().anyMatch(c -> forbidden.indexOf(c) >= 0)) {
      throw new StoreException(
          Kind.SETTINGS, what + " cannot be used: MongoDB does not allow it in a name");
    }
  }

  /** To pymongo a + in user or password is a space, to the Java driver a +. */
  private static String withSpaces(String uri) {
    Matcher login = LOGIN.matcher(uri);
    return login.lookingAt()
        ? login.group(1) + login.group(2).replace("+", "%20") + uri.substring(login.end())
        : uri;
  }

  private static ConnectionString parse(String uri) {
    try {
      return new ConnectionString(uri);
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          Kind.SETTINGS,
          "MONGO_URI (or uri in [mongodb] of config.ini) is no connection string of MongoDB: "
              + withoutParts(e, uri)
              + ". It looks like mongodb://user:password@host:27017/; encode : / ? # [ ] @ % of user"
              + " and password as %3A %2F %3F %23 %5B %5D %40 %25");
    } catch (MongoException e) {
      throw new StoreException(
          Kind.UNAVAILABLE,
          "the host of MONGO_URI could not be looked up: " + withoutParts(e, uri));
    }
  }

  /** The driver quotes what it did not understand, which may be half a password. */
  private static String withoutParts(RuntimeException e, String uri) {
    String message = Objects.requireNonNullElse(e.getMessage(), "");
    List<String> parts =
        Arrays.stream(uri.replaceFirst("^mongodb(\\+srv)?://", "").split("[:/?#@,&;=]"))
            .filter(part -> part.length() > 2)
            .sorted(Comparator.comparing(String::length).reversed())
            .toList();
    for (String part : parts) {
      message = message.replace(part, "***");
    }
    return message;
  }

  MongoClientSettings client(Access access) {
    WriteConcern writeConcern =
        Objects.requireNonNullElse(uri.getWriteConcern(), WriteConcern.MAJORITY);
    if (access == Access.TARGET && !writeConcern.isAcknowledged()) {
      throw new StoreException(
          Kind.SETTINGS, "MONGO_URI says w=0: remove it, or nobody knows what was written");
    }
    MongoClientSettings.Builder builder =
        MongoClientSettings.builder()
            .applyToClusterSettings(
                cluster ->
                    cluster.serverSelectionTimeout(SERVER_SELECTION_SECONDS, TimeUnit.SECONDS))
            .applyToSocketSettings(socket -> socket.readTimeout(READ_SECONDS, TimeUnit.SECONDS))
            .applicationName("lightrag-migrate")
            .applyConnectionString(uri)
            .writeConcern(writeConcern)
            // the others need libraries that are not there
            .compressorList(
                Stream.ofNullable(uri.getCompressorList())
                    .flatMap(List::stream)
                    .filter(compressor -> compressor.getName().equals("zlib"))
                    .toList());
    if (Boolean.FALSE.equals(uri.getSslEnabled()) && !tls.isEmpty()) {
      throw new StoreException(
          Kind.SETTINGS, "MONGO_URI: tls=false and its other TLS options exclude each other");
    }
    tls.applyTo(builder);
    return builder.build();
  }

  String database() {
    return database;
  }

  String workspace() {
    return workspace;
  }

  String collection() {
    return collection(workspace);
  }

  private static String collection(String workspace) {
    return workspace.isEmpty() ? COLLECTION : workspace + "_" + COLLECTION;
  }

  /**
   * The workspace that leads to this collection; empty when none does, also when LightRAG refuses
   * its name.
   */
  static Optional<String> workspaceOf(String collection) {
    if (collection.equals(COLLECTION)) {
      return Optional.of("");
    }
    String suffix = "_" + COLLECTION;
    // of MongoDB itself: buckets of a time series and the like
    if (!collection.endsWith(suffix)
        || collection.equals(suffix)
        || collection.startsWith("system.")) {
      return Optional.empty();
    }
    try {
      String workspace = collection.substring(0, collection.length() - suffix.length());
      checkName(collection, COLLECTION_FORBIDS, collection);
      return Optional.of(Workspaces.validate(workspace));
    } catch (StoreException e) {
      return Optional.empty();
    }
  }

  /** {@code host:port,host:port}, in one order however they are given. */
  String hosts() {
    return uri.getHosts().stream()
        .map(host -> isAddress(host) ? new ServerAddress(host).toString() : host)
        .sorted()
        .collect(Collectors.joining(","));
  }

  /** Not the name that is looked up for mongodb+srv, and no socket file. */
  private boolean isAddress(String host) {
    return !uri.isSrvProtocol() && !host.endsWith(".sock");
  }

  /** The text without the password, should it be there. */
  String mask(String text) {
    char[] password = uri.getPassword();
    if (password == null || password.length == 0) {
      return text;
    }
    String plain = new String(password);
    String encoded = URLEncoder.encode(plain, StandardCharsets.UTF_8);
    return text.replace(plain, "***").replace(encoded, "***");
  }
}
