package io.github.lightragmigrate.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CrashPropertiesTest {

  @Property(tries = 150)
  void noPageSizeAndNoCrashLosesAKey(
      @ForAll @IntRange(max = 70) int records,
      @ForAll @IntRange(min = 1, max = 20) int pageSize,
      @ForAll @IntRange(min = 1, max = 15) int batchSize,
      @ForAll @IntRange(min = 1, max = 3) int readers,
      @ForAll @IntRange(min = 1, max = 4) int writers,
      @ForAll boolean repeats,
      @ForAll @Size(max = 4) List<@IntRange(min = 1, max = 40) Integer> crashes)
      throws IOException {
    FakeStore source = new FakeStore("here").with("extract", records);
    source.largestPage = pageSize;
    source.mayRepeat = repeats;
    if (repeats && records > 0) {
      source.onScan = page -> withARepeat(page, source);
    }
    VolatileStore target = new VolatileStore("there");
    Path directory = Files.createTempDirectory("crash");
    Path checkpoint = directory.resolve("checkpoint.json");
    try {
      for (int crash : crashes) {
        target.dieAt(crash);
        run(source, target, batchSize, readers, writers, checkpoint);
        target.liveAgain();
      }
      MigrationReport report = run(source, target, batchSize, readers, writers, checkpoint);
      assertThat(report.outcome()).as(report.fault().orElse("")).isEqualTo(Outcome.COMPLETED);
      assertThat(target.records).isEqualTo(source.records);
      if (repeats) {
        assertThat(report.tally().written()).isGreaterThanOrEqualTo(records);
      } else {
        assertThat(report.tally().written()).isEqualTo(records);
        assertThat(report.batches().failed()).isZero();
      }
      assertThat(directory).isEmptyDirectory();
    } finally {
      Files.deleteIfExists(checkpoint);
      Files.deleteIfExists(directory);
    }
  }

  private static Page withARepeat(Page page, FakeStore source) {
    List<CacheRecord> records = new ArrayList<>(page.records());
    CacheRecord first = source.records.firstEntry().getValue();
    if (!records.contains(first)) {
      records.add(first);
    }
    return new Page(records, page.unreadable(), page.vanished(), page.next());
  }

  private static MigrationReport run(
      FakeStore source,
      FakeStore target,
      int batchSize,
      int readers,
      int writers,
      Path checkpoint) {
    return Migration.builder(source.open(Access.SOURCE), target.open(Access.TARGET))
        .batchSize(batchSize)
        .readers(readers)
        .writers(writers)
        .retryPolicy(RetryPolicy.NONE)
        .checkpoint(checkpoint)
        .checkpointInterval(Duration.ZERO)
        .resume(true)
        .build()
        .run();
  }
}
