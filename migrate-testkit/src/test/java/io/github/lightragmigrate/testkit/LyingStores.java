package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/** Stores whose counts and accounts are not true. */
enum LyingStores implements Flaw {
  COUNTS_ONE_TOO_MANY("countIsWhatAScanFinds", store -> new Miscounting(store, n -> n + 1)),
  COUNTS_ONE_TOO_FEW(
      "countIsWhatAScanFinds", store -> new Miscounting(store, n -> Math.max(0, n - 1))),
  KNOWS_ITS_OWN_WORKSPACE_ONLY(
      "workspacesAreFound",
      store ->
          new ForwardingStore(store) {
            @Override
            public List<String> workspaces() {
              return List.of(workspace());
            }
          }),
  TAKES_ALL_FOR_LEGACY(
      "nothingThatIsWrittenHereIsLegacy",
      store ->
          new ForwardingStore(store) {
            @Override
            public long countLegacy(Selection selection) {
              return count(selection, n -> {}).total();
            }
          }),
  COUNTS_ONCE(
      "countFollowsTheWritesOfAnOpenStore",
      store ->
          new ForwardingStore(store) {
            private Counts first = new Counts(Map.of(), false);

            @Override
            public Counts count(Selection selection, LongConsumer progress) {
              first = first.exact() ? first : super.count(selection, progress);
              return first;
            }
          }),
  COUNTS_WRITES(
      "countFollowsTheWritesOfAnOpenStore",
      store ->
          new ForwardingStore(store) {
            private long written;

            @Override
            public WriteResult upsert(List<CacheRecord> batch) {
              WriteResult result = super.upsert(batch);
              written += result.written();
              return result;
            }

            @Override
            public Counts count(Selection selection, LongConsumer progress) {
              return written == 0
                  ? super.count(selection, progress)
                  : Counts.exact(Map.of(selection.prefixes().get(0), written));
            }
          }),
  COUNTS_BACKWARDS(
      "countingTellsItsProgress",
      store ->
          new ForwardingStore(store) {
            @Override
            public Counts count(Selection selection, LongConsumer progress) {
              progress.accept(2);
              progress.accept(1);
              return super.count(selection, n -> {});
            }
          }),
  TELLS_MORE_THAN_IT_COUNTS(
      "countingTellsItsProgress",
      store ->
          new ForwardingStore(store) {
            @Override
            public Counts count(Selection selection, LongConsumer progress) {
              progress.accept(1_000_000);
              return super.count(selection, n -> {});
            }
          }),
  SAYS_ALL_IS_WRITTEN(
      "rejectedAndUpsertAgreeOnEachRecord",
      store ->
          new ForwardingStore(store) {
            @Override
            public WriteResult upsert(List<CacheRecord> batch) {
              super.upsert(batch);
              return new WriteResult(batch.size(), List.of());
            }
          }),
  COUNTS_FAILURES_AS_WRITTEN_TOO(
      "aRefusedRecordTakesNoNeighbourAlong",
      store ->
          new ForwardingStore(store) {
            @Override
            public WriteResult upsert(List<CacheRecord> batch) {
              return new WriteResult(batch.size(), super.upsert(batch).failures());
            }
          }),
  WRITES_WHAT_IT_REFUSES(
      "rejectedAndUpsertAgreeOnEachRecord",
      store ->
          new ForwardingStore(store) {
            @Override
            public WriteResult upsert(List<CacheRecord> batch) {
              takingAll(store).upsert(batch);
              return super.upsert(batch);
            }
          }),
  WRITES_HALF_OF_WHAT_IT_REFUSES(
      "aRefusedRecordTakesNoNeighbourAlong",
      store ->
          new ForwardingStore(store) {
            @Override
            public WriteResult upsert(List<CacheRecord> batch) {
              batch.stream()
                  .filter(RefusingStore::refuses)
                  .map(record -> CacheRecord.of(record.key(), Map.of()))
                  .forEach(half -> takingAll(store).upsert(List.of(half)));
              return super.upsert(batch);
            }
          }),
  SPOILS_THE_OLD_RECORD(
      "aRefusedRecordLeavesTheOldOneInPlace",
      store ->
          new ForwardingStore(store) {
            @Override
            public WriteResult upsert(List<CacheRecord> batch) {
              List<String> refused =
                  Keys.of(batch.stream().filter(RefusingStore::refuses).toList());
              super.find(refused).records().stream()
                  .map(old -> CacheRecord.of(old.key(), Map.of()))
                  .forEach(spoilt -> takingAll(store).upsert(List.of(spoilt)));
              return super.upsert(batch);
            }
          }),
  LOSES_A_NEIGHBOUR(
      "aRefusedRecordTakesNoNeighbourAlong",
      store ->
          new ForwardingStore(store) {
            @Override
            public WriteResult upsert(List<CacheRecord> batch) {
              List<CacheRecord> left = new ArrayList<>(batch);
              if (batch.stream().anyMatch(RefusingStore::refuses)) {
                left.removeIf(record -> record.equals(batch.get(0)));
              }
              WriteResult result = super.upsert(left);
              return new WriteResult(batch.size() - result.failures().size(), result.failures());
            }
          }),
  FAILS_THE_NEIGHBOURS(
      "aRefusedRecordTakesNoNeighbourAlong",
      store ->
          new ForwardingStore(store) {
            @Override
            public WriteResult upsert(List<CacheRecord> batch) {
              return batch.stream().noneMatch(RefusingStore::refuses)
                  ? super.upsert(batch)
                  : new WriteResult(
                      0,
                      batch.stream()
                          .map(record -> WriteFailure.rejected(record.key(), "one of you"))
                          .toList());
            }
          }),
  FAILS_WHAT_IT_WROTE(
      "rejectedAndUpsertAgreeOnEachRecord",
      store ->
          new ForwardingStore(store) {
            @Override
            public WriteResult upsert(List<CacheRecord> batch) {
              WriteResult result = super.upsert(batch);
              boolean lies = batch.get(0).key().endsWith("no-prompt");
              return lies
                  ? new WriteResult(
                      0, List.of(WriteFailure.rejected(batch.get(0).key(), "no prompt")))
                  : result;
            }
          }),
  REJECTS_WITHOUT_A_WORD(
      "rejectedAndUpsertAgreeOnEachRecord",
      store ->
          new ForwardingStore(store) {
            @Override
            public List<WriteFailure> rejected(List<CacheRecord> batch) {
              return List.of();
            }
          }),
  REJECTS_WHAT_IT_TAKES(
      "rejectedAndUpsertAgreeOnEachRecord",
      store ->
          new ForwardingStore(store) {
            @Override
            public List<WriteFailure> rejected(List<CacheRecord> batch) {
              return batch.stream()
                  .map(record -> WriteFailure.rejected(record.key(), "never"))
                  .toList();
            }
          }),
  TAKES_WHAT_IT_CANNOT_HOLD(
      "rejectedAndUpsertAgreeOnEachRecord", store -> new ForwardingStore(takingAll(store))),
  WOULD_TRY_A_REFUSED_RECORD_AGAIN(
      "rejectedAndUpsertAgreeOnEachRecord",
      store -> new Refailing(store, failure -> new WriteFailure(failure.key(), "busy", true))),
  GIVES_NO_REASON(
      "rejectedAndUpsertAgreeOnEachRecord",
      store -> new Refailing(store, failure -> WriteFailure.rejected(failure.key(), " "))),
  FAILS_OTHER_KEYS(
      "rejectedAndUpsertAgreeOnEachRecord",
      store ->
          new Refailing(store, failure -> WriteFailure.rejected(failure.key() + "!", "refused"))),
  MENDS_SILENTLY(
      "aRefusedRecordTakesNoNeighbourAlong",
      store ->
          new ForwardingStore(store) {
            @Override
            public WriteResult upsert(List<CacheRecord> batch) {
              return super.upsert(batch.stream().map(LyingStores::mended).toList());
            }
          });

  private final String noticedBy;
  private final UnaryOperator<CacheStore> breaking;

  LyingStores(String noticedBy, UnaryOperator<CacheStore> breaking) {
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

  /** The store behind the one that refuses. */
  private static CacheStore takingAll(CacheStore store) {
    return ((RefusingStore) store).store;
  }

  private static CacheRecord mended(CacheRecord record) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(record.fields());
    fields.replaceAll(
        (name, value) ->
            value
                .asString()
                .map(text -> JsonValue.of(text.replaceAll("[\\ud800-\\udfff]", "")))
                .orElse(value));
    return CacheRecord.of(record.key(), fields);
  }

  private static final class Miscounting extends ForwardingStore {

    private final UnaryOperator<Long> lie;

    Miscounting(CacheStore store, UnaryOperator<Long> lie) {
      super(store);
      this.lie = lie;
    }

    @Override
    public Counts count(Selection selection, LongConsumer progress) {
      Map<String, Long> counts = new LinkedHashMap<>(super.count(selection, progress).byPrefix());
      counts.computeIfPresent(selection.prefixes().get(0), (prefix, n) -> lie.apply(n));
      return Counts.exact(counts);
    }
  }

  private static final class Refailing extends ForwardingStore {

    private final UnaryOperator<WriteFailure> lie;

    Refailing(CacheStore store, UnaryOperator<WriteFailure> lie) {
      super(store);
      this.lie = lie;
    }

    @Override
    public WriteResult upsert(List<CacheRecord> batch) {
      WriteResult result = super.upsert(batch);
      return new WriteResult(result.written(), result.failures().stream().map(lie).toList());
    }
  }
}
