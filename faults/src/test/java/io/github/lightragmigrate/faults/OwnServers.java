package io.github.lightragmigrate.faults;

import io.github.lightragmigrate.testservers.Ports;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.embedded.core.ExecutableProvider;

/** Servers from the packages that test-servers uses too, as processes of the test's own. */
final class OwnServers {

  private static final String NODE = "io.github.lightragmigrate.opensearchnode.OpenSearchNode";

  private OwnServers() {}

  /**
   * Redis.
   *
   * @param options of redis-server, say about persistence
   */
  static OwnServer redis(Path directory, String... options) throws IOException {
    int port = Ports.closed();
    List<String> command = new ArrayList<>();
    command.add(ExecutableProvider.newJarResourceProvider(directory.toFile()).get().getPath());
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--dir", directory.toString()));
    command.addAll(List.of(options));
    Place place = new Place("redis", Map.of("REDIS_URI", "redis://127.0.0.1:" + port));
    return new OwnServer(command, directory.resolve("redis.log"), place).start();
  }

  /** PostgreSQL, where everybody may log in. */
  static OwnServer postgres(Path directory) throws IOException {
    int port = Ports.closed();
    List<String> command = new ArrayList<>();
    Path data = directory.resolve("data");
    // makes the data directory, and knows where the programs are
    try (EmbeddedPostgres maker =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPort(port)
            .start()) {
      long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
      if (System.getProperty("user.name").equals("root")) {
        // PostgreSQL refuses to run as root, and is nobody there
        command.addAll(List.of("unshare", "-U"));
      }
      command.add(ProcessHandle.of(pid).flatMap(it -> it.info().command()).orElseThrow());
    }
    command.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port)));
    command.addAll(List.of("-c", "listen_addresses=127.0.0.1"));
    Place place =
        new Place(
            "postgres",
            Map.of(
                "POSTGRES_HOST", "127.0.0.1",
                "POSTGRES_PORT", Integer.toString(port),
                "POSTGRES_USER", "postgres",
                "POSTGRES_PASSWORD", "any",
                "POSTGRES_DATABASE", "postgres"));
    return new OwnServer(command, directory.resolve("postgres.log"), place).start();
  }

  /** OpenSearch 2. */
  static OwnServer openSearch(Path directory) throws IOException {
    int port = Ports.closed();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-cp",
            openSearchClassPath(),
            NODE,
            Integer.toString(port),
            Files.createDirectories(directory.resolve("node")).toString());
    Place place =
        new Place(
            "opensearch",
            Map.of(
                "OPENSEARCH_HOSTS", "127.0.0.1:" + port,
                "OPENSEARCH_USER", "",
                "OPENSEARCH_USE_SSL", "false",
                // long enough for a halt, short enough to try again within the budget
                "OPENSEARCH_TIMEOUT", "10"));
    return new OwnServer(command, directory.resolve("opensearch.log"), place).start();
  }

  /**
   * SecantusDB, MongoDB's stand-in.
   *
   * @param program its secantusd-py
   */
  static OwnServer secantus(Path directory, String program) {
    int port = Ports.closed();
    List<String> command =
        List.of(
            program,
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--storage-path",
            directory.resolve("data").toString());
    Place place =
        new Place(
            "mongo",
            Map.of("MONGO_URI", "mongodb://127.0.0.1:" + port + "/?directConnection=true"));
    return new OwnServer(command, directory.resolve("secantus.log"), place).start();
  }

  private static String openSearchClassPath() throws IOException {
    try (InputStream in = OwnServers.class.getResourceAsStream("/opensearch-2.classpath")) {
      String libraries = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      // not initialized: OpenSearch is not on the tests' class path
      Class<?> node = Class.forName(NODE, false, OwnServers.class.getClassLoader());
      Path jar = Path.of(node.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar + File.pathSeparator + libraries;
    } catch (ClassNotFoundException | URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
