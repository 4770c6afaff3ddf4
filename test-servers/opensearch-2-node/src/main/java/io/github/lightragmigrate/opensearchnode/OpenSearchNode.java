package io.github.lightragmigrate.opensearchnode;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * Runs one OpenSearch node without security on 127.0.0.1 until standard input ends. The pipe from
 * the parent closes however the parent dies, so the node never outlives it.
 */
public final class OpenSearchNode {
  private OpenSearchNode() {}

  /**
   * Starts the node; the process ends with status 0 when standard input does.
   *
   * @param args the HTTP port, and the node's directory, which is deleted at the end
   */
  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    Path directory = Path.of(args[1]);
    OpenSearchRunner runner = new OpenSearchRunner();
    Thread parentWatch = new Thread(() -> stopWithParent(System.in, runner), "parent-watch");
    parentWatch.start();
    try {
      start(runner, port, directory);
    } catch (RuntimeException | Error e) {
      // The watch would keep a process alive that serves nothing.
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static void start(OpenSearchRunner runner, int port, Path directory) {
    runner.setMaxHttpPort(65_535);
    runner.onBuild(
        (number, settings) -> {
          settings.put("network.host", "127.0.0.1");
          settings.put("http.port", port);
          settings.put("transport.port", "20000-29999");
          settings.put("discovery.type", "single-node");
          settings.putList("discovery.seed_hosts");
          settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
        });
    runner.build(
        OpenSearchRunner.newConfigs()
            .numOfNode(1)
            .basePath(directory.toString())
            .baseHttpPort(port - 1)
            .useLogger());
  }

  private static void stopWithParent(InputStream pipe, OpenSearchRunner runner) {
    try (runner) {
      pipe.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      e.printStackTrace();
    } finally {
      deleteAndHalt(runner);
    }
  }

  private static void deleteAndHalt(OpenSearchRunner runner) {
    try {
      runner.clean();
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }
}
