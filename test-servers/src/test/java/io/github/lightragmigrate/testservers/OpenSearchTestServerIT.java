package io.github.lightragmigrate.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;

class OpenSearchTestServerIT {
  @Test
  void version2Answers() throws Exception {
    OpenSearchTestServer server = OpenSearchTestServer.sharedV2();
    System.out.println(server.describe());
    assertThat(OpenSearchTestServer.sharedV2()).isSameAs(server);
    assertThat(server.settings()).containsEntry("OPENSEARCH_USE_SSL", "false");
    assertThat(version(server)).startsWith("2.");
  }

  @Test
  void version3Answers() throws Exception {
    Optional<String> reason = OpenSearchTestServer.whyNoV3();
    reason.ifPresent(System.out::println);
    assumeTrue(reason.isEmpty(), () -> reason.orElse(""));
    OpenSearchTestServer server = OpenSearchTestServer.sharedV3();
    System.out.println(server.describe());
    assertThat(version(server)).startsWith("3.");
  }

  @Test
  void closedServerIsGone() {
    OpenSearchProcess process = OpenSearchProcess.start("opensearch-2.classpath", Jdk.running());
    process.close();
    process.close();
    assertThat(process.isAlive()).isFalse();
    assertThat(process.directory()).doesNotExist();
  }

  @Test
  void nodeDiesWithAKilledParent() throws Exception {
    Process parent =
        new ProcessBuilder(
                List.of(
                    Jdk.running().java().toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Parent.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = parent.inputReader(StandardCharsets.UTF_8)) {
      String pid = output.readLine();
      Path directory = Path.of(output.readLine());
      ProcessHandle node = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
      assertThat(directory).isDirectory();
      parent.destroyForcibly().waitFor();
      await().atMost(Duration.ofSeconds(20)).until(() -> !node.isAlive());
      assertThat(directory).doesNotExist();
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void failedStartSaysWhy() {
    Jdk broken = new Jdk(Path.of("no-such-java"), 17);
    assertThatThrownBy(() -> OpenSearchProcess.start("opensearch-2.classpath", broken))
        .hasRootCauseInstanceOf(IOException.class)
        .hasMessageContaining("no-such-java");
  }

  private static String version(OpenSearchTestServer server) throws Exception {
    try (OpenSearchTransport transport =
        ApacheHttpClient5TransportBuilder.builder(HttpHost.create("http://" + server.hosts()))
            .build()) {
      return new OpenSearchClient(transport).info().version().number();
    }
  }

  /** A JVM that starts a node, says which, and waits to be killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws InterruptedException {
      OpenSearchProcess node = OpenSearchProcess.start("opensearch-2.classpath", Jdk.running());
      System.out.println(node.pid());
      System.out.println(node.directory());
      Thread.currentThread().join();
    }
  }
}
