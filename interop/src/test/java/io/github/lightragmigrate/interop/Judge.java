package io.github.lightragmigrate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testservers.MongoTestServer;
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

  /** The Python that has LightRAG; without one, the reason why LightRAG is not asked is printed. */
  static Optional<String> python(Class<?> test) {
    Optional<String> python = Optional.ofNullable(System.getenv(VARIABLE));
    if (python.isEmpty()) {
      System.out.println(
          test.getSimpleName()
              + ": "
              + VARIABLE
              + " names no Python with lightrag-hku, so LightRAG is not asked");
    }
    return python;
  }

  /**
   * Why LightRAG cannot be asked about a store, if it cannot: its driver refuses the fake MongoDB.
   */
  static Optional<String> refused(String store) {
    return store.equals("mongo") && MongoTestServer.shared().isFake()
        ? Optional.of("pymongo refuses the fake MongoDB, so LightRAG was not asked")
        : Optional.empty();
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
    return records(ask("read", store, settings, Map.of("keys", strings(keys))));
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
    ask(
        "write",
        store,
        settings,
        Map.of("records", byKey(records), "namespace", JsonValue.of(namespace)));
  }

  /** Upserts and deletes, as a running LightRAG does. */
  void edit(
      String store,
      Map<String, String> settings,
      Collection<CacheRecord> upserted,
      Collection<String> deleted) {
    ask("edit", store, settings, Map.of("records", byKey(upserted), "keys", strings(deleted)));
  }

  void delete(String store, Map<String, String> settings, Collection<String> keys) {
    ask("delete", store, settings, Map.of("keys", strings(keys)));
  }

  boolean isEmpty(String store, Map<String, String> settings) {
    return ask("is_empty", store, settings, Map.of()).equals(JsonValue.TRUE);
  }

  /**
   * All that LightRAG says of its cache.
   *
   * @param records its records of the keys; none for a key that it does not find
   * @param hits what {@code handle_cache} answers for each: {@code [text, create_time]} or null
   * @param count what its migration tool counts
   */
  record Review(
      Map<String, CacheRecord> records, Map<String, JsonValue> hits, boolean empty, long count) {}

  Review review(String store, Map<String, String> settings, Collection<String> keys) {
    Map<String, JsonValue> answer =
        ask("review", store, settings, Map.of("keys", strings(keys))).fields();
    return new Review(
        records(answer.get("records")),
        answer.get("hits").fields(),
        answer.get("empty").equals(JsonValue.TRUE),
        answer.get("count").asLong().orElseThrow());
  }

  /** What {@code handle_cache} answers: {@code [text, create_time]}, or null for a miss. */
  Map<String, JsonValue> hit(String store, Map<String, String> settings, Collection<String> keys) {
    return ask("hit", store, settings, Map.of("keys", strings(keys))).fields();
  }

  /** What LightRAG's migration tool counts. */
  long count(String store, Map<String, String> settings) {
    return ask("count", store, settings, Map.of()).asLong().orElseThrow();
  }

  /**
   * The extraction results of text chunks, in the order in which LightRAG rebuilds its graph from
   * them.
   *
   * @return {@code [[chunk, [[result, create_time], ...]], ...]}
   */
  JsonValue rebuild(String store, Map<String, String> settings, Collection<String> chunks) {
    return ask("rebuild", store, settings, Map.of("keys", strings(chunks)));
  }

  /** What LightRAG's cleaning tool counts: query caches by mode and type. */
  JsonValue queries(String store, Map<String, String> settings) {
    return ask("queries", store, settings, Map.of());
  }

  /**
   * All that is in workspaces with this prefix, by the store's own means: content by place. A place
   * of a record ends with its key.
   */
  Map<String, String> snapshot(String store, Map<String, String> settings, String prefix) {
    Map<String, String> places = new LinkedHashMap<>();
    ask("snapshot", store, settings, Map.of("prefix", JsonValue.of(prefix)))
        .fields()
        .forEach((place, content) -> places.put(place, content.string()));
    return places;
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

  private static Map<String, CacheRecord> records(JsonValue byKey) {
    Map<String, CacheRecord> records = new LinkedHashMap<>();
    byKey
        .fields()
        .forEach(
            (key, record) -> {
              if (!record.isNull()) {
                records.put(key, CacheRecord.of(key, record.fields()));
              }
            });
    return records;
  }

  private static JsonValue byKey(Collection<CacheRecord> records) {
    Map<String, JsonValue> byKey = new LinkedHashMap<>();
    records.forEach(record -> byKey.put(record.key(), JsonValue.ofJson(record.toJson())));
    return JsonValue.object(byKey);
  }

  static JsonValue strings(Collection<String> texts) {
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
