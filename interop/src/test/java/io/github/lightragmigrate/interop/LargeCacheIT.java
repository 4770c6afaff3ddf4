package io.github.lightragmigrate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** 20,000 records of about 15 KB, more than the heap, by the built command line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeCacheIT {

  private static final List<String> STORES = Places.STORES;
  private static final int RECORDS = 20_000;

  private Path directory;
  private Places places;

  @BeforeAll
  void writeTheSource(@TempDir Path temporary) throws IOException {
    directory = temporary;
    places = new Places(directory);
    Path file = directory.resolve("large/kv_store_llm_response_cache.json");
    Files.createDirectories(file.getParent());
    String text = "Ein längerer Absatz. A longer paragraph. 長い段落。 \\n".repeat(150);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < RECORDS; i++) {
        String key = SampleRecords.key(i % 5 == 0 ? "summary" : "extract", "large " + i);
        out.write(
            (i == 0 ? "{\n" : ",\n")
                + "  \""
                + key
                + "\": {\n    \"return\": \""
                + i
                + " "
                + text.substring(0, 3000)
                + "\",\n    \"cache_type\": \"extract\",\n    \"chunk_id\": null,\n"
                + "    \"original_prompt\": \""
                + text
                + text.substring(0, 2600)
                + "\",\n    \"queryparam\": null,\n"
                + "    \"create_time\": 1700000000,\n    \"update_time\": 1700000001,\n"
                + "    \"_id\": \""
                + key
                + "\"\n  }");
      }
      out.write("\n}");
    }
    assertThat(Files.size(file)).isBetween(280_000_000L, 340_000_000L);
  }

  @ParameterizedTest
  @FieldSource("STORES")
  void moves300MegabytesInAHeapOf256(String store) throws Exception {
    Map<String, String> variables = new HashMap<>(places.settings(store, "large_" + store));
    variables.put("WORKING_DIR", directory.toString());
    variables.put("SOURCE_WORKSPACE", "large");
    Jar.Result result =
        new Jar(directory, places)
            .run(variables, List.of("--from", "json", "--to", store, "--quiet", "--yes"));
    assertThat(result.exit()).as(result.output()).isZero();
    try (Endpoint target =
        Stores.open(store, places.settings(store, "large_" + store), Access.SOURCE)) {
      assertThat(target.store().count(Stores.DEFAULT, n -> {}).total()).isEqualTo(RECORDS);
      assertThat(target.store().find(List.of(SampleRecords.key("summary", "large 0"))).records())
          .allSatisfy(
              record ->
                  assertThat(record.field("return").orElseThrow().string()).startsWith("0 Ein "))
          .hasSize(1);
    }
  }
}
