package io.github.lightragmigrate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * LightRAG's own migration tool counts what we wrote, and a cache that the two tools move there and
 * back in turn is the same, but for what LightRAG's does to it: see {@link #movedByItsTool}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LightRagToolIT {

  private static final List<String> TIMES = List.of("create_time", "update_time");
  private static final String OPENSEARCH_ONLY = "__mirrored_id";
  private static final String FILLED = "tool_filled";

  private Places places;
  private Jar jar;
  private PeerTool itsTool;
  private Judge judge;
  private long started;

  /** Each store on each side, of each tool. */
  static Stream<Arguments> pairs() {
    List<String> stores = Places.STORES;
    return IntStream.range(0, stores.size())
        .mapToObj(i -> Arguments.of(stores.get(i), stores.get((i + 1) % stores.size())));
  }

  private static List<CacheRecord> records() {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(40));
    records.addAll(SampleRecords.odd());
    records.addAll(SampleRecords.withExtraFields());
    records.addAll(Extractions.records());
    return records;
  }

  /** It does not know {@code smartheading}, which LightRAG writes all the same. */
  private static boolean isKnownToItsTool(CacheRecord record) {
    return !record.key().startsWith("default:smartheading:");
  }

  @BeforeAll
  void fillTheStores(@TempDir Path directory) throws Exception {
    Optional<String> python = Judge.python(LightRagToolIT.class);
    assumeThat(python).isPresent();
    started = Instant.now().getEpochSecond();
    judge = Judge.start(python.orElseThrow(), directory);
    places = new Places(directory);
    jar = new Jar(directory, places);
    itsTool = new PeerTool(python.orElseThrow(), directory, places);
    for (String store : Places.STORES) {
      try (Endpoint filled = Stores.open(store, places.settings(store, FILLED), Access.TARGET)) {
        filled.store().upsert(records());
        filled.store().upsert(SampleRecords.neighbours());
        filled.store().flush();
      }
    }
  }

  @AfterAll
  void stopLightRag() {
    if (judge != null) {
      judge.close();
    }
  }

  @ParameterizedTest(name = "ours {0} -> {1}, its {1} -> {0}")
  @MethodSource("pairs")
  void oursThereItsBack(String here, String there) throws Exception {
    skipTheFake(here, there);
    jar.migrate(here, FILLED, there, "tool_ours_from_" + here);

    String screen =
        itsTool.migrate(there, "tool_ours_from_" + here, here, "tool_its_back_from_" + there);

    long known = records().stream().filter(LightRagToolIT::isKnownToItsTool).count();
    assertThat(screen).contains("- Total: " + known + " records");
    Map<String, CacheRecord> expected = new TreeMap<>();
    for (CacheRecord record : records()) {
      if (isKnownToItsTool(record)) {
        CacheRecord moved = movedByUs(record, here, there);
        expected.put(record.key(), movedByItsTool(moved, there, here));
      }
    }
    isThere(expected, here, "tool_its_back_from_" + there, there.equals("postgres"));
  }

  @ParameterizedTest(name = "its {0} -> {1}, ours {1} -> {0}")
  @MethodSource("pairs")
  void itsThereOursBack(String here, String there) throws Exception {
    skipTheFake(here, there);
    String workspace = "tool_its_from_" + here;
    itsTool.migrate(here, FILLED, there, workspace);
    isTheOrderAfterItsTool(there, workspace);

    jar.migrate(there, workspace, here, "tool_ours_back_from_" + there);

    Map<String, CacheRecord> expected = new TreeMap<>();
    for (CacheRecord record : records()) {
      if (isKnownToItsTool(record)) {
        CacheRecord stored = here.equals("postgres") ? Stores.throughPostgres(record) : record;
        CacheRecord moved = movedByItsTool(stored, here, there);
        expected.put(record.key(), movedByUs(moved, there, here));
      }
    }
    isThere(expected, here, "tool_ours_back_from_" + there, here.equals("postgres"));
  }

  /**
   * LightRAG rebuilds its graph in the order of {@code create_time}. Its tool stamps that anew, so
   * that nothing is left of the order; on OpenSearch it does not.
   */
  private void isTheOrderAfterItsTool(String store, String workspace) {
    Map<String, String> settings = places.settings(store, workspace);
    judge.write(store, settings, "text_chunks", Extractions.chunks());
    JsonValue results = judge.rebuild(store, settings, Extractions.CHUNKS);
    if (store.equals("opensearch")) {
      assertThat(results).isEqualTo(Extractions.inOrder());
      return;
    }
    assertThat(order(results))
        .isNotEqualTo(order(Extractions.inOrder()))
        .containsExactlyInAnyOrderElementsOf(order(Extractions.inOrder()));
    assertThat(results.elements())
        .allSatisfy(
            chunk ->
                assertThat(chunk.elements().get(1).elements())
                    .allSatisfy(
                        result ->
                            assertThat(result.elements().get(1).asLong().orElseThrow())
                                .as("create_time")
                                .isGreaterThanOrEqualTo(started)));
  }

  private static List<String> order(JsonValue results) {
    return results.elements().stream()
        .flatMap(chunk -> chunk.elements().get(1).elements().stream())
        .map(result -> result.elements().get(0).string())
        .toList();
  }

  private static void skipTheFake(String here, String there) {
    Optional<String> refused = Judge.refused(here).or(() -> Judge.refused(there));
    refused.ifPresent(
        why -> System.out.println("LightRagToolIT skips " + here + ", " + there + ": " + why));
    assumeThat(refused).isEmpty();
  }

  private static CacheRecord movedByUs(CacheRecord record, String from, String to) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(record.fields());
    if (to.equals("opensearch")) {
      fields.remove(OPENSEARCH_ONLY);
    }
    CacheRecord moved = CacheRecord.of(record.key(), fields);
    return from.equals("postgres") || to.equals("postgres") ? Stores.throughPostgres(moved) : moved;
  }

  /**
   * What becomes of a record that LightRAG 1.5.7's tool moves into a store that does not have it,
   * as measured: from OpenSearch a field comes along that is OpenSearch's own. Its times are set
   * anew, but for create_time on OpenSearch. From PostgreSQL queryparam comes as text.
   */
  private static CacheRecord movedByItsTool(CacheRecord record, String from, String to) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(record.fields());
    if (from.equals("opensearch")) {
      fields.put(OPENSEARCH_ONLY, JsonValue.of(record.key()));
    }
    CacheRecord moved = CacheRecord.of(record.key(), fields);
    return to.equals("postgres") ? Stores.throughPostgres(moved) : moved;
  }

  /**
   * LightRAG reads exactly these records; their times apart.
   *
   * @param asText whether queryparam is a string that holds JSON
   */
  private void isThere(
      Map<String, CacheRecord> expected, String store, String workspace, boolean asText) {
    Map<String, CacheRecord> shown = new TreeMap<>();
    expected.forEach((key, record) -> shown.put(key, withoutTimes(Stores.shown(store, record))));
    List<String> keys =
        Stream.concat(records().stream(), SampleRecords.neighbours().stream())
            .map(CacheRecord::key)
            .toList();
    Map<String, CacheRecord> read = new TreeMap<>();
    judge
        .read(store, places.settings(store, workspace), keys)
        .forEach(
            (key, record) -> {
              CacheRecord untimed = withoutTimes(record);
              read.put(key, asText ? withQueryparamOfText(untimed) : untimed);
            });
    assertThat(Stores.differences(shown, read)).isEmpty();
  }

  private static CacheRecord withQueryparamOfText(CacheRecord record) {
    JsonValue text = record.field("queryparam").orElseThrow();
    return text.isNull()
        ? record
        : SampleRecords.with(record, "queryparam", JsonValue.ofJson(text.string()));
  }

  private static CacheRecord withoutTimes(CacheRecord record) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(record.fields());
    fields.keySet().removeAll(TIMES);
    return CacheRecord.of(record.key(), fields);
  }
}
