package io.github.lightragmigrate.testservers;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** OpenSearch in a JVM of its own, which ends when its standard input does. */
final class OpenSearchProcess implements AutoCloseable {
  private static final String MAIN_CLASS =
      "io.github.lightragmigrate.opensearchnode.OpenSearchNode";
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Pattern VERSION = Pattern.compile("\"number\"\\s*:\\s*\"([^\"]+)\"");

  private final Process process;
  private final Path directory;
  private final int port;
  private final String version;
  private final ExitHook exitHook;

  private OpenSearchProcess(Process process, Path directory, int port, String version) {
    this.process = process;
    this.directory = directory;
    this.port = port;
    this.version = version;
    this.exitHook = new ExitHook("opensearch", () -> stop(process, directory));
  }

  static OpenSearchProcess start(String classPathResource, Jdk jdk) {
    Path directory = Directories.create("opensearch");
    int port = Ports.free();
    try {
      Path log = directory.resolve("output.log");
      Process process =
          new ProcessBuilder(
                  List.of(
                      jdk.java().toString(),
                      "-Xmx512m",
                      "-XX:+UseSerialGC",
                      "-cp",
                      classPath(classPathResource),
                      MAIN_CLASS,
                      Integer.toString(port),
                      directory.toString()))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      try {
        String version = awaitVersion(process, port, log);
        return new OpenSearchProcess(process, directory, port, version);
      } catch (IOException | RuntimeException e) {
        stop(process, directory);
        throw e;
      }
    } catch (IOException e) {
      Directories.delete(directory);
      throw new UncheckedIOException("Cannot start OpenSearch: " + e.getMessage(), e);
    }
  }

  int port() {
    return port;
  }

  String version() {
    return version;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Where the node keeps its data until it is stopped. */
  Path directory() {
    return directory;
  }

  @Override
  public void close() {
    exitHook.cancel();
    stop(process, directory);
  }

  private static String classPath(String resource) throws IOException {
    try (InputStream in = OpenSearchProcess.class.getResourceAsStream("/" + resource)) {
      if (in == null) {
        throw new IOException(resource + " is missing: build with Maven, which writes it");
      }
      String libraries = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      // Not initialized and not linked, so OpenSearch's classes are not asked for.
      CodeSource source =
          Class.forName(MAIN_CLASS, false, OpenSearchProcess.class.getClassLoader())
              .getProtectionDomain()
              .getCodeSource();
      return Path.of(source.getLocation().toURI()) + File.pathSeparator + libraries;
    } catch (ClassNotFoundException | URISyntaxException e) {
      throw new IOException("Cannot find " + MAIN_CLASS, e);
    }
  }

  private static String awaitVersion(Process process, int port, Path log) throws IOException {
    HttpClient client = HttpClient.newHttpClient();
    URI base = URI.create("http://127.0.0.1:" + port);
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    try {
      while (System.nanoTime() < deadline) {
        if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
          throw new IOException(
              "OpenSearch ended with status " + process.exitValue() + ": " + tail(log));
        }
        if (answers(client, base.resolve("/_cluster/health?wait_for_status=yellow&timeout=1s"))) {
          Matcher matcher = VERSION.matcher(get(client, base.resolve("/")).body());
          if (matcher.find()) {
            return matcher.group(1);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while OpenSearch started", e);
    }
    throw new IOException("OpenSearch did not answer within " + START_LIMIT + ": " + tail(log));
  }

  private static boolean answers(HttpClient client, URI uri) throws InterruptedException {
    try {
      return get(client, uri).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static HttpResponse<String> get(HttpClient client, URI uri)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String tail(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  private static void stop(Process process, Path directory) {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    } catch (IOException e) {
      process.destroyForcibly();
    }
    Directories.delete(directory);
  }
}
