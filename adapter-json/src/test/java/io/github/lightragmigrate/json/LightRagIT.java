package io.github.lightragmigrate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LightRAG's own JsonKVStorage as the judge; needs a Python that has it. */
class LightRagIT {

  private static final @Nullable String PYTHON = System.getenv("MIGRATE_LIGHTRAG_PYTHON");

  @TempDir Path temp;
  private CacheDirectory cache = new CacheDirectory(Path.of("."));

  @BeforeEach
  void setUp() {
    if (PYTHON == null) {
      System.out.println(
          "LightRagIT is skipped: MIGRATE_LIGHTRAG_PYTHON names no Python with LightRAG");
    }
    assumeTrue(PYTHON != null, "no LightRAG");
    cache = new CacheDirectory(temp);
  }

  @Test
  void readsBackEveryFieldThatWeWrote() throws Exception {
    List<CacheRecord> records = records();
    cache.write(records.toArray(CacheRecord[]::new));
    assertThat(lightRag("dump", "")).containsExactlyInAnyOrderEntriesOf(expected(records));
  }

  @Test
  void writesTheSameBytesAsWe() throws Exception {
    List<CacheRecord> records = records();
    cache.write(records.toArray(CacheRecord[]::new));
    String ours = cache.text();
    // an upsert of one more record makes it write all of the file again
    lightRag("write", "{\"default:extract:more\": {\"return\": \"x\"}}");
    String theirs = cache.text();
    assertThat(theirs)
        .startsWith(ours.substring(0, ours.length() - 2) + ",\n  \"default:extract:more\"");
  }

  @Test
  void weReadWhatItWrote() throws Exception {
    List<CacheRecord> records = records();
    Map<String, JsonValue> values = new LinkedHashMap<>();
    records.forEach(record -> values.put(record.key(), JsonValue.ofJson(record.toJson())));
    lightRag("write", JsonValue.object(values).toString());
    try (CacheStore store = cache.source()) {
      List<CacheRecord> read = store.find(values.keySet()).records();
      assertThat(read).hasSameSizeAs(records);
      for (CacheRecord record : read) {
        JsonValue written = Objects.requireNonNull(values.get(record.key()));
        Map<String, JsonValue> fields = new LinkedHashMap<>(written.fields());
        // LightRAG's upsert always takes the present time
        fields.put("create_time", record.fields().get("create_time"));
        fields.put("update_time", record.fields().get("update_time"));
        assertThat(record).isEqualTo(CacheRecord.of(record.key(), fields));
      }
    }
  }

  @Test
  void flattensANestAsItDoes() throws Exception {
    String nests =
        """
        {"default": {"h1": {"return": "1"}, "h2": {"return": "2", "cache_type": "summary"}},
         "default:extract:x": {"return": "x"}, "mix": {"h3": {"return": "3"}}, "other": {"return": "o"}}
        """;
    cache.with(nests);
    List<String> keys =
        List.of(
            "default:extract:h1",
            "default:summary:h2",
            "default:extract:x",
            "mix:extract:h3",
            "other");
    try (CacheStore store = cache.source()) {
      assertThat(store.find(keys).records()).hasSize(5);
    }
    assertThat(lightRag("dump", "").keySet()).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(cache.text()).as("it rewrote the file").isNotEqualTo(nests);
    try (CacheStore store = cache.source()) {
      assertThat(store.find(keys).records()).hasSize(5);
    }
  }

  @Test
  void ofANestWhoseNameComesTwiceBothKnowTheLast() throws Exception {
    cache.with(
        """
        {"default": {"h1": {"return": "1"}, "h2": {"return": "2"}},
         "default": {"h1": {"return": "3"}, "h3": {"return": "4"}}, "default:extract:x": {"return": "x"}}
        """);
    List<String> keys = cache.scan().records().stream().map(CacheRecord::key).toList();
    assertThat(keys)
        .containsExactlyInAnyOrder("default:extract:h1", "default:extract:h3", "default:extract:x");
    assertThat(lightRag("dump", "").keySet()).containsExactlyInAnyOrderElementsOf(keys);
  }

  private static List<CacheRecord> records() {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(20));
    records.addAll(SampleRecords.odd());
    records.addAll(SampleRecords.withExtraFields());
    records.addAll(SampleRecords.neighbours());
    records.add(
        SampleRecords.with(
            SampleRecords.usual("extract", "escapes"),
            "return",
            JsonValue.ofJson("\"\\u0000 \\u001F \\/ \\ud83d\\ude00 \\u00E4 \\b\\f \\uffff\"")));
    records.add(
        SampleRecords.with(
            SampleRecords.usual("extract", "numbers"),
            "n",
            JsonValue.ofJson(
                "[0.25, -7, NaN, Infinity, -Infinity, 123456789012345678901234567890]")));
    return records;
  }

  /** With the key as LightRAG adds it. */
  private static Map<String, JsonValue> expected(List<CacheRecord> records) {
    Map<String, JsonValue> expected = new LinkedHashMap<>();
    records.forEach(record -> expected.put(record.key(), JsonValue.ofJson(record.toJsonWithId())));
    return expected;
  }

  private Map<String, JsonValue> lightRag(String action, String input)
      throws IOException, InterruptedException {
    Path output = temp.resolve("output");
    Process process =
        new ProcessBuilder(
                String.valueOf(PYTHON),
                "src/test/python/lightrag_json.py",
                action,
                temp.toString(),
                "")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(output.toFile())
            .start();
    try (OutputStream out = process.getOutputStream()) {
      out.write(input.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(process.waitFor()).isZero();
    return JsonValue.ofJson(Files.readAllBytes(output)).fields();
  }
}
