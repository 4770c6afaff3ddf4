package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.WriteResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A fake that keeps what is written only when it is flushed, and can die at any call. */
final class VolatileStore extends FakeStore {

  private final Map<String, CacheRecord> unflushed = new ConcurrentHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile int dieAt = Integer.MAX_VALUE;

  VolatileStore(String place) {
    super(place);
    onUpsert = this::remember;
    onFlush = this::makeDurable;
  }

  /** Number of upserts and flushes so far. */
  int calls() {
    return calls.get();
  }

  /** From this call on nothing works, as after {@code kill -9} of the tool. */
  void dieAt(int call) {
    calls.set(0);
    dieAt = call;
  }

  void liveAgain() {
    unflushed.clear();
    dieAt(Integer.MAX_VALUE);
  }

  private Optional<WriteResult> remember(List<CacheRecord> batch) {
    call();
    batch.forEach(record -> unflushed.put(record.key(), record));
    return Optional.of(new WriteResult(batch.size(), List.of()));
  }

  private void makeDurable() {
    call();
    Map<String, CacheRecord> all = Map.copyOf(unflushed);
    all.values().forEach(this::put);
    all.forEach(unflushed::remove);
  }

  private void call() {
    if (calls.incrementAndGet() >= dieAt) {
      throw new StoreException(StoreException.Kind.FAULT, "dead");
    }
  }
}
