package io.github.lightragmigrate.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.testservers.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are fakes: shells with a server's command line, an HTTP server with its answers. */
@EnabledOnOs(OS.LINUX)
class LightRagServersTest {

  private static final Map<String, String> NOTHING_SET = Map.of();

  @TempDir Path temp;
  private Path home = Path.of(".");
  private Path storage = home;
  private Path space = home;
  private Path elsewhere = home;

  @BeforeEach
  void setUp() throws IOException {
    home = Files.createDirectory(temp.resolve("home"));
    storage = Files.createDirectory(home.resolve("rag_storage"));
    space = Files.createDirectory(storage.resolve("my_ws"));
    elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
  }

  @Test
  void theWorkingDirectoryComesFromArgumentEnvironmentOrDefault() throws IOException {
    assertThat(processHolds(home, NOTHING_SET)).isEqualTo(Holding.YES);
    assertThat(processHolds(elsewhere, NOTHING_SET)).isEqualTo(Holding.NO);
    assertThat(processHolds(elsewhere, Map.of("WORKING_DIR", storage.toString())))
        .isEqualTo(Holding.YES);
    assertThat(processHolds(home, Map.of("WORKING_DIR", elsewhere.toString())))
        .isEqualTo(Holding.NO);
    assertThat(processHolds(temp, NOTHING_SET, "--working-dir", "home/rag_storage"))
        .isEqualTo(Holding.YES);
    assertThat(processHolds(temp, NOTHING_SET, "--working-dir=home/../home/rag_storage"))
        .isEqualTo(Holding.YES);
    assertThat(
            processHolds(
                home,
                Map.of("WORKING_DIR", storage.toString()),
                "--working-dir",
                elsewhere.toString()))
        .isEqualTo(Holding.NO);
  }

  @Test
  void linksToTheDirectoryOrTheFileAreTheSame() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), storage);
    assertThat(processHolds(temp, NOTHING_SET, "--working-dir", link.toString()))
        .isEqualTo(Holding.YES);
    new CacheDirectory(storage).with("{}");
    Files.createSymbolicLink(elsewhere.resolve(CacheFile.NAME), storage.resolve(CacheFile.NAME));
    assertThat(processHolds(temp, NOTHING_SET, "--working-dir", "elsewhere"))
        .isEqualTo(Holding.YES);
  }

  @Test
  void anotherStorageHoldsNoFile() throws IOException {
    assertThat(processHolds(home, Map.of("LIGHTRAG_KV_STORAGE", "RedisKVStorage")))
        .isEqualTo(Holding.NO);
    assertThat(processHolds(home, Map.of("LIGHTRAG_KV_STORAGE", "JsonKVStorage")))
        .isEqualTo(Holding.YES);
  }

  @Test
  void theWorkspaceIsAsTheServerWritesIt() throws IOException {
    assertThat(processHolds(home, Map.of("WORKSPACE", "my-ws"))).isEqualTo(Holding.NO);
    assertThat(processHolds(space, home, Map.of("WORKSPACE", "my-ws"))).isEqualTo(Holding.YES);
    assertThat(processHolds(space, home, NOTHING_SET, "--workspace", "my_ws"))
        .isEqualTo(Holding.YES);
    assertThat(processHolds(space, home, NOTHING_SET)).isEqualTo(Holding.NO);
  }

  @Test
  void whatADotEnvMaySayIsNotKnown() throws IOException {
    Files.writeString(home.resolve(".env"), "WORKING_DIR=" + elsewhere + "\n");
    assertThat(processHolds(home, NOTHING_SET)).isEqualTo(Holding.UNKNOWN);
    assertThat(processHolds(home, NOTHING_SET, "--working-dir", storage.toString()))
        .isEqualTo(Holding.UNKNOWN);
    Map<String, String> allSet = Map.of("WORKSPACE", "", "LIGHTRAG_KV_STORAGE", "JsonKVStorage");
    assertThat(processHolds(home, allSet, "--working-dir", storage.toString()))
        .isEqualTo(Holding.YES);
    assertThat(processHolds(home, allSet, "--working-dir", elsewhere.toString()))
        .isEqualTo(Holding.NO);
    assertThat(processHolds(home, Map.of("LIGHTRAG_KV_STORAGE", "RedisKVStorage")))
        .isEqualTo(Holding.NO);
  }

  @Test
  void aServerWithWorkersIsOne() throws IOException {
    try (FakeServerProcess server = FakeServerProcess.startWithWorker(home, NOTHING_SET)) {
      assertThat(notices(storage, Access.TARGET, Ports.closed()))
          .singleElement()
          .asString()
          .startsWith("LightRAG's server (process " + server.pid() + ") holds ");
    }
    assertThat(notices(storage, Access.TARGET, Ports.closed())).isEmpty();
  }

  @Test
  void whatItMeansDependsOnTheSide() throws IOException {
    Files.writeString(home.resolve(".env"), "");
    try (FakeServerProcess server = FakeServerProcess.start(home, Map.of("PORT", "1"))) {
      assertThat(notices(storage, Access.TARGET, Ports.closed()))
          .containsExactly(
              "LightRAG's server (process "
                  + server.pid()
                  + ") may hold "
                  + storage.toRealPath().resolve(CacheFile.NAME)
                  + " in memory and will then write over it: stop it before the migration.");
      assertThat(notices(storage, Access.SOURCE, Ports.closed()))
          .singleElement()
          .asString()
          .contains("not in the file yet: stop it before the migration");
    }
  }

  @Test
  void aServerThatAnswersTellsWhatItHolds() throws IOException {
    String holds = health(storage.toString());
    assertThat(answered(holds))
        .singleElement()
        .asString()
        .contains("(http://127.0.0.1:", ") holds ");
    assertThat(answered(health(elsewhere.toString()))).isEmpty();
    assertThat(answered(holds.replace("JsonKVStorage", "PGKVStorage"))).isEmpty();
    assertThat(answered(holds.replace("\"workspace\": \"\"", "\"workspace\": \"my_ws\"")))
        .isEmpty();
    assertThat(answered(health("/app/no_such_directory")))
        .as("in a container")
        .singleElement()
        .asString()
        .contains(") may hold ");
    assertThat(answered("{\"core_version\": \"1\", \"api_version\": \"2\"}"))
        .as("with authentication")
        .singleElement()
        .asString()
        .contains(") may hold ");
  }

  @Test
  void anotherProgramThatAnswersIsNone() throws IOException {
    for (String answer : List.of("", "OK", "[]", "{}", "{\"status\": \"healthy\"}", "\"x\"")) {
      assertThat(answered(answer)).as(answer).isEmpty();
    }
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThat(notices(storage, Access.TARGET, silent.getLocalPort())).isEmpty();
    }
  }

  @Test
  void theAnswerOfTheSameProcessSettlesWhatADotEnvLeftOpen() throws IOException {
    Files.writeString(home.resolve(".env"), "");
    try (FakeServerProcess server = FakeServerProcess.start(home, NOTHING_SET)) {
      String process = "{\"process_id\": " + server.pid() + "}";
      assertThat(answered(health(storage.toString(), process)))
          .singleElement()
          .asString()
          .contains("(process " + server.pid() + ") holds ");
      assertThat(answered(health(elsewhere.toString(), process))).isEmpty();
      assertThat(answered(health(elsewhere.toString(), "{\"process_id\": 1}")))
          .as("another server's answer")
          .singleElement()
          .asString()
          .contains("(process " + server.pid() + ") may hold ");
      assertThat(answered("{\"core_version\": \"1\", \"api_version\": \"2\"}"))
          .as("most likely the same server: told once")
          .singleElement()
          .asString()
          .contains("(process " + server.pid() + ") may hold ");
    }
  }

  @Test
  void aPortThatIsNoneIsTheDefault() {
    assertThat(HealthCheck.port(" 80 ")).isEqualTo(80);
    for (String text : List.of("", "tcp://10.0.0.1:80", "0", "65536", "-1")) {
      assertThat(HealthCheck.port(text)).as(text).isEqualTo(9621);
    }
  }

  private Holding processHolds(Path directory, Map<String, String> environment, String... arguments)
      throws IOException {
    return processHolds(storage, directory, environment, arguments);
  }

  private static Holding processHolds(
      Path ours, Path directory, Map<String, String> environment, String... arguments)
      throws IOException {
    try (FakeServerProcess fake = FakeServerProcess.start(directory, environment, arguments)) {
      return ServerProcess.running().stream()
          .filter(server -> server.pid() == fake.pid())
          .findFirst()
          .orElseThrow()
          .holds(ours);
    }
  }

  private List<String> answered(String health) throws IOException {
    try (FakeHttp http = new FakeHttp().on("/health", body -> health)) {
      return notices(storage, Access.TARGET, http.port());
    }
  }

  private static String health(String directory) {
    return health(directory, "{}");
  }

  private static String health(String directory, String process) {
    return "{\"core_version\": \"1.5.7\", \"api_version\": \"0344\", \"working_directory\": \"%s\", \"keyed_locks\": %s, \"configuration\": {\"kv_storage\": \"JsonKVStorage\", \"workspace\": \"\"}}"
        .formatted(directory, process);
  }

  private static List<String> notices(Path directory, Access access, int port) {
    return new LightRagServers(port).notices(CacheFile.in(directory), directory, access);
  }
}
