package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.UnreadableRecord;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stores that throw, answer or share what they must not. */
enum CarelessStores implements Flaw {
  THROWS_WHAT_ITS_DRIVER_THROWS(
      "aCursorOfSomethingElseIsRefused",
      "scan() must report every fault by a StoreException",
      store ->
          new ForwardingStore(store) {
            @Override
            public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
              boolean own = cursor.isStart() || cursor.text().startsWith(">");
              return own
                  ? super.scan(selection, cursor, limit)
                  : super.scan(selection, cursor, new PageLimit(Integer.parseInt("na", 16), 1));
            }
          }),
  THROWS_A_CHECKED_EXCEPTION(
      "whatIsFlushedIsSeenByOthers",
      "threw java.io.IOException: disk full",
      store ->
          new ForwardingStore(store) {
            @Override
            public void flush() {
              throw CarelessStores.<RuntimeException>sneaky(new IOException("disk full"));
            }
          }),
  THROWS_AN_ERROR(
      "anEmptyBatchIsNoFault",
      "threw java.lang.StackOverflowError",
      store ->
          new ForwardingStore(store) {
            @Override
            public WriteResult upsert(List<CacheRecord> batch) {
              throw new StackOverflowError();
            }
          }),
  FAILS_WITHOUT_A_WORD(
      "aCursorOfSomethingElseIsRefused",
      "say in the message",
      store ->
          new ForwardingStore(store) {
            @Override
            public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
              try {
                return super.scan(selection, cursor, limit);
              } catch (StoreException e) {
                throw new StoreException(e.kind(), " ");
              }
            }
          }),
  GIVES_A_NULL_REASON(
      "rejectedAndUpsertAgreeOnEachRecord",
      "a failure's reason is null",
      store ->
          new ForwardingStore(store) {
            @Override
            public List<WriteFailure> rejected(List<CacheRecord> batch) {
              return super.rejected(batch).stream()
                  .map(failure -> WriteFailure.rejected(failure.key(), unset()))
                  .toList();
            }
          }),
  GIVES_A_NULL_NEXT(
      "anEmptyPlaceHoldsNothing",
      "find() must give what the types of the SPI take",
      store ->
          new ForwardingStore(store) {
            @Override
            public Page find(Collection<String> keys) {
              return new Page(super.find(keys).records(), List.of(), 0, unset());
            }
          }),
  COUNTS_LESS_THAN_NOTHING(
      "countIsWhatAScanFinds",
      "count() must",
      store ->
          new ForwardingStore(store) {
            @Override
            public Counts count(Selection selection, LongConsumer progress) {
              return Counts.exact(Map.of(selection.prefixes().get(0), -1L));
            }
          }),
  CANNOT_READ_WHAT_IT_TOOK(
      "rejectedAndUpsertAgreeOnEachRecord",
      "rejected() and upsert()",
      store ->
          new ForwardingStore(store) {
            @Override
            public Page find(Collection<String> keys) {
              return read(super.find(keys));
            }

            private Page read(Page page) {
              List<CacheRecord> records = new ArrayList<>();
              List<UnreadableRecord> unreadable = new ArrayList<>();
              for (CacheRecord record : page.records()) {
                try {
                  records.add(CacheRecord.ofJson(record.key(), record.toJson()));
                } catch (MalformedJsonException e) {
                  unreadable.add(
                      UnreadableRecord.ofBytes(record.key(), e.getMessage(), record.toJson()));
                }
              }
              return new Page(records, unreadable, page.vanished(), page.next());
            }
          }),
  WANTS_NO_BYTES(
      "theStoreDescribesItself",
      "bytesAtOnce() must be",
      store ->
          new ForwardingStore(store) {
            @Override
            public long bytesAtOnce() {
              return 0;
            }
          }),
  TELLS_NOTHING(
      "theStoreDescribesItself",
      "notices() must",
      store ->
          new ForwardingStore(store) {
            @Override
            public List<String> notices() {
              return List.of("");
            }
          }),
  FAILS_IN_ANOTHER_THREAD(
      "severalThreadsMayWriteAndReadAtOnce",
      "several threads at once",
      store ->
          new Bound(store) {
            @Override
            public WriteResult upsert(List<CacheRecord> batch) {
              if (isForeign()) {
                throw new ConcurrentModificationException("connection is in use");
              }
              return super.upsert(batch);
            }
          }),
  LOSES_WRITES_OF_ANOTHER_THREAD(
      "severalThreadsMayWriteAndReadAtOnce",
      "several threads at once",
      store ->
          new Bound(store) {
            @Override
            public WriteResult upsert(List<CacheRecord> batch) {
              return isForeign() ? new WriteResult(batch.size(), List.of()) : super.upsert(batch);
            }
          }),
  CANNOT_BE_READ_IN_ANOTHER_THREAD(
      "partsMayBeReadAtTheSameTime",
      "several threads at once",
      store ->
          new Bound(store) {
            @Override
            public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
              if (isForeign()) {
                throw new ConcurrentModificationException("connection is in use");
              }
              return super.scan(selection, cursor, limit);
            }
          }),
  CANNOT_FIND_WHILE_IT_WRITES(
      "severalThreadsMayWriteAndReadAtOnce",
      "several threads at once",
      store ->
          new Bound(store) {
            @Override
            public Page find(Collection<String> keys) {
              if (isForeign()) {
                throw new ConcurrentModificationException("connection is in use");
              }
              return super.find(keys);
            }
          });

  private final String noticedBy;
  private final String advice;
  private final UnaryOperator<CacheStore> flaw;

  CarelessStores(String noticedBy, String advice, UnaryOperator<CacheStore> flaw) {
    this.noticedBy = noticedBy;
    this.advice = advice;
    this.flaw = flaw;
  }

  @Override
  public String noticedBy() {
    return noticedBy;
  }

  @Override
  public String advice() {
    return advice;
  }

  @Override
  public CacheStore in(CacheStore store) {
    return flaw.apply(store);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** What an adapter without null checks gives. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T unset() {
    @Nullable T nothing = null;
    return nothing;
  }

  /** As a connection that belongs to the thread which used it first. */
  private abstract static class Bound extends ForwardingStore {

    private final AtomicReference<@Nullable Thread> owner = new AtomicReference<>();

    Bound(CacheStore store) {
      super(store);
    }

    boolean isForeign() {
      Thread now = Thread.currentThread();
      owner.compareAndSet(null, now);
      return owner.get() != now;
    }
  }
}
