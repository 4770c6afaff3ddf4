package io.github.lightragmigrate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.migration.Migration;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.MongoTestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * LightRAG's own migration tool counts what we wrote. It does not know {@code smartheading}, which
 * LightRAG writes all the same, so those are left out of the comparison.
 */
class LightRagToolIT {

  private static final List<String> STORES = Places.STORES;

  @TempDir Path directory;

  @ParameterizedTest
  @FieldSource("STORES")
  void countsTheSameRecords(String store) throws Exception {
    String python = System.getenv("MIGRATE_LIGHTRAG_PYTHON");
    String why =
        "MIGRATE_LIGHTRAG_PYTHON names no Python with lightrag-hku: LightRAG was not asked";
    if (python == null) {
      System.out.println("LightRagToolIT is skipped: " + why);
    }
    assumeThat(python).as(why).isNotNull();
    boolean fake = store.equals("mongo") && MongoTestServer.shared().isFake();
    if (fake) {
      System.out.println("LightRagToolIT skips mongo: pymongo refuses the fake server");
    }
    assumeThat(fake).isFalse();

    Places places = new Places(directory);
    String other = store.equals("json") ? "redis" : "json";
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(100));
    records.addAll(SampleRecords.odd());
    Map<String, String> from = places.settings(other, "tool_source_" + store);
    Map<String, String> to = places.settings(store, "tool_target");
    try (Endpoint filled = Stores.open(other, from, Access.TARGET)) {
      filled.store().upsert(records);
      filled.store().upsert(SampleRecords.neighbours());
      filled.store().flush();
    }
    try (Endpoint source = Stores.open(other, from, Access.SOURCE);
        Endpoint target = Stores.open(store, to, Access.TARGET)) {
      assertThat(Migration.builder(source, target).build().run().outcome())
          .isEqualTo(Outcome.COMPLETED);
    }
    long known =
        records.stream()
            .filter(record -> !record.key().startsWith("default:smartheading:"))
            .count();
    String menu = String.valueOf(Places.STORES.indexOf(store) + 1);
    String screen = screenOfTheTool(python, menu, to);
    assertThat(screen).contains("- Total: " + known + " records");
  }

  /** Chooses the source, lets the tool count, and leaves at the next question. */
  private String screenOfTheTool(String python, String menu, Map<String, String> settings)
      throws IOException, InterruptedException {
    Path screen = directory.resolve("screen.txt");
    Path answers = Files.writeString(directory.resolve("answers.txt"), menu + "\n\n");
    ProcessBuilder builder =
        new ProcessBuilder(python, "-m", "lightrag.tools.migrate_llm_cache")
            .directory(directory.toFile())
            .redirectInput(answers.toFile())
            .redirectOutput(screen.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(settings);
    builder.environment().put("PYTHONUTF8", "1");
    Process process = builder.start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return Files.readString(screen, StandardCharsets.UTF_8);
  }
}
