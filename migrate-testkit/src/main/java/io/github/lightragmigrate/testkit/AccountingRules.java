package io.github.lightragmigrate.testkit;

import static io.github.lightragmigrate.testkit.Scans.LARGE;
import static io.github.lightragmigrate.testkit.Scans.assertAllWritten;
import static io.github.lightragmigrate.testkit.Scans.scanAll;
import static org.assertj.core.api.Assertions.assertThat;

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

  String ACCOUNTS = "what upsert() and rejected() say of a batch, which the accounts rest on";

  @Test
  default void arraysOfSeveralTypesAreGivenBackOrRefusedWithAReason() {
    Map<String, CacheRecord> stored = new LinkedHashMap<>();
    SampleRecords.withMixedArrays().forEach(record -> stored.put(record.key(), record));
    try (CacheStore store = place().openTarget()) {
      WriteResult result = store.upsert(List.copyOf(stored.values()));
      assertThat(result.written() + result.failures().size()).isEqualTo(stored.size());
      for (WriteFailure failure : result.failures()) {
        assertThat(failure.reason()).isNotBlank();
        assertThat(failure.retryable()).isFalse();
        stored.remove(failure.key());
      }
      store.flush();
      place().assertSame(store, scanAll(store, LARGE), stored.values());
    }
  }

  @Test
  default void aRejectedRecordIsRejectedByUpsertToo() {
    List<CacheRecord> records = SampleRecords.odd();
    try (CacheStore store = place().openTarget()) {
      assertThat(store.rejected(records))
          .as("odd records are within LightRAG's contract: every store holds them")
          .isEmpty();
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
        assertThat(write.problems(candidates, place())).as(ACCOUNTS).isEmpty();
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
    assertThat(write.problems(candidates, place())).as(ACCOUNTS).isEmpty();
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
    assertThat(now.problems(candidates, place())).as(ACCOUNTS).isEmpty();
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
      assertThat(found.unreadable().stream().map(record -> record.key() + ": " + record.reason()))
          .as("a record that was taken can be read again")
          .isEmpty();
      Keys.assertSame(
          "keys in the store: those that upsert() counted as written, and none that it gave as a failure unless an earlier record is there",
          Keys.of(found.records()),
          expected);
      Keys.assertSame(
          "keys of a scan: those that upsert() counted as written, and no other",
          Keys.of(scanAll(store, LARGE)),
          expected);
      assertThat(place().differences(store, found.records(), accepted))
          .as("a record is given back as CacheStore.asStored says, or refused")
          .isEmpty();
    }
  }
}
