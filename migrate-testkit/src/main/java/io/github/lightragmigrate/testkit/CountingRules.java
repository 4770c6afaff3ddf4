package io.github.lightragmigrate.testkit;

import static io.github.lightragmigrate.testkit.Scans.DEFAULT;
import static io.github.lightragmigrate.testkit.Scans.LARGE;
import static io.github.lightragmigrate.testkit.Scans.assertAllWritten;
import static io.github.lightragmigrate.testkit.Scans.scanAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A count is true. */
interface CountingRules extends Rules {

  @Test
  default void countIsWhatAScanFinds() {
    place().write(SampleRecords.neighbours());
    List<CacheRecord> records = SampleRecords.usual(30);
    assertCount(0);
    place().write(records.subList(0, 10));
    assertCount(10);
    place().write(records.subList(5, 20));
    assertCount(20);
    place().write(records.subList(0, 20));
    assertCount(20);
  }

  @Test
  default void countFollowsTheWritesOfAnOpenStore() {
    List<CacheRecord> records = SampleRecords.usual(30);
    try (CacheStore store = place().openTarget()) {
      for (int end : List.of(10, 20, 20, 30)) {
        assertAllWritten(store.upsert(records.subList(end - 10, end)), 10);
        store.flush();
        Counts counts = store.count(DEFAULT, n -> {});
        assertThat(!counts.exact() || counts.total() == end)
            .as(
                "count %s after %s different records were written and flushed: new keys count, keys"
                    + " written again do not; an estimate must say so (Counts.exact)",
                counts.total(), end)
            .isTrue();
      }
    }
  }

  @Test
  default void countingTellsItsProgress() {
    place().write(SampleRecords.usual(50));
    List<Long> told = new ArrayList<>();
    try (CacheStore store = place().openSource()) {
      long total = store.count(DEFAULT, told::add).total();
      assertThat(told).as("progress of a count does not go back").isSorted();
      assertThat(told).as("progress of a count ends at the total").allMatch(n -> n <= total);
    }
  }

  /** The number of records, as a store that is opened anew counts and reads them. */
  private void assertCount(int expected) {
    try (CacheStore store = place().openSource()) {
      assertThat(scanAll(store, LARGE)).hasSize(expected);
      Counts counts = store.count(DEFAULT, n -> {});
      assertThat(counts.byPrefix().keySet())
          .as("a number for each prefix of the selection, in its order")
          .containsExactlyElementsOf(DEFAULT.prefixes());
      assertThat(!counts.exact() || counts.total() == expected)
          .as(
              "count %s, where a scan finds %s: the accounts of a migration rest on it; an estimate"
                  + " must say so (Counts.exact)",
              counts.total(), expected)
          .isTrue();
    }
  }
}
