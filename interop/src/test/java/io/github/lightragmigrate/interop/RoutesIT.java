package io.github.lightragmigrate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.migration.Migration;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every store to every store, its own kind in another workspace included: 25 routes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesIT {

  private Places places;

  static Stream<Arguments> routes() {
    return Places.STORES.stream()
        .flatMap(from -> Places.STORES.stream().map(to -> Arguments.of(from, to)));
  }

  private static List<CacheRecord> selected() {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(40));
    records.addAll(SampleRecords.odd());
    records.addAll(SampleRecords.withExtraFields());
    records.addAll(SampleRecords.withAbsentFields());
    return records;
  }

  @BeforeAll
  void fillTheSources(@TempDir Path directory) {
    places = new Places(directory);
    List<CacheRecord> all = new ArrayList<>(selected());
    all.addAll(SampleRecords.neighbours());
    for (String store : Places.STORES) {
      try (Endpoint source =
          Stores.open(store, places.settings(store, "routes_source"), Access.TARGET)) {
        assertThat(source.store().upsert(all).failures()).isEmpty();
        source.store().flush();
      }
    }
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @MethodSource("routes")
  void movesEveryRecordUnchanged(String from, String to) {
    Map<String, String> target = places.settings(to, "from_" + from);
    try (Endpoint source =
            Stores.open(from, places.settings(from, "routes_source"), Access.SOURCE);
        Endpoint sink = Stores.open(to, target, Access.TARGET)) {
      MigrationReport report = Migration.builder(source, sink).batchSize(7).build().run();

      assertThat(report.errors()).isEmpty();
      assertThat(report.fault()).isEmpty();
      assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(report.tally().written()).isEqualTo(selected().size());
    }
    boolean columns = from.equals("postgres") || to.equals("postgres");
    Map<String, CacheRecord> expected = new TreeMap<>();
    for (CacheRecord record : selected()) {
      expected.put(record.key(), columns ? Stores.throughPostgres(record) : record);
    }
    try (Endpoint sink = Stores.open(to, target, Access.SOURCE)) {
      Map<String, CacheRecord> found = Stores.readAll(sink);
      assertThat(found.keySet()).isEqualTo(expected.keySet());
      expected.forEach(
          (key, record) -> assertThat(found.get(key).fields()).as(key).isEqualTo(record.fields()));
      List<String> neighbours = SampleRecords.neighbours().stream().map(CacheRecord::key).toList();
      assertThat(sink.store().find(neighbours).records())
          .as("other modes stay where they are")
          .isEmpty();
    }
  }
}
