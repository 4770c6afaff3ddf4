package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A batch and what the store said of it.
 *
 * @param rejected keys that {@link CacheStore#rejected} named beforehand
 * @param failures by key, of {@link CacheStore#upsert}
 * @param miscounts batches whose accounts were wrong, a line each
 */
record Write(
    List<CacheRecord> batch,
    Set<String> rejected,
    Map<String, WriteFailure> failures,
    List<String> miscounts) {

  /** Writes as the engine does: a batch that is refused whole is halved. */
  static Write of(CacheStore store, List<CacheRecord> batch) {
    Set<String> rejected =
        store.rejected(batch).stream().map(WriteFailure::key).collect(Collectors.toSet());
    Write write = new Write(batch, rejected, new LinkedHashMap<>(), new ArrayList<>());
    write.upsert(store, batch);
    return write;
  }

  private void upsert(CacheStore store, List<CacheRecord> part) {
    try {
      account(store.upsert(part), part);
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.REJECTED) {
        throw e;
      }
      if (part.size() == 1) {
        String key = part.get(0).key();
        failures.put(key, WriteFailure.rejected(key, String.valueOf(e.getMessage())));
        return;
      }
      upsert(store, part.subList(0, part.size() / 2));
      upsert(store, part.subList(part.size() / 2, part.size()));
    }
  }

  private void account(WriteResult result, List<CacheRecord> part) {
    Set<String> keys =
        part.stream().map(CacheRecord::key).collect(Collectors.toCollection(LinkedHashSet::new));
    if (result.written() + result.failures().size() != part.size()) {
      miscounts.add(
          "upsert() of %s records says %s written and %s failures: together they must be %s"
              .formatted(part.size(), result.written(), result.failures().size(), part.size()));
    }
    for (WriteFailure failure : result.failures()) {
      if (!keys.remove(failure.key())) {
        miscounts.add("a failure for a key not in the batch, or a second one: " + failure.key());
      }
      failures.put(failure.key(), failure);
    }
  }

  List<CacheRecord> accepted() {
    return batch.stream().filter(record -> !failures.containsKey(record.key())).toList();
  }

  List<CacheRecord> refused() {
    return batch.stream().filter(record -> failures.containsKey(record.key())).toList();
  }

  /** What is wrong with what the store said, a line each. */
  List<String> problems(Candidates candidates, Place place) {
    List<String> problems = new ArrayList<>(miscounts);
    for (CacheRecord record : batch) {
      String key = record.key();
      String shown = Expect.shown(key);
      WriteFailure failure = failures.get(key);
      if (failure != null && failure.reason().isBlank()) {
        problems.add("upsert() gives no reason, which people read: " + shown);
      }
      if (failure != null && failure.retryable()) {
        problems.add("upsert() calls worth a retry what the store will never take: " + shown);
      }
      if (failure != null && !candidates.contains(key)) {
        problems.add(
            "upsert() refuses a usual record beside one that it cannot hold: "
                + shown
                + ": "
                + failure.reason());
      } else if (failure != null && !rejected.contains(key) && !place.serverMayRefuseMore()) {
        problems.add(
            "upsert() refuses what rejected() does not name, so a dry run is wrong: %s: %s"
                .formatted(shown, failure.reason()));
      }
      if (failure == null && rejected.contains(key)) {
        problems.add("upsert() takes what rejected() names: " + shown);
      }
      if (failure == null && candidates.mustBeRefused(key)) {
        problems.add("upsert() takes what unholdable() says the store cannot hold: " + shown);
      }
    }
    return problems;
  }
}
