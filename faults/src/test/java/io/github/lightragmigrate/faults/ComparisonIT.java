package io.github.lightragmigrate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge sees what it is there for. */
class ComparisonIT {

  @TempDir Path directory;

  @Test
  void tellsLostAlteredAndStrangeRecords() {
    CacheRecord kept = SampleRecords.usual("extract", "kept");
    CacheRecord lost = SampleRecords.usual("extract", "lost");
    CacheRecord altered = SampleRecords.usual("summary", "altered");
    CacheRecord strange = SampleRecords.usual("summary", "strange");
    Place source = place(List.of(kept, lost, altered));
    Place target =
        place(
            List.of(
                kept,
                strange,
                SampleRecords.with(altered, "create_time", JsonValue.of(1_700_000_001L))));
    Comparison comparison = Comparison.of(source, target);
    assertThat(comparison.lost()).containsExactly(lost.key());
    assertThat(comparison.altered()).containsExactly(altered.key());
    assertThat(comparison.strange()).containsExactly(strange.key());
    assertThat(Comparison.of(source, source).isEqual()).isTrue();
  }

  private Place place(List<CacheRecord> records) {
    Place place = Servers.fresh("json", directory);
    try (Endpoint endpoint = place.open(Access.TARGET)) {
      endpoint.store().upsert(records);
      endpoint.store().flush();
    }
    return place;
  }
}
