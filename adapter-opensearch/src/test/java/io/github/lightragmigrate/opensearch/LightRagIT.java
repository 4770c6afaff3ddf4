package io.github.lightragmigrate.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LightRAG's own OpenSearchKVStorage reads what the adapter wrote, and the other way round. */
class LightRagIT {

  private static final String WORKSPACE = "Light-Rag.é";
  private static final Selection DEFAULT = Selection.ofTypes(Selection.DEFAULT_TYPES);

  /** LightRAG sets update_time itself when it writes. */
  private static final Set<String> SET_BY_LIGHTRAG = Set.of("update_time");

  private static String python = "";

  @TempDir private Path directory;

  @BeforeAll
  static void findLightRag() {
    python = Objects.requireNonNullElse(System.getenv("MIGRATE_LIGHTRAG_PYTHON"), "");
    if (python.isEmpty()) {
      String reason = "LightRAG was not asked: MIGRATE_LIGHTRAG_PYTHON names no Python that has it";
      System.out.println(reason);
      Assumptions.abort(reason);
    }
  }

  @Test
  void readsWhatWasWrittenToVersion2() throws Exception {
    readsWhatWasWritten(Server.v2());
  }

  @Test
  void readsWhatWasWrittenToVersion3() throws Exception {
    readsWhatWasWritten(Server.v3());
  }

  @Test
  void isReadFromVersion2() throws Exception {
    isRead(Server.v2());
  }

  @Test
  void isReadFromVersion3() throws Exception {
    isRead(Server.v3());
  }

  private void readsWhatWasWritten(Server server) throws Exception {
    server.deleteIndex(CacheIndex.nameOf(WORKSPACE + "_llm_response_cache"));
    Map<String, CacheRecord> written = new LinkedHashMap<>();
    records().forEach(record -> written.put(record.key(), record));
    SampleRecords.neighbours().forEach(record -> written.put(record.key(), record));
    try (CacheStore store =
        new OpenSearchAdapter().open(server.settings(WORKSPACE), Access.TARGET)) {
      assertThat(store.upsert(List.copyOf(written.values())).failures()).isEmpty();
      store.flush();
    }
    JsonValue keys = JsonValue.array(written.keySet().stream().map(JsonValue::of).toList());
    Map<String, JsonValue> answer = lightRag(server, "read", keys).fields();
    assertThat(answer.get("count")).isEqualTo(JsonValue.of(records().size() - smartHeadings()));
    Map<String, JsonValue> read = answer.getOrDefault("records", JsonValue.NULL).fields();
    assertThat(read.keySet()).containsExactlyInAnyOrderElementsOf(written.keySet());
    written.forEach(
        (key, record) -> {
          Map<String, JsonValue> expected = new LinkedHashMap<>(record.fields());
          // LightRAG adds these when it reads
          expected.put("_id", JsonValue.of(key));
          expected.putIfAbsent("create_time", JsonValue.of(0));
          expected.putIfAbsent("update_time", JsonValue.of(0));
          assertThat(read.getOrDefault(key, JsonValue.NULL).fields()).as(key).isEqualTo(expected);
        });
  }

  private void isRead(Server server) throws Exception {
    server.deleteIndex(CacheIndex.nameOf(WORKSPACE + "_llm_response_cache"));
    Map<String, JsonValue> data = new LinkedHashMap<>();
    records().forEach(record -> data.put(record.key(), JsonValue.object(record.fields())));
    lightRag(server, "write", JsonValue.object(data));
    try (CacheStore store =
        new OpenSearchAdapter().open(server.settings(WORKSPACE), Access.SOURCE)) {
      assertThat(store.workspaces()).contains(WORKSPACE);
      assertThat(store.notices()).isEmpty();
      assertThat(store.count(DEFAULT, n -> {}).total()).isEqualTo(data.size());
      Page page = store.scan(DEFAULT, Cursor.START, new PageLimit(16, 64 << 20));
      List<CacheRecord> read = new ArrayList<>(page.records());
      while (page.next().isPresent()) {
        page = store.scan(DEFAULT, page.next().get(), new PageLimit(1000, 64 << 20));
        read.addAll(page.records());
      }
      Map<String, CacheRecord> byKey =
          read.stream().collect(Collectors.toMap(CacheRecord::key, Function.identity()));
      assertThat(byKey).hasSize(data.size());
      records()
          .forEach(
              record -> {
                CacheRecord found = Objects.requireNonNull(byKey.get(record.key()));
                record.fields().entrySet().stream()
                    .filter(field -> !SET_BY_LIGHTRAG.contains(field.getKey()))
                    .forEach(
                        field ->
                            assertThat(found.field(field.getKey()))
                                .as(record.key() + " " + field.getKey())
                                .hasValue(field.getValue()));
                assertThat(found.fields()).doesNotContainKeys("_id", "__mirrored_id");
              });
    }
  }

  private static List<CacheRecord> records() {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(300));
    records.addAll(SampleRecords.odd());
    records.addAll(SampleRecords.withExtraFields());
    records.addAll(SampleRecords.withAbsentFields());
    return records;
  }

  /** Which LightRAG's own migration tool leaves out. */
  private static long smartHeadings() {
    return records().stream()
        .filter(record -> record.key().startsWith("default:smartheading:"))
        .count();
  }

  private JsonValue lightRag(Server server, String action, JsonValue input) throws Exception {
    Path script = directory.resolve("lightrag_opensearch.py");
    try (var in = LightRagIT.class.getResourceAsStream("lightrag_opensearch.py")) {
      Files.copy(Objects.requireNonNull(in), script);
    }
    Path inputFile = Files.write(directory.resolve("input.json"), input.toJson());
    Path outputFile = directory.resolve("output.json");
    Path log = directory.resolve("log.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                python, script.toString(), action, inputFile.toString(), outputFile.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(server.environment());
    builder.environment().put("OPENSEARCH_WORKSPACE", " " + WORKSPACE + " ");
    int status = builder.start().waitFor();
    assertThat(status).as(text(log)).isZero();
    return JsonValue.ofJson(Files.readAllBytes(outputFile));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
