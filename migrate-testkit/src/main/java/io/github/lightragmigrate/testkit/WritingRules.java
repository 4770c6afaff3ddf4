package io.github.lightragmigrate.testkit;

import static io.github.lightragmigrate.testkit.Scans.LARGE;
import static io.github.lightragmigrate.testkit.Scans.assertAllWritten;
import static io.github.lightragmigrate.testkit.Scans.scanAll;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole records are written, and no others. */
interface WritingRules extends Rules {

  @Test
  default void upsertReplacesTheWholeRecordAndNothingElse() {
    List<CacheRecord> records = SampleRecords.usual(10);
    place().write(records);
    CacheRecord changed =
        CacheRecord.of(
            records.get(3).key(),
            new LinkedHashMap<>(SampleRecords.withAbsentFields().get(0).fields()));
    place().write(List.of(changed));
    List<CacheRecord> now = new ArrayList<>(records);
    now.set(3, changed);
    try (CacheStore store = place().openSource()) {
      place().assertScanned(store, scanAll(store, LARGE), now);
      Expect.count(store, 10, "one that was written again counts once");
    }
  }

  @Test
  default void upsertLeavesNeighboursAlone() {
    List<CacheRecord> neighbours = SampleRecords.neighbours();
    place().write(neighbours);
    place().write(SampleRecords.usual(5));
    try (CacheStore store = place().openSource()) {
      place()
          .assertFound(
              store,
              store.find(neighbours.stream().map(CacheRecord::key).toList()).records(),
              neighbours);
    }
  }

  @Test
  default void anEmptyBatchIsNoFault() {
    try (CacheStore store = place().openTarget()) {
      Expect.equal(
          "upsert() must take an empty batch: the engine may leave every record of one out",
          store.upsert(List.of()).written(),
          0);
      Expect.that(
          store.find(List.of()).records().isEmpty(),
          "find() must take an empty list of keys, and give nothing");
      store.flush();
    }
  }

  @Test
  default void largeBatchesAreWrittenWhole() {
    List<CacheRecord> records = SampleRecords.usual(2500);
    place().write(records);
    try (CacheStore store = place().openSource()) {
      place().assertScanned(store, scanAll(store, LARGE), records);
      place()
          .assertFound(
              store,
              store.find(records.stream().map(CacheRecord::key).toList()).records(),
              records);
    }
  }

  @Test
  default void whatIsFlushedIsSeenByOthers() {
    List<CacheRecord> records = SampleRecords.usual(20);
    try (CacheStore writer = place().openTarget()) {
      for (int done = 0; done < 20; done += 10) {
        assertAllWritten(writer.upsert(records.subList(done, done + 10)), 10);
        writer.flush();
        List<CacheRecord> flushed = records.subList(0, done + 10);
        try (CacheStore reader = place().openSource()) {
          Keys.assertSame(
              "flush() must make every write durable and visible to a store that is opened then,"
                  + " while the writer is open: a checkpoint trusts it",
              Keys.of(scanAll(reader, LARGE)),
              Keys.of(flushed));
          Expect.count(reader, flushed.size(), "after flush() of another store");
          place()
              .assertFound(
                  reader,
                  reader.find(flushed.stream().map(CacheRecord::key).toList()).records(),
                  flushed);
        }
      }
    }
  }
}
