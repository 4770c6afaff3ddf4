package io.github.lightragmigrate.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.migration.Migration;
import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.progress.RetryEvent;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.OnConflict;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.testkit.InMemoryAdapter;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationMetricsTest {

  private final InMemoryAdapter memory = new InMemoryAdapter();
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void countsRecordsByTypeAndOutcome(@TempDir Path directory) {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(40));
    CacheRecord useless =
        CacheRecord.of(SampleRecords.key("summary", "without an answer"), Map.of());
    records.add(useless);
    fill("old", records);
    fill("new", SampleRecords.usual(4));

    run(new MigrationMetrics(registry), directory.resolve("checkpoint.json"));

    assertThat(records("extract", "written")).isEqualTo(9);
    assertThat(records("extract", "skipped")).isEqualTo(1);
    assertThat(records("summary", "written")).isEqualTo(9);
    assertThat(records("summary", "failed")).isEqualTo(1);
    assertThat(registry.get("lightrag.migrate.expected").gauge().value()).isEqualTo(41);
    assertThat(registry.get("lightrag.migrate.write").timer().count()).isEqualTo(5);
    assertThat(registry.get("lightrag.migrate.write.size").summary().totalAmount())
        .isEqualTo(records.subList(4, 40).stream().mapToLong(CacheRecord::size).sum());
    assertThat(registry.get("lightrag.migrate.checkpoints").counter().count()).isEqualTo(4);
  }

  @Test
  void goesOnFromRunToRun(@TempDir Path directory) {
    fill("old", SampleRecords.usual(40));
    MigrationMetrics metrics = new MigrationMetrics(registry);
    run(metrics, directory.resolve("checkpoint.json"));
    run(metrics, directory.resolve("checkpoint.json"));
    assertThat(records("extract", "written")).isEqualTo(10);
    assertThat(records("extract", "skipped")).isEqualTo(10);
  }

  @Test
  void oneForEachRunGoesOnInTheSameMeters(@TempDir Path directory) {
    fill("old", SampleRecords.usual(40));
    run(new MigrationMetrics(registry), directory.resolve("checkpoint.json"));
    fill("old", SampleRecords.usual(60));
    run(new MigrationMetrics(registry), directory.resolve("checkpoint.json"));
    assertThat(registry.find("lightrag.migrate.expected").gauges())
        .singleElement()
        .satisfies(gauge -> assertThat(gauge.value()).isEqualTo(60));
    assertThat(registry.get("lightrag.migrate.checkpoints").counter().count()).isPositive();
  }

  @Test
  void tagsTellRunsApart() {
    RetryEvent event = new RetryEvent("writing", 1, Duration.ZERO, Duration.ZERO, "away");
    new MigrationMetrics(registry, Tags.of("tenant", "a")).retrying(event);
    MigrationListener other = new MigrationMetrics(registry, Tags.of("tenant", "b"));
    other.retrying(event);
    other.retrying(event);
    assertThat(registry.get("lightrag.migrate.retries").tags("tenant", "a").counter().count())
        .isEqualTo(1);
    assertThat(
            registry
                .get("lightrag.migrate.retries")
                .tags("tenant", "b", "call", "writing")
                .counter()
                .count())
        .isEqualTo(2);
    Set<String> untagged =
        registry.getMeters().stream()
            .map(Meter::getId)
            .filter(id -> id.getTag("tenant") == null)
            .map(Meter.Id::getName)
            .collect(Collectors.toSet());
    assertThat(untagged).isEmpty();
  }

  private double records(String type, String outcome) {
    return registry
        .get("lightrag.migrate.records")
        .tags("type", type, "outcome", outcome)
        .counter()
        .count();
  }

  private void run(MigrationListener metrics, Path checkpoint) {
    try (Endpoint source = open("old", Access.SOURCE);
        Endpoint target = open("new", Access.TARGET)) {
      Migration.builder(source, target)
          .onConflict(OnConflict.SKIP)
          .batchSize(9)
          .checkpoint(checkpoint)
          .checkpointInterval(Duration.ZERO)
          .listener(metrics)
          .build()
          .run();
    }
  }

  private void fill(String workspace, List<CacheRecord> records) {
    try (Endpoint store = open(workspace, Access.TARGET)) {
      assertThat(store.store().upsert(records).failures()).isEmpty();
    }
  }

  private Endpoint open(String workspace, Access access) {
    return Endpoint.open(memory, Settings.of(Map.of("WORKSPACE", workspace)), access);
  }
}
