package io.github.lightragmigrate.json;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A shell whose command line looks like that of LightRAG's server; a fake, which does nothing. */
final class FakeServerProcess implements AutoCloseable {

  /** Ends with the standard input, so that none outlives a test that crashes. */
  private static final String SERVER = "echo ready; read line";

  private static final String SERVER_WITH_WORKER =
      "exec 3<&0; (exec -a lightrag-server bash -c \"echo ready; read line\" \"$0\" \"$@\" <&3) & wait";

  private final Process process;

  private FakeServerProcess(Process process) {
    this.process = process;
  }

  static FakeServerProcess start(
      Path directory, Map<String, String> environment, String... arguments) throws IOException {
    return start(SERVER, directory, environment, arguments);
  }

  /** With a child that has the same command line, as gunicorn's worker has. */
  static FakeServerProcess startWithWorker(
      Path directory, Map<String, String> environment, String... arguments) throws IOException {
    return start(SERVER_WITH_WORKER, directory, environment, arguments);
  }

  private static FakeServerProcess start(
      String script, Path directory, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of("bash", "-c", "exec -a lightrag-server bash -c '" + script + "' \"$@\""));
    command.addAll(List.of("bash", "script"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().retainAll(List.of("PATH"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    if (!"ready".equals(output.readLine())) {
      throw new IOException("the fake server did not start");
    }
    return new FakeServerProcess(process);
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
