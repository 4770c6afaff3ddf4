package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.WriteResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Stores that lose their place, their writes or their name. */
enum ForgetfulStores implements Flaw {
  COUNTS_PAGES_IN_ITS_CURSOR(
      "everyCursorGoesOnAfterReopening",
      store ->
          new ForwardingStore(store) {
            @Override
            public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
              int page = cursor.isStart() ? 0 : Integer.parseInt(cursor.text());
              int from = page * limit.records();
              return slice(store, selection, from, limit, Integer.toString(page + 1));
            }
          }),
  COUNTS_RECORDS_IN_ITS_CURSOR(
      "aCursorGoesOnWhileRecordsComeAndGo",
      store ->
          new ForwardingStore(store) {
            @Override
            public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
              int from = cursor.isStart() ? 0 : Integer.parseInt(cursor.text());
              return slice(store, selection, from, limit, Integer.toString(from + limit.records()));
            }
          }),
  REPEATS_THE_LAST_PAGE_WHEN_REOPENED(
      "everyCursorGoesOnAfterReopening",
      store ->
          new ForwardingStore(store) {
            private boolean reads;

            @Override
            public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
              boolean goesOn = !reads && !cursor.isStart();
              reads = true;
              return super.scan(selection, goesOn ? Cursor.START : cursor, limit);
            }
          }),
  ENDS_A_SCAN_WHEN_OTHERS_WRITE(
      "aScanMissesNothingWhileOthersWrite",
      store ->
          new ForwardingStore(store) {
            private long countAtStart;

            @Override
            public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
              if (cursor.isStart()) {
                countAtStart = Scans.count(store);
              }
              return cursor.isStart() || countAtStart == Scans.count(store)
                  ? super.scan(selection, cursor, limit)
                  : Page.of(List.of(), Optional.empty());
            }
          }),
  WRITES_AT_THE_END_ONLY(
      "whatIsFlushedIsSeenByOthers",
      store ->
          new ForwardingStore(store) {
            private final List<CacheRecord> waiting = new ArrayList<>();

            @Override
            public WriteResult upsert(List<CacheRecord> batch) {
              waiting.addAll(batch);
              return new WriteResult(batch.size(), List.of());
            }

            @Override
            public void close() {
              super.upsert(waiting);
              super.close();
            }
          }),
  FINDS_A_KEY_TWICE(
      "findGivesEachKeyThatWasAskedForAndNoOther",
      store ->
          new ForwardingStore(store) {
            @Override
            public Page find(Collection<String> keys) {
              return Page.of(
                  keys.stream()
                      .flatMap(key -> store.find(List.of(key)).records().stream())
                      .toList(),
                  Optional.empty());
            }
          }),
  FINDS_IN_ANY_CASE(
      "findGivesEachKeyThatWasAskedForAndNoOther",
      store ->
          new ForwardingStore(store) {
            @Override
            public Page find(Collection<String> keys) {
              return super.find(keys.stream().map(key -> key.toLowerCase(Locale.ROOT)).toList());
            }
          }),
  FINDS_BY_PREFIX(
      "findGivesEachKeyThatWasAskedForAndNoOther",
      store ->
          new ForwardingStore(store) {
            @Override
            public Page find(Collection<String> keys) {
              List<CacheRecord> all = Scans.scanAll(store, Scans.LARGE);
              return Page.of(
                  all.stream()
                      .filter(record -> keys.stream().anyMatch(record.key()::startsWith))
                      .toList(),
                  Optional.empty());
            }
          }),
  SAYS_IT_KEEPS_LESS(
      "givesBackEveryRecordAsItWasWritten",
      store ->
          new ForwardingStore(store) {
            @Override
            public CacheRecord asStored(CacheRecord record) {
              return SampleRecords.with(record, "queryparam", JsonValue.NULL);
            }
          }),
  CHANGES_AGAIN_WHAT_IT_STORED(
      "asStoredIsSettled",
      store ->
          new ForwardingStore(store) {
            @Override
            public CacheRecord asStored(CacheRecord record) {
              String chunk = record.field("chunk_id").map(JsonValue::toString).orElse("");
              return SampleRecords.with(record, "chunk_id", JsonValue.of(chunk));
            }
          }),
  IS_ANOTHER_PLACE_AFTER_A_WRITE(
      "locationAndIncarnationStayTheSame",
      store ->
          new ForwardingStore(store) {
            @Override
            public String location() {
              return super.location() + " with " + Scans.count(store) + " records";
            }
          }),
  IS_BORN_AGAIN_WHEN_REOPENED(
      "locationAndIncarnationStayTheSame",
      store ->
          new ForwardingStore(store) {
            @Override
            public String incarnation() {
              return Integer.toString(System.identityHashCode(this));
            }
          }),
  IS_BORN_AGAIN_AT_EVERY_CALL(
      "locationAndIncarnationStayTheSame",
      store ->
          new ForwardingStore(store) {
            private int calls;

            @Override
            public String incarnation() {
              return Integer.toString(++calls);
            }
          });

  private final String noticedBy;
  private final UnaryOperator<CacheStore> breaking;

  ForgetfulStores(String noticedBy, UnaryOperator<CacheStore> breaking) {
    this.noticedBy = noticedBy;
    this.breaking = breaking;
  }

  @Override
  public String noticedBy() {
    return noticedBy;
  }

  @Override
  public CacheStore in(CacheStore store) {
    return breaking.apply(store);
  }

  private static Page slice(
      CacheStore store, Selection selection, int from, PageLimit limit, String next) {
    List<CacheRecord> all = Scans.scanAll(store, selection, Scans.LARGE);
    int end = Math.min(all.size(), from + limit.records());
    return Page.of(
        all.subList(Math.min(from, end), end),
        end < all.size() ? Optional.of(new Cursor(next)) : Optional.empty());
  }
}
