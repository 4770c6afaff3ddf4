package io.github.lightragmigrate.testkit;

import static io.github.lightragmigrate.testkit.Scans.DEFAULT;
import static io.github.lightragmigrate.testkit.Scans.LARGE;
import static io.github.lightragmigrate.testkit.Scans.assertAllWritten;
import static io.github.lightragmigrate.testkit.Scans.scanAll;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
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
        Expect.count(
            store, end, "in a store that is open: new keys count, keys written again do not");
      }
    }
  }

  @Test
  default void countingTellsItsProgress() {
    place().write(SampleRecords.usual(50));
    List<Long> told = new ArrayList<>();
    try (CacheStore store = place().openSource()) {
      long total = store.count(DEFAULT, told::add).total();
      Expect.equal(
          "count() must tell a progress that does not go back: the number found so far",
          told,
          told.stream().sorted().toList());
      Expect.that(
          told.stream().allMatch(n -> n <= total),
          "count() must not tell a progress beyond the total that it gives back, %s: %s",
          total,
          told);
    }
  }

  /** The number of records, as a store that is opened anew counts and reads them. */
  private void assertCount(int expected) {
    try (CacheStore store = place().openSource()) {
      Expect.equal(
          "scan() must give the selected records, each once, and those of other modes never; the"
              + " number of them",
          scanAll(store, LARGE).size(),
          expected);
      Expect.equal(
          "count() must have a number for each prefix of the selection, in its order"
              + " (Selection.prefixes)",
          List.copyOf(store.count(DEFAULT, n -> {}).byPrefix().keySet()),
          DEFAULT.prefixes());
      Expect.count(store, expected, "in a store that was opened anew");
    }
  }
}
