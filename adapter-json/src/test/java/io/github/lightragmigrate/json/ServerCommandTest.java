package io.github.lightragmigrate.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCommandTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lightrag-server --port 1",
        "/opt/venv/bin/python3 /opt/venv/bin/lightrag-server --port 1",
        "/usr/bin/python3.11 -u -X dev -W ignore lightrag-gunicorn --port 1",
        "python -m lightrag.api.lightrag_server --port 1",
        "python -Wignore -m lightrag.api.run_with_gunicorn --port 1",
        "python lightrag/api/lightrag_server.py --port 1",
        "C:\\venv\\Scripts\\python.exe C:\\venv\\Scripts\\lightrag-server.exe --port 1",
      })
  void isAServers(String line) {
    assertThat(of(line)).map(ServerCommand::arguments).contains(List.of("--port", "1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "python",
        "python -m",
        "python -m lightrag.apis",
        "python -m http.server lightrag-server",
        "python -c lightrag-server",
        "python main.py lightrag-server",
        "python -X",
        "vim lightrag-server",
        "tail -f lightrag-server.log",
        "grep lightrag-server",
        "lightrag-rebuild-vdb",
        "gunicorn: lightrag-server",
      })
  void isAnothers(String line) {
    assertThat(of(line)).isEmpty();
  }

  @Test
  void theLastOptionCounts() {
    ServerCommand command =
        of("lightrag-server --working-dir a --working-dir=b=c --workspace --port").orElseThrow();
    assertThat(command.option("--working-dir")).contains("b=c");
    assertThat(command.option("--workspace")).contains("--port");
    assertThat(command.option("--port")).isEmpty();
    assertThat(command.option("--host")).isEmpty();
  }

  private static Optional<ServerCommand> of(String line) {
    return ServerCommand.of(line.isEmpty() ? List.of() : List.of(line.split(" ")));
  }
}
