package io.github.lightragmigrate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** LightRAG's own storage classes and tools in a Python process: see {@code judge.py}. */
final class Judge implements AutoCloseable {

  private static final String VARIABLE = "MIGRATE_LIGHTRAG_PYTHON";

  private final Path log;
  private final Process process;
  private final BufferedReader answers;

  private Judge(Path log, Process process) {
    this.log = log;
    this.process = process;
    this.answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
  }

  /** The Python that has LightRAG; without one, the reason why the tests of a class are skipped. */
  static Optional<String> python(Class<?> test) {
    Optional<String> python = Optional.ofNullable(System.getenv(VARIABLE));
    if (python.isEmpty()) {
      System.out.println(
          test.getSimpleName()
              + " is skipped: "
              + VARIABLE
              + " names no Python with lightrag-hku, so LightRAG was not asked");
    }
    return python;
  }

  /**
   * Starts the process.
   *
   * @param directory for its log, and where it looks for config.ini
   */
  static Judge start(String python, Path directory) throws IOException {
    Path log = directory.resolve("judge.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                python, Path.of("src", "test", "python", "judge.py").toAbsolutePath().toString())
            .directory(directory.toFile())
            .redirectError(log.toFile());
    builder.environment().put("PYTHONUTF8", "1");
    return new Judge(log, builder.start());
  }

  /** Opens and closes the cache, which is what LightRAG does at its start and its end. */
  void open(String store, Map<String, String> settings) {
    ask("open", store, settings, Map.of());
  }

  /** LightRAG's records of these keys; none for a key that it does not find. */
  Map<String, CacheRecord> read(
      String store, Map<String, String> settings, Collection<String> keys) {
    Map<String, CacheRecord> records = new LinkedHashMap<>();
    ask("read", store, settings, Map.of("keys", strings(keys)))
        .fields()
        .forEach(
            (key, record) -> {
              if (!record.equals(JsonValue.NULL)) {
                records.put(key, CacheRecord.of(key, record.fields()));
              }
            });
    return records;
  }

  /** LightRAG's upsert, which sets the times. */
  void write(String store, Map<String, String> settings, Collection<CacheRecord> records) {
    write(store, settings, "llm_response_cache", records);
  }

  /** The same for another of LightRAG's namespaces, such as {@code text_chunks}. */
  void write(
      String store,
      Map<String, String> settings,
      String namespace,
      Collection<CacheRecord> records) {
    Map<String, JsonValue> byKey = new LinkedHashMap<>();
    records.forEach(record -> byKey.put(record.key(), JsonValue.ofJson(record.toJson())));
    ask(
        "write",
        store,
        settings,
        Map.of("records", JsonValue.object(byKey), "namespace", JsonValue.of(namespace)));
  }

  void delete(String store, Map<String, String> settings, Collection<String> keys) {
    ask("delete", store, settings, Map.of("keys", strings(keys)));
  }

  boolean isEmpty(String store, Map<String, String> settings) {
    return ask("is_empty", store, settings, Map.of()).equals(JsonValue.TRUE);
  }

  /** What {@code handle_cache} answers: {@code [text, create_time]}, or null for a miss. */
  Map<String, JsonValue> hit(String store, Map<String, String> settings, Collection<String> keys) {
    return ask("hit", store, settings, Map.of("keys", strings(keys))).fields();
  }

  /** What LightRAG's migration tool counts. */
  long count(String store, Map<String, String> settings) {
    return ask("count", store, settings, Map.of()).asLong().orElseThrow();
  }

  /** One request of {@code judge.py}. */
  JsonValue ask(
      String action, String store, Map<String, String> settings, Map<String, JsonValue> more) {
    Map<String, JsonValue> request = new LinkedHashMap<>(more);
    request.put("action", JsonValue.of(action));
    request.put("store", JsonValue.of(store));
    Map<String, JsonValue> variables = new LinkedHashMap<>();
    settings.forEach((name, value) -> variables.put(name, JsonValue.of(value)));
    request.put("settings", JsonValue.object(variables));
    try {
      byte[] json = JsonValue.object(request).toJson();
      OutputStream requests = process.getOutputStream();
      requests.write((json.length + "\n").getBytes(StandardCharsets.US_ASCII));
      requests.write(json);
      requests.flush();
      String line = answers.readLine();
      assertThat(line).as("LightRAG's process ended: " + Files.readString(log)).isNotNull();
      Map<String, JsonValue> answer = JsonValue.ofJson(line).fields();
      assertThat(answer.get("error")).as(action + " by LightRAG on " + store).isNull();
      return answer.getOrDefault("result", JsonValue.NULL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens and closes the cache, and tells what LightRAG logged: lines of level and message. */
  List<String> start(String store, Map<String, String> settings) {
    return ask("start", store, settings, Map.of()).elements().stream()
        .map(JsonValue::string)
        .toList();
  }

  private static JsonValue strings(Collection<String> texts) {
    List<JsonValue> values = texts.stream().map(JsonValue::of).toList();
    return JsonValue.array(values);
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
