package io.github.lightragmigrate.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.MongoTestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LightRAG itself as the judge: its storage class reads what we wrote, and the reverse. */
class LightRagPeerIT {

  private static final String VARIABLE = "MIGRATE_LIGHTRAG_PYTHON";

  private final TestPlace place = new TestPlace();

  @TempDir Path directory;

  @BeforeEach
  void lightRagIsThere() {
    skipUnless(System.getenv(VARIABLE) != null, VARIABLE + " names no Python with lightrag-hku");
    skipUnless(
        !MongoTestServer.shared().isFake(), "LightRAG's driver refuses the old mongo-java-server");
  }

  private static void skipUnless(boolean met, String reason) {
    if (!met) {
      System.out.println("Skipped: " + reason);
    }
    assumeTrue(met, reason);
  }

  @AfterEach
  void drop() {
    place.close();
  }

  @Test
  void lightRagReadsWhatWeWroteFieldForField() throws Exception {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(20));
    records.addAll(SampleRecords.odd());
    records.addAll(SampleRecords.withExtraFields());
    try (CacheStore store = place.open(Access.TARGET)) {
      assertThat(store.upsert(records).failures()).isEmpty();
      store.flush();
    }
    Path keys = directory.resolve("keys.json");
    Files.write(
        keys,
        JsonValue.array(records.stream().map(record -> JsonValue.of(record.key())).toList())
            .toJson());
    Path out = directory.resolve("out.json");
    lightRag("read", keys, out);
    assertThat(records(out)).containsExactlyInAnyOrderElementsOf(records);
  }

  @Test
  void lightRagsToolReadsWhatWeWrote() throws Exception {
    List<CacheRecord> records = SampleRecords.usual(20);
    try (CacheStore store = place.open(Access.TARGET)) {
      store.upsert(records);
      store.upsert(SampleRecords.neighbours());
    }
    Path out = directory.resolve("out.json");
    lightRag("tool", out);
    assertThat(records(out))
        .containsExactlyInAnyOrderElementsOf(
            records.stream()
                // which LightRAG 1.5.7 writes and its tool leaves behind
                .filter(record -> !record.key().startsWith("default:smartheading:"))
                .toList());
  }

  @Test
  void weReadWhatLightRagWrote() throws Exception {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(20));
    records.addAll(SampleRecords.odd());
    records.addAll(SampleRecords.withExtraFields());
    Map<String, JsonValue> all = new LinkedHashMap<>();
    records.forEach(record -> all.put(record.key(), JsonValue.ofJson(record.toJson())));
    Path in = directory.resolve("in.json");
    Files.write(in, JsonValue.object(all).toJson());
    lightRag("write", in);
    try (CacheStore store = place.open(Access.SOURCE)) {
      assertThat(store.workspaces()).containsExactly("");
      assertThat(store.notices()).isEmpty();
      List<CacheRecord> read =
          store
              .scan(
                  Selection.ofTypes(Selection.DEFAULT_TYPES),
                  Cursor.START,
                  new PageLimit(1000, 64L << 20))
              .records();
      assertThat(read.stream().map(LightRagPeerIT::withoutTimes))
          .containsExactlyInAnyOrderElementsOf(
              records.stream().map(LightRagPeerIT::withoutTimes).toList());
      assertThat(read)
          .allSatisfy(
              record -> {
                // LightRAG sets its own
                assertThat(record.field("create_time").orElseThrow().asLong()).isPresent();
                assertThat(record.field("update_time").orElseThrow().asLong()).isPresent();
              });
    }
  }

  private static CacheRecord withoutTimes(CacheRecord record) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(record.fields());
    fields.keySet().removeAll(List.of("create_time", "update_time"));
    return CacheRecord.of(record.key(), fields);
  }

  private static List<CacheRecord> records(Path json) throws IOException {
    List<CacheRecord> records = new ArrayList<>();
    JsonValue.ofJson(Files.readAllBytes(json))
        .fields()
        .forEach((key, value) -> records.add(CacheRecord.of(key, value.fields())));
    return records;
  }

  private void lightRag(Object... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Objects.requireNonNull(System.getenv(VARIABLE)));
    command.add(Path.of("src", "test", "python", "lightrag_mongo.py").toAbsolutePath().toString());
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    Path log = directory.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.endsWith("WORKSPACE"));
    builder.environment().putAll(MongoTestServer.shared().settings(place.name()));
    assertThat(builder.start().waitFor()).as(() -> read(log)).isZero();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "no log: " + e;
    }
  }
}
