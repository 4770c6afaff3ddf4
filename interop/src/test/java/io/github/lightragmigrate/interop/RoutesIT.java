package io.github.lightragmigrate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every store to every store, its own kind in another workspace included, by the built command
 * line: LightRAG reads all back, and goes on working on it. Prints a matrix of routes and data
 * sets. Where LightRAG cannot be asked, the records are read back by us alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesIT {

  private static final List<String> STORES = Places.STORES;

  /** Of the target: LightRAG's tool counts right, other modes have stayed where they were. */
  private static final String WHOLE = "whole";

  /** LightRAG upserts and deletes on the target, and all else stays as it is. */
  private static final String EDITED = "edited";

  private final Matrix matrix = new Matrix(columns());
  private final Map<String, Map<DataSet, List<CacheRecord>>> sources = new HashMap<>();
  private Places places;
  private Jar jar;
  private Optional<Judge> judge = Optional.empty();

  static Stream<Arguments> routes() {
    return STORES.stream().flatMap(from -> STORES.stream().map(to -> Arguments.of(from, to)));
  }

  private static List<String> columns() {
    List<String> columns =
        new ArrayList<>(Arrays.stream(DataSet.values()).map(RoutesIT::name).toList());
    columns.addAll(List.of(WHOLE, EDITED));
    return columns;
  }

  private static String name(DataSet set) {
    return set.name().toLowerCase(Locale.ROOT);
  }

  @BeforeAll
  void fillTheSources(@TempDir Path directory) throws IOException {
    places = new Places(directory);
    jar = new Jar(directory, places);
    Optional<String> python = Judge.python(RoutesIT.class);
    if (python.isPresent()) {
      judge = Optional.of(Judge.start(python.get(), directory));
    }
    for (String store : STORES) {
      Judge.refused(store).ifPresent(why -> System.out.println("RoutesIT, " + store + ": " + why));
      sources.put(store, Sources.fill(store, places.settings(store, "routes"), judgeOf(store)));
    }
  }

  @AfterAll
  void showTheMatrix() throws IOException {
    judge.ifPresent(Judge::close);
    String text =
        matrix
            + "pass: read back by LightRAG and by us; pass*: by us alone; -: not in this source, or LightRAG not asked\n";
    System.out.println(text);
    Files.writeString(Path.of("target", "matrix.txt"), text);
  }

  private Optional<Judge> judgeOf(String store) {
    return Judge.refused(store).isPresent() ? Optional.empty() : judge;
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @MethodSource("routes")
  void lightRagHasTheSameCache(String from, String to) throws Exception {
    String row = from + " -> " + to;
    matrix.expect(row);
    Map<DataSet, List<CacheRecord>> sets = sources.get(from);
    long total = sets.values().stream().mapToLong(List::size).sum();
    String workspace = "routes_from_" + from;

    Map<String, JsonValue> report = jar.migrate(from, "routes", to, workspace, "--verify");
    JudgedCache target = new JudgedCache(to, places.settings(to, workspace), judgeOf(to));
    boolean columns = from.equals("postgres") || to.equals("postgres");
    Map<String, CacheRecord> expected = new LinkedHashMap<>();
    sets.values().stream()
        .flatMap(List::stream)
        .map(record -> columns ? Stores.throughPostgres(record) : record)
        .forEach(record -> expected.put(record.key(), record));

    List<Executable> checks = new ArrayList<>();
    Map<String, CacheRecord> ours = target.readByUs();
    Optional<Judge.Review> review = target.review(expected.keySet());
    String passed = review.isPresent() ? "pass" : "pass*";
    for (DataSet set : DataSet.values()) {
      if (sets.containsKey(set)) {
        Map<String, CacheRecord> part = new LinkedHashMap<>(expected);
        part.keySet().retainAll(sets.get(set).stream().map(CacheRecord::key).toList());
        checks.add(
            matrix.check(row, name(set), passed, () -> target.hasExactly(part, ours, review)));
      } else {
        matrix.note(row, name(set), "-");
      }
    }
    checks.add(
        matrix.check(
            row,
            WHOLE,
            passed,
            () -> {
              Map<String, JsonValue> counts = report.get("counts").fields();
              assertThat(counts.get("source")).isEqualTo(JsonValue.of(total));
              assertThat(counts.get("written")).isEqualTo(JsonValue.of(total));
              assertThat(ours).hasSize((int) total);
              review.ifPresent(
                  lightRag -> {
                    assertThat(lightRag.empty()).isFalse();
                    assertThat(lightRag.count()).isEqualTo(knownToTheTool(expected.keySet()));
                  });
            }));
    if (target.judge().isPresent()) {
      checks.add(matrix.check(row, EDITED, "pass", () -> target.goesOnWorking(expected)));
    } else {
      matrix.note(row, EDITED, "-");
    }
    assertAll(row, checks);
  }

  @ParameterizedTest
  @FieldSource("STORES")
  void aWorkspaceThatNobodyFilledIsEmpty(String store) {
    Optional<Judge> lightRag = judgeOf(store);
    assumeThat(lightRag).isPresent();
    assertThat(lightRag.orElseThrow().isEmpty(store, places.settings(store, "routes_untouched")))
        .isTrue();
  }

  /** LightRAG's tool does not know {@code smartheading}, which LightRAG writes all the same. */
  private static long knownToTheTool(Collection<String> keys) {
    return keys.stream()
        .filter(Predicate.not(key -> key.startsWith("default:smartheading:")))
        .count();
  }
}
