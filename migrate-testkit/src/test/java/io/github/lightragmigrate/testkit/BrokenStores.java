package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.WriteResult;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/** Ways to get a store wrong, each with the test of the contract that must notice. */
enum BrokenStores implements Flaw {
  OMITS_THE_LAST_OF_A_PAGE(
      "pagesOfAnySizeGiveEveryKey",
      store ->
          new ForwardingStore(store) {
            @Override
            public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
              Page page = super.scan(selection, cursor, limit);
              int kept =
                  page.next().isPresent() ? page.records().size() - 1 : page.records().size();
              return Page.of(page.records().subList(0, kept), page.next());
            }
          }),
  REPEATS_A_KEY(
      "pagesOfAnySizeGiveEveryKey",
      store ->
          new ForwardingStore(store) {
            @Override
            public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
              Page first = super.scan(selection, Cursor.START, new PageLimit(1, 1));
              Page page = super.scan(selection, cursor, limit);
              return page.next().isPresent() || cursor.isStart()
                  ? page
                  : Page.of(first.records(), Optional.empty());
            }
          }),
  IGNORES_THE_BYTE_LIMIT(
      "aPageEndsNearItsByteLimit",
      store ->
          new ForwardingStore(store) {
            @Override
            public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
              return super.scan(selection, cursor, new PageLimit(limit.records(), Long.MAX_VALUE));
            }
          }),
  IGNORES_THE_RECORD_LIMIT(
      "pagesOfAnySizeGiveEveryKey",
      store ->
          new ForwardingStore(store) {
            @Override
            public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
              return super.scan(selection, cursor, new PageLimit(1000, limit.bytes()));
            }
          }),
  READS_OTHER_MODES(
      "onlySelectedKeysAreReadAndCounted",
      store ->
          new ForwardingStore(store) {
            @Override
            public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
              return super.scan(Selection.ofPrefixes(List.of("default")), cursor, limit);
            }
          }),
  COUNTS_OTHER_TYPES(
      "onlySelectedKeysAreReadAndCounted",
      store ->
          new ForwardingStore(store) {
            @Override
            public Counts count(Selection selection, LongConsumer progress) {
              long all = super.count(Selection.ofPrefixes(List.of("default")), progress).total();
              Map<String, Long> counts =
                  new LinkedHashMap<>(super.count(selection, progress).byPrefix());
              counts.put(selection.prefixes().get(0), all);
              return Counts.exact(counts);
            }
          }),
  TAKES_ANY_CURSOR(
      "aCursorOfSomethingElseIsRefused",
      store ->
          new ForwardingStore(store) {
            @Override
            public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
              try {
                return super.scan(selection, cursor, limit);
              } catch (StoreException e) {
                return Page.of(List.of(), Optional.empty());
              }
            }
          }),
  REPLACES_THE_TIMES(
      "givesBackEveryRecordAsItWasWritten",
      store ->
          new ForwardingStore(store) {
            @Override
            public WriteResult upsert(List<CacheRecord> batch) {
              return super.upsert(
                  batch.stream()
                      .map(
                          record ->
                              SampleRecords.with(
                                  record, "update_time", JsonValue.of(1_800_000_000L)))
                      .toList());
            }
          }),
  DROPS_NULL_FIELDS(
      "givesBackEveryRecordAsItWasWritten",
      store ->
          new ForwardingStore(store) {
            @Override
            public WriteResult upsert(List<CacheRecord> batch) {
              return super.upsert(
                  batch.stream()
                      .map(
                          record -> {
                            Map<String, JsonValue> fields = new LinkedHashMap<>(record.fields());
                            fields.values().removeIf(JsonValue::isNull);
                            return CacheRecord.of(record.key(), fields);
                          })
                      .toList());
            }
          }),
  MERGES_INSTEAD_OF_REPLACING(
      "upsertReplacesTheWholeRecordAndNothingElse",
      store ->
          new ForwardingStore(store) {
            @Override
            public WriteResult upsert(List<CacheRecord> batch) {
              return super.upsert(batch.stream().map(this::merged).toList());
            }

            private CacheRecord merged(CacheRecord record) {
              Map<String, JsonValue> fields = new LinkedHashMap<>();
              find(List.of(record.key())).records().forEach(old -> fields.putAll(old.fields()));
              fields.putAll(record.fields());
              return CacheRecord.of(record.key(), fields);
            }
          }),
  MISCOUNTS_WHAT_IT_WROTE(
      "largeBatchesAreWrittenWhole",
      store ->
          new ForwardingStore(store) {
            @Override
            public WriteResult upsert(List<CacheRecord> batch) {
              super.upsert(batch.subList(0, Math.min(batch.size(), 1000)));
              return new WriteResult(batch.size(), List.of());
            }
          }),
  FINDS_SOME_KEYS_ONLY(
      "largeBatchesAreWrittenWhole",
      store ->
          new ForwardingStore(store) {
            @Override
            public Page find(Collection<String> keys) {
              return super.find(keys.stream().limit(1000).toList());
            }
          }),
  HAS_ONE_LOCATION(
      "locationTellsPlacesApartAndHoldsNoSecret",
      store ->
          new ForwardingStore(store) {
            @Override
            public String location() {
              return "memory";
            }
          });

  private final String noticedBy;
  private final UnaryOperator<CacheStore> breaking;

  BrokenStores(String noticedBy, UnaryOperator<CacheStore> breaking) {
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
}
