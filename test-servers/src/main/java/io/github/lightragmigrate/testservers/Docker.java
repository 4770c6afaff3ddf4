package io.github.lightragmigrate.testservers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * Official images, where a Docker engine answers. The socket is tried first because Testcontainers
 * takes seconds and logs errors where there is no engine.
 */
final class Docker {
  private Docker() {}

  static boolean isAvailable() {
    return !"false".equalsIgnoreCase(System.getenv("MIGRATE_TEST_DOCKER"))
        && somebodyListens()
        && DockerClientFactory.instance().isDockerAvailable();
  }

  static GenericContainer<?> start(String image, int port, Map<String, String> environment) {
    return start(image, port, environment, Wait.forListeningPort());
  }

  static GenericContainer<?> start(
      String image, int port, Map<String, String> environment, WaitStrategy ready) {
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withExposedPorts(port)
            .withEnv(environment)
            .waitingFor(ready);
    container.start();
    return container;
  }

  private static boolean somebodyListens() {
    String host = System.getenv("DOCKER_HOST");
    if (host != null && !host.startsWith("unix:")) {
      URI uri = URI.create(host);
      return uri.getHost() != null
          && accepts(
              new InetSocketAddress(uri.getHost(), uri.getPort() == -1 ? 2375 : uri.getPort()));
    }
    List<Path> sockets = new ArrayList<>();
    if (host != null) {
      sockets.add(Path.of(URI.create(host).getPath()));
    } else {
      sockets.add(Path.of("/var/run/docker.sock"));
      sockets.add(Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock"));
      String runtimeDirectory = System.getenv("XDG_RUNTIME_DIR");
      if (runtimeDirectory != null) {
        sockets.add(Path.of(runtimeDirectory, "docker.sock"));
      }
    }
    return sockets.stream().anyMatch(socket -> accepts(UnixDomainSocketAddress.of(socket)));
  }

  private static boolean accepts(SocketAddress address) {
    if (address instanceof InetSocketAddress) {
      try (Socket socket = new Socket()) {
        socket.connect(address, 1_000);
        return true;
      } catch (IOException e) {
        return false;
      }
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(address);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
