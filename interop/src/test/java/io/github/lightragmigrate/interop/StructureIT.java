package io.github.lightragmigrate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.migration.Migration;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.MongoTestServer;
import io.github.lightragmigrate.testservers.OpenSearchTestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What we create equals what LightRAG creates, and its start on what we wrote changes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StructureIT {

  private static final List<String> KINDS =
      List.of("json", "redis", "postgres", "mongo", "opensearch 2", "opensearch 3");

  private final Map<String, StructureView> views = new LinkedHashMap<>();
  private Path directory;
  private Judge judge;

  @BeforeAll
  void startLightRag(@TempDir Path temporary) throws Exception {
    Optional<String> python = Judge.python(StructureIT.class);
    assumeThat(python).isPresent();
    directory = temporary;
    judge = Judge.start(python.get(), temporary);
  }

  @AfterAll
  void stop() throws Exception {
    if (judge != null) {
      judge.close();
    }
    for (StructureView view : views.values()) {
      if (view instanceof AutoCloseable closeable) {
        closeable.close();
      }
    }
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void anEmptyTargetIsLightRagsOwn(String kind) {
    StructureView view = view(kind);
    Map<String, String> ours = view.emptyPlace();
    Map<String, String> theirs = view.emptyPlace();

    Stores.open(view.store(), ours, Access.TARGET).close();
    judge.start(view.store(), theirs);

    Map<String, ?> created = view.container(theirs);
    assertThat(view.container(ours)).isEqualTo(created);

    Map<String, ?> before = view.versions(ours);
    judge.start(view.store(), ours);
    assertThat(view.container(ours)).as("LightRAG's start on ours").isEqualTo(created);
    assertThat(view.versions(ours)).as("LightRAG's start on ours").isEqualTo(before);

    before = view.versions(theirs);
    Stores.open(view.store(), theirs, Access.TARGET).close();
    Stores.open(view.store(), theirs, Access.SOURCE).close();
    assertThat(view.container(theirs)).as("our start on LightRAG's").isEqualTo(created);
    assertThat(view.versions(theirs)).as("our start on LightRAG's").isEqualTo(before);
  }

  /** From one place to another of the same kind, so that the stored forms can be compared. */
  @ParameterizedTest
  @FieldSource("KINDS")
  void aMigratedCacheIsStoredAsLightRagStoredIt(String kind) {
    StructureView view = view(kind);
    Map<String, String> theirs = view.emptyPlace();
    Map<String, String> ours = view.emptyPlace();
    judge.write(view.store(), theirs, records());

    migrate(view.store(), theirs, view.store(), ours);

    Map<String, ?> expected = view.records(theirs);
    Map<String, ?> found = view.records(ours);
    expected.forEach((key, record) -> assertThat(found.get(key)).as(key).isEqualTo(record));
    assertThat(found).hasSameSizeAs(expected).isNotEmpty();
    assertThat(view.container(ours)).isEqualTo(view.container(theirs));
  }

  /** LightRAG keeps the order of entries and fields, so it writes the same bytes again. */
  @ParameterizedTest
  @ValueSource(strings = {"json", "redis", "postgres", "mongo", "opensearch 2"})
  void aJsonFileFromAnyStoreIsAsLightRagWritesIt(String kind) {
    StructureView source = view(kind);
    StructureView view = view("json");
    Map<String, String> from = source.emptyPlace();
    Map<String, String> ours = view.emptyPlace();
    try (Endpoint filled = Stores.open(source.store(), from, Access.TARGET)) {
      filled.store().upsert(records());
      filled.store().upsert(SampleRecords.withExtraFields());
      filled.store().flush();
    }
    migrate(source.store(), from, view.store(), ours);
    Map<String, ?> written = view.records(ours);
    Map<String, ?> versions = view.versions(ours);

    CacheRecord another = SampleRecords.usual("extract", "another");
    judge.write(view.store(), ours, List.of(another));
    judge.delete(view.store(), ours, List.of(another.key()));

    assertThat(view.versions(ours)).as("LightRAG wrote it anew").isNotEqualTo(versions);
    assertThat(view.records(ours)).isEqualTo(written);
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void lightRagsStartOnAMigratedCacheChangesNothing(String kind) {
    StructureView view = view(kind);
    Map<String, String> theirs = view.emptyPlace();
    Map<String, String> ours = view.emptyPlace();
    judge.write(view.store(), theirs, records());
    migrate(view.store(), theirs, view.store(), ours);

    Map<String, ?> container = view.container(ours);
    Map<String, ?> records = view.records(ours);
    Map<String, ?> versions = view.versions(ours);
    List<String> said = lines(view, ours);

    assertThat(view.container(ours)).isEqualTo(container);
    assertThat(view.records(ours)).isEqualTo(records);
    assertThat(view.versions(ours)).isEqualTo(versions);
    assertThat(said)
        .as("LightRAG's log")
        .noneMatch(line -> line.startsWith("WARNING") || line.startsWith("ERROR"))
        .isEqualTo(lines(view, theirs));
  }

  @ParameterizedTest
  @ValueSource(strings = {"opensearch 2", "opensearch 3"})
  void shardsAndReplicasAreLightRagsVariables(String kind) {
    StructureOfOpenSearch view =
        new StructureOfOpenSearch(
            openSearch(kind),
            Map.of("OPENSEARCH_NUMBER_OF_SHARDS", "3", "OPENSEARCH_NUMBER_OF_REPLICAS", "1"));
    Map<String, String> ours = view.emptyPlace();
    Map<String, String> theirs = view.emptyPlace();

    Stores.open("opensearch", ours, Access.TARGET).close();
    judge.start("opensearch", theirs);

    assertThat(view.container(ours)).isEqualTo(view.container(theirs));
    assertThat(view.container(ours).get("settings").toString())
        .contains("number_of_shards=\"3\"", "number_of_replicas=\"1\"");
  }

  /** Such an index has {@code _meta}, which 1.5.7 neither writes nor reads. */
  @ParameterizedTest
  @ValueSource(strings = {"opensearch 2", "opensearch 3"})
  void theMarkOfANewerLightRagIsKept(String kind) {
    StructureOfOpenSearch view = (StructureOfOpenSearch) view(kind);
    Map<String, String> theirs = view.emptyPlace();
    Map<String, String> ours = view.emptyPlace();
    String workspace = ours.get("WORKSPACE");
    String meta =
        "{\"lightrag_workspace\": \"%s\", \"lightrag_final_namespace\": \"%s\", \"later\": {\"than\": [\"us\"]}}"
            .formatted(workspace, workspace + "_llm_response_cache");
    view.createWithMeta(ours, meta);
    judge.write(view.store(), theirs, records());

    migrate(view.store(), theirs, view.store(), ours);
    Map<String, ?> versions = view.versions(ours);
    judge.start(view.store(), ours);

    assertThat(view.meta(ours)).isEqualTo(JsonValue.ofJson(meta));
    assertThat(view.versions(ours)).isEqualTo(versions);
    assertThat(view.records(ours)).isEqualTo(view.records(theirs));
  }

  /**
   * In an index whose first answer is a date LightRAG makes a date field, and can write no other
   * answer to it. We make the text field that any other answer would have made.
   */
  @ParameterizedTest
  @ValueSource(strings = {"opensearch 2", "opensearch 3"})
  void lightRagCanWriteWhereTheFirstAnswerIsADate(String kind) {
    StructureView view = view(kind);
    Map<String, String> ours = view.emptyPlace();
    Map<String, String> theirs = view.emptyPlace();
    CacheRecord text = SampleRecords.usual("extract", "text");
    Map<String, JsonValue> fields = new LinkedHashMap<>(text.fields());
    fields.put("return", JsonValue.of("2024-01-15"));
    CacheRecord date = CacheRecord.of(SampleRecords.key("summary", "date"), fields);
    try (Endpoint target = Stores.open(view.store(), ours, Access.TARGET)) {
      assertThat(target.store().upsert(List.of(date)).failures()).isEmpty();
      target.store().flush();
    }

    judge.write(view.store(), ours, List.of(text));
    judge.write(view.store(), theirs, List.of(text));

    assertThat(view.records(ours)).hasSize(2);
    assertThat(view.container(ours)).isEqualTo(view.container(theirs));
  }

  private static List<CacheRecord> records() {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(12));
    records.addAll(SampleRecords.odd());
    records.removeIf(record -> record.size() > 1 << 20);
    return records;
  }

  private static void migrate(
      String store, Map<String, String> from, String other, Map<String, String> to) {
    try (Endpoint source = Stores.open(store, from, Access.SOURCE);
        Endpoint target = Stores.open(other, to, Access.TARGET)) {
      MigrationReport report = Migration.builder(source, target).batchSize(7).build().run();
      assertThat(report.errors()).isEmpty();
      assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    }
  }

  /** What LightRAG says at its start about the cache, without the names of the place. */
  private List<String> lines(StructureView view, Map<String, String> place) {
    return judge.start(view.store(), place).stream()
        .filter(view::concerns)
        .map(line -> withoutNames(line, place))
        .toList();
  }

  private static String withoutNames(String line, Map<String, String> place) {
    String without = line;
    for (String name : List.of("WORKING_DIR", "WORKSPACE", "POSTGRES_DATABASE", "MONGO_DATABASE")) {
      if (place.containsKey(name)) {
        without = without.replace(place.get(name), name);
      }
    }
    return without;
  }

  private StructureView view(String kind) {
    return views.computeIfAbsent(
        kind,
        each ->
            switch (each) {
              case "json" -> new StructureOfJson(directory);
              case "redis" -> new StructureOfRedis();
              case "postgres" -> new StructureOfPostgres();
              case "mongo" -> mongo();
              default -> new StructureOfOpenSearch(openSearch(each), Map.of());
            });
  }

  private static StructureView mongo() {
    skip(
        MongoTestServer.shared().isFake()
            ? Optional.of("pymongo refuses the fake MongoDB")
            : Optional.empty());
    return new StructureOfMongo();
  }

  private static OpenSearchTestServer openSearch(String kind) {
    if (kind.endsWith("2")) {
      return OpenSearchTestServer.sharedV2();
    }
    skip(OpenSearchTestServer.whyNoV3());
    return OpenSearchTestServer.sharedV3();
  }

  private static void skip(Optional<String> reason) {
    reason.ifPresent(why -> System.out.println("StructureIT skips a store: " + why));
    assumeThat(reason).isEmpty();
  }
}
