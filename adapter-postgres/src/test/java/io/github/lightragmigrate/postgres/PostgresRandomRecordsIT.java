package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import io.github.lightragmigrate.testkit.RandomRecords;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random records: each is refused with a reason, or comes back as {@code asStored} says. */
class PostgresRandomRecordsIT {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyRecordIsRefusedOrComesBackAsStored(long seed) {
    assertRefusedOrBack(RandomRecords.of(seed, 200), "seed " + seed, 100);
  }

  @Provide
  Arbitrary<List<CacheRecord>> batches() {
    return AnyRecord.arbitrary().list().ofSize(50).uniqueElements(CacheRecord::key);
  }

  @Property(tries = 10, edgeCases = EdgeCasesMode.NONE)
  void anyRecordIsRefusedOrComesBackAsStored(@ForAll("batches") List<CacheRecord> batch) {
    assertRefusedOrBack(batch, "any", 0);
  }

  private static void assertRefusedOrBack(List<CacheRecord> records, String which, int least) {
    try (CacheStore store = Database.create().open(Access.TARGET)) {
      Set<String> rejected = new HashSet<>();
      store.rejected(records).forEach(failure -> rejected.add(failure.key()));
      WriteResult result = store.upsert(records);
      assertThat(result.failures())
          .as("upsert refuses what rejected names")
          .extracting(WriteFailure::key)
          .containsExactlyInAnyOrderElementsOf(rejected);
      assertThat(result.written()).isEqualTo(records.size() - rejected.size()).isGreaterThan(least);
      store.flush();
      Map<String, CacheRecord> found = new HashMap<>();
      Page page = store.find(records.stream().map(CacheRecord::key).toList());
      page.records().forEach(record -> found.put(record.key(), record));
      assertThat(page.unreadable()).isEmpty();
      for (CacheRecord record : records) {
        CacheRecord expected = rejected.contains(record.key()) ? null : store.asStored(record);
        assertThat(found.get(record.key()))
            .as(which + ", " + new String(record.toJson(), StandardCharsets.UTF_8))
            .isEqualTo(expected);
      }
    }
  }
}
