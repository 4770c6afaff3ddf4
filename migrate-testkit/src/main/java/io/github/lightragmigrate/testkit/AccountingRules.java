package io.github.lightragmigrate.testkit;

import static io.github.lightragmigrate.testkit.Scans.LARGE;
import static io.github.lightragmigrate.testkit.Scans.assertAllWritten;
import static io.github.lightragmigrate.testkit.Scans.scanAll;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What upsert says of a batch is so, also where the store cannot hold a record. */
interface AccountingRules extends Rules {

  String ACCOUNTS =
      "upsert() and rejected() must agree, and tell of each record whether it is in the store: the"
          + " accounts, the failure log and a dry run rest on it";

  @Test
  default void arraysOfSeveralTypesAreGivenBackOrRefusedWithAReason() {
    Map<String, CacheRecord> stored = new LinkedHashMap<>();
    SampleRecords.withMixedArrays().forEach(record -> stored.put(record.key(), record));
    try (CacheStore store = place().openTarget()) {
      WriteResult result = store.upsert(List.copyOf(stored.values()));
      Expect.equal(
          "upsert() must tell each record of the batch as written or as a failure",
          result.written() + result.failures().size(),
          stored.size());
      for (WriteFailure failure : result.failures()) {
        Expect.that(
            !failure.reason().isBlank(), "upsert() must say why it refused %s", failure.key());
        Expect.that(
            !failure.retryable(),
            "upsert() must not call worth a retry (retryable) what the store will never take: %s",
            failure.key());
        stored.remove(failure.key());
      }
      store.flush();
      place().assertScanned(store, scanAll(store, LARGE), stored.values());
    }
  }

  @Test
  default void aRejectedRecordIsRejectedByUpsertToo() {
    List<CacheRecord> records = SampleRecords.odd();
    try (CacheStore store = place().openTarget()) {
      Expect.none(
          "rejected() must let odd records pass that are within LightRAG's contract: every store"
              + " holds them",
          store.rejected(records).stream()
              .map(failure -> Expect.shown(failure.key()) + ": " + failure.reason())
              .toList());
      assertAllWritten(store.upsert(records), records.size());
    }
  }

  @Test
  default void rejectedAndUpsertAgreeOnEachRecord() {
    Candidates candidates = Candidates.of(place());
    List<CacheRecord> accepted = new ArrayList<>();
    List<CacheRecord> refused = new ArrayList<>();
    try (CacheStore store = place().openTarget()) {
      for (CacheRecord candidate : candidates.all()) {
        Write write = Write.of(store, List.of(candidate));
        Expect.none(ACCOUNTS, write.problems(candidates, place()));
        (write.failures().isEmpty() ? accepted : refused).add(candidate);
      }
      store.flush();
    }
    assertStored(accepted, refused);
  }

  @Test
  default void aRefusedRecordTakesNoNeighbourAlong() {
    Candidates candidates = Candidates.of(place());
    List<CacheRecord> batch = candidates.amongNeighbours();
    Write write;
    try (CacheStore store = place().openTarget()) {
      write = Write.of(store, batch);
      store.flush();
    }
    Expect.none(ACCOUNTS, write.problems(candidates, place()));
    assertStored(write.accepted(), write.refused());
  }

  @Test
  default void aRefusedRecordLeavesTheOldOneInPlace() {
    Candidates candidates = Candidates.of(place());
    Write old;
    Write now;
    try (CacheStore store = place().openTarget()) {
      old = Write.of(store, candidates.harmlessTwins());
      now = Write.of(store, candidates.amongNeighbours());
      store.flush();
    }
    Expect.none(ACCOUNTS, now.problems(candidates, place()));
    Set<String> refused = now.failures().keySet();
    List<CacheRecord> there = new ArrayList<>(now.accepted());
    old.accepted().stream().filter(twin -> refused.contains(twin.key())).forEach(there::add);
    List<CacheRecord> gone =
        old.refused().stream().filter(twin -> refused.contains(twin.key())).toList();
    assertStored(there, gone);
  }

  /** Whether a store that is opened anew has these records, whole, and not those. */
  private void assertStored(List<CacheRecord> accepted, List<CacheRecord> refused) {
    List<String> keys = new ArrayList<>(Keys.of(accepted));
    keys.addAll(Keys.of(refused));
    List<String> expected = Keys.of(accepted);
    try (CacheStore store = place().openSource()) {
      Page found = store.find(keys);
      Expect.none(
          "find() must be able to read what upsert() took: write it so that it can be read again, or"
              + " refuse it in rejected() and upsert()",
          found.unreadable().stream()
              .map(record -> Expect.shown(record.key()) + ": " + record.reason())
              .toList());
      Keys.assertSame(
          "upsert() must have written the keys that it did not fail, and none that it failed (an"
              + " earlier record of that key stays); find() gives",
          Keys.of(found.records()),
          expected);
      Keys.assertSame(
          "upsert() must have written the keys that it did not fail, and no other; scan() gives",
          Keys.of(scanAll(store, LARGE)),
          expected);
      Expect.none(
          "upsert() must store a record as it is, or as asStored() says, or refuse it (rejected()):"
              + " never mend it silently",
          place().differences(store, found.records(), accepted));
    }
  }
}
