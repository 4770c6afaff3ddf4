package io.github.lightragmigrate.testservers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.core.RedisServerBuilder;

/**
 * A real Redis from a package (6.2 on Linux and macOS, linked with the system's OpenSSL 3), with
 * the options that tests ask for. It can be stopped and started again: port and data stay.
 */
public final class EmbeddedRedis implements TestServer {
  private final Path directory;
  private final RedisServer server;
  private final String version;
  private final String uri;
  private final @Nullable SelfSignedCertificate certificate;
  private final ExitHook exitHook;

  private EmbeddedRedis(Options options, Path directory) throws IOException {
    this.directory = directory;
    this.certificate = options.tls ? SelfSignedCertificate.create(directory) : null;
    File executable = ExecutableProvider.newJarResourceProvider(directory.toFile()).get();
    this.version = version(executable);
    int port = Ports.free();
    RedisServerBuilder builder =
        RedisServer.newRedisServer()
            .executableProvider(() -> executable)
            .bind("127.0.0.1")
            .port(port)
            .setting("dir " + directory)
            // A save point that is never reached makes an orderly stop write the data.
            .setting("save 1000000 1000000");
    options.directives.forEach(builder::setting);
    String scheme = "redis";
    int clientPort = port;
    if (certificate != null) {
      scheme = "rediss";
      clientPort = Ports.free();
      builder
          .setting("tls-port " + clientPort)
          .setting("tls-cert-file " + certificate.certificate())
          .setting("tls-key-file " + certificate.key())
          .setting("tls-auth-clients no");
    }
    this.uri =
        scheme
            + "://"
            + new ServerAddress("127.0.0.1", clientPort, options.user, options.password)
                .authority();
    this.server = builder.build();
    server.start();
    this.exitHook = new ExitHook("redis", this::stopAndDelete);
  }

  /** Options of a server to start. */
  public static Options options() {
    return new Options();
  }

  /** {@code redis://} or, with TLS, {@code rediss://}, with user and password percent-encoded. */
  public String uri() {
    return uri;
  }

  /** The server's certificate, if it speaks TLS. */
  public Optional<SelfSignedCertificate> certificate() {
    return Optional.ofNullable(certificate);
  }

  /** Stops the process, keeping port and data for {@link #restart}. */
  public void stop() {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the stopped process again, on the same port and with the same data. */
  public void restart() {
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String describe() {
    return "redis " + version + " (embedded)";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("REDIS_URI", uri);
  }

  @Override
  public void close() {
    exitHook.cancel();
    stopAndDelete();
  }

  private void stopAndDelete() {
    stop();
    Directories.delete(directory);
  }

  private static String version(File executable) throws IOException {
    Process process = new ProcessBuilder(executable.getPath(), "--version").start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher matcher = Pattern.compile("v=(\\S+)").matcher(output);
    if (!matcher.find()) {
      throw new IOException("The embedded redis-server does not run here; does OpenSSL 3 exist?");
    }
    return matcher.group(1);
  }

  /** What the server asks for and limits. Without any: no password, no TLS, no memory limit. */
  public static final class Options {
    private final List<String> directives = new ArrayList<>();
    private String user = "";
    private String password = "";
    private boolean tls;

    private Options() {}

    /** The default user's password ({@code requirepass}); no spaces or quotes. */
    public Options password(String secret) {
      directives.add("requirepass \"" + secret + "\"");
      password = secret;
      return this;
    }

    /** An ACL user that may do everything; the default user is switched off. */
    public Options user(String name, String secret) {
      return user(name, secret, "~* &* +@all");
    }

    /**
     * An ACL user; the default user is switched off.
     *
     * @param rules in the words of {@code ACL SETUSER}, such as {@code ~* +@read}
     */
    public Options user(String name, String secret, String rules) {
      directives.add("user default off");
      directives.add("user " + name + " on \">" + secret + "\" " + rules);
      user = name;
      password = secret;
      return this;
    }

    /** TLS with a self-signed certificate, without client certificates. */
    public Options tls() {
      tls = true;
      return this;
    }

    /**
     * A memory limit.
     *
     * @param size such as {@code 64mb}
     * @param policy such as {@code allkeys-lru}
     */
    public Options maxMemory(String size, String policy) {
      directives.add("maxmemory " + size);
      directives.add("maxmemory-policy " + policy);
      return this;
    }

    /** Starts a server with these options. */
    public EmbeddedRedis start() {
      Path directory = Directories.create("redis");
      try {
        return new EmbeddedRedis(this, directory);
      } catch (IOException e) {
        Directories.delete(directory);
        throw new UncheckedIOException("Cannot start the embedded Redis", e);
      }
    }
  }
}
