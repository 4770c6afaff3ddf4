package io.github.lightragmigrate.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.progress.BatchProgress;
import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.progress.RetryEvent;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.report.Tally;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.LoneSurrogates;
import io.github.lightragmigrate.spi.OnConflict;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MigrationTest {

  private static final RetryPolicy QUICK =
      new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMinutes(1));

  @TempDir Path directory;

  private final FakeStore source = new FakeStore("here");
  private final FakeStore target = new FakeStore("there");
  private final List<BatchProgress> batches = new CopyOnWriteArrayList<>();
  private final List<RetryEvent> retries = new CopyOnWriteArrayList<>();

  private final MigrationListener recorder =
      new MigrationListener() {
        @Override
        public void batchDone(BatchProgress progress) {
          batches.add(progress);
        }

        @Override
        public void retrying(RetryEvent event) {
          retries.add(event);
        }
      };

  private Migration.Builder builder() {
    return Migration.builder(source.open(Access.SOURCE), target.open(Access.TARGET))
        .batchSize(10)
        .retryPolicy(QUICK)
        .listener(recorder);
  }

  private Path failureLog() {
    return directory.resolve("failures.ndjson");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void movesEverythingAndSaysSo(int writers) {
    source.with("extract", 25).with("summary", 12).put(FakeStore.record("query", 1, 5));
    source.largestPage = 4;

    MigrationReport report = builder().writers(writers).build().run();

    assertThat(target.records)
        .hasSize(37)
        .doesNotContainKey("default:query:" + "0".repeat(31) + "1");
    target.records.forEach((key, record) -> assertThat(record).isEqualTo(source.records.get(key)));
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(report.sourceCount()).isEqualTo(37);
    assertThat(report.tally()).isEqualTo(new Tally(37, 37, 0, 0, 0, 0, 0, 0, 0));
    assertThat(report.byType())
        .containsEntry("extract", new Tally(25, 25, 0, 0, 0, 0, 0, 0, 0))
        .containsEntry("summary", new Tally(12, 12, 0, 0, 0, 0, 0, 0, 0))
        .containsEntry("analysis", Tally.ZERO);
    assertThat(report.batches()).isEqualTo(new MigrationReport.Batches(4, 4, 0));
    assertThat(target.flushes).hasValue(1);
    assertThat(batches).extracting(BatchProgress::number).containsExactly(1L, 2L, 3L, 4L);
    assertThat(batches).extracting(BatchProgress::total).containsOnly(4L);
    assertThat(batches).extracting(BatchProgress::done).containsExactly(10L, 20L, 30L, 37L);
    assertThat(batches)
        .extracting(BatchProgress::group)
        .containsExactly(
            "default:extract", "default:extract", "default:extract", "default:summary");
  }

  @Test
  void longRecordsAreWrittenInPartsOfABatch() {
    for (int i = 0; i < 20; i++) {
      CacheRecord record = FakeStore.record("extract", i, 1);
      Map<String, JsonValue> fields = new HashMap<>(record.fields());
      fields.put("return", JsonValue.of("x".repeat(3 << 20)));
      source.put(CacheRecord.of(record.key(), fields));
    }

    MigrationReport report = builder().batchSize(20).build().run();

    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(target.upserts).allMatch(batch -> batch.size() <= 3).hasSizeGreaterThan(6);
    assertThat(batches).hasSize(1);
    assertThat(batches.get(0).records()).isEqualTo(20);
  }

  @Test
  void aLimitedMigrationMovesNoMoreAtOnceThanASecondsWorth() {
    source.with("extract", 45);

    MigrationReport report = builder().batchSize(40).maxRecordsPerSecond(30).build().run();

    assertThat(report.tally().written()).isEqualTo(45);
    assertThat(target.upserts).extracting(List::size).containsExactly(30, 10, 5);
    assertThat(report.batches().total()).isEqualTo(2);
  }

  @Test
  void aStopDoesNotWaitForTheLimit() {
    source.with("extract", 1000);
    Migration migration = builder().batchSize(1000).maxRecordsPerSecond(1).build();
    target.onUpsert =
        batch -> {
          migration.stop();
          return Optional.empty();
        };

    MigrationReport report = migration.run();

    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(report.tally().written()).isLessThan(1000);
  }

  @Test
  void asManyWritersAsTheTargetGainsFrom() {
    source.with("extract", 40);
    target.writers = 4;
    CyclicBarrier together = new CyclicBarrier(4);
    target.onUpsert =
        batch -> {
          awaitUnchecked(together);
          return Optional.empty();
        };

    assertThat(builder().build().run().tally().written()).isEqualTo(40);
  }

  private static void awaitUnchecked(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the writers did not come together", e);
    }
  }

  @Test
  void anEmptySourceIsNoFault() {
    MigrationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(report.tally()).isEqualTo(Tally.ZERO);
    assertThat(batches).isEmpty();
  }

  @Test
  void skipLeavesWhatTheTargetHas() {
    source.with("extract", 20);
    CacheRecord present = FakeStore.record("extract", 3, 1);
    target.put(present);
    MigrationReport report = builder().onConflict(OnConflict.SKIP).build().run();
    assertThat(report.tally()).isEqualTo(new Tally(20, 19, 0, 1, 0, 0, 0, 0, 0));
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(target.records.get(present.key())).isSameAs(present);
  }

  @Test
  void newerComparesUpdateTimes() {
    source.with("extract", 4);
    CacheRecord older = FakeStore.record("extract", 0, 99);
    CacheRecord same = FakeStore.record("extract", 1, 100);
    CacheRecord newer = FakeStore.record("extract", 2, 101);
    List.of(older, same, newer).forEach(target::put);
    MigrationReport report = builder().onConflict(OnConflict.NEWER).build().run();
    assertThat(report.tally()).isEqualTo(new Tally(4, 2, 0, 2, 0, 0, 0, 0, 0));
    assertThat(target.records.get(older.key())).isEqualTo(source.records.get(older.key()));
    assertThat(target.records.get(same.key())).isSameAs(same);
    assertThat(target.records.get(newer.key())).isSameAs(newer);
  }

  @Test
  void aRejectedAndAnUnreadableRecordEndAloneInTheFailureLog() throws Exception {
    source.with("extract", 30);
    String odd = FakeStore.record("extract", 7, 1).key();
    String broken = FakeStore.record("extract", 21, 1).key();
    target.rejected.add(odd);
    source.unreadable.add(broken);

    MigrationReport report = builder().failureLog(failureLog()).build().run();

    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED_WITH_FAILURES);
    assertThat(report.tally()).isEqualTo(new Tally(29, 28, 0, 0, 1, 1, 0, 0, 0));
    assertThat(report.batches()).isEqualTo(new MigrationReport.Batches(3, 1, 2));
    assertThat(report.failureLog()).contains(failureLog());
    assertThat(report.errors())
        .extracting(group -> group.type() + " " + group.count())
        .containsExactlyInAnyOrder("rejected 1", "unreadable 1");
    assertThat(target.records).hasSize(28);
    List<String> lines = Files.readAllLines(failureLog());
    assertThat(lines).hasSize(2);
    Map<String, JsonValue> first = JsonValue.ofJson(lines.get(0)).fields();
    assertThat(first.get("key").string()).isEqualTo(odd);
    assertThat(first.get("type").string()).isEqualTo("rejected");
    assertThat(first.get("reason").string()).isEqualTo("too odd");
    assertThat(CacheRecord.of(odd, first.get("record").fields()))
        .isEqualTo(source.records.get(odd));
    Map<String, JsonValue> second = JsonValue.ofJson(lines.get(1)).fields();
    assertThat(second.get("key").string()).isEqualTo(broken);
    assertThat(second.get("record").isNull()).isTrue();
    assertThat(second.get("text").string()).isEqualTo("[1]");
    if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(failureLog())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void reasonsOfFailuresHoldNoSecret() throws Exception {
    source.with("extract", 1);
    target.onUpsert =
        batch ->
            Optional.of(
                new WriteResult(
                    0, List.of(WriteFailure.rejected(batch.get(0).key(), "at fake://u:s3cret@h"))));
    MigrationReport report = builder().failureLog(failureLog()).build().run();
    assertThat(report.errors().toString()).contains("at fake://").doesNotContain("s3cret");
    assertThat(Files.readString(failureLog())).contains("at fake://").doesNotContain("s3cret");
  }

  @Test
  void whatWasWrittenIsToldAlsoWhenTheLogCannotBe() throws Exception {
    source.with("extract", 10);
    target.rejected.add(FakeStore.record("extract", 3, 1).key());
    MigrationReport report =
        builder().failureLog(Files.createDirectory(failureLog())).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.fault().orElseThrow()).contains("failure log");
    assertThat(report.tally()).isEqualTo(new Tally(10, 9, 0, 0, 1, 0, 0, 0, 0));
  }

  @Test
  void nullTimesAreLeftOut() {
    CacheRecord record = FakeStore.record("extract", 1, 1);
    Map<String, JsonValue> fields = new HashMap<>(record.fields());
    fields.put("create_time", JsonValue.NULL);
    fields.put("update_time", JsonValue.NULL);
    fields.put("chunk_id", JsonValue.NULL);
    source.put(CacheRecord.of(record.key(), fields));
    builder().build().run();
    assertThat(target.records.get(record.key()).fields()).containsOnlyKeys("return", "chunk_id");
  }

  @Test
  void withoutFailuresThereIsNoLog() {
    source.with("extract", 3);
    MigrationReport report = builder().failureLog(failureLog()).build().run();
    assertThat(report.failureLog()).isEmpty();
    assertThat(failureLog()).doesNotExist();
  }

  @Test
  void aBatchRefusedWholeIsSplitUntilThePoisonStandsAlone() {
    source.with("extract", 40);
    String poison = FakeStore.record("extract", 13, 1).key();
    target.onUpsert =
        batch -> {
          if (batch.stream().anyMatch(record -> record.key().equals(poison))) {
            throw new StoreException(StoreException.Kind.REJECTED, "invalid byte sequence");
          }
          return Optional.empty();
        };
    MigrationReport report = builder().batchSize(40).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED_WITH_FAILURES);
    assertThat(report.tally()).isEqualTo(new Tally(40, 39, 0, 0, 1, 0, 0, 0, 0));
    assertThat(target.records).hasSize(39).doesNotContainKey(poison);
    assertThat(report.errors().get(0).examples().get(0).message())
        .isEqualTo("invalid byte sequence");
  }

  @Test
  void aFaultThatPassesCostsNothing() {
    source.with("extract", 25);
    AtomicInteger calls = new AtomicInteger();
    target.onUpsert =
        batch -> {
          if (calls.incrementAndGet() % 3 != 0) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "connection reset");
          }
          return Optional.empty();
        };
    source.onScan =
        page -> {
          if (calls.incrementAndGet() == 2) {
            throw new StoreException(StoreException.Kind.THROTTLED, "busy");
          }
          return page;
        };
    MigrationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(target.records).hasSize(25);
    assertThat(retries).isNotEmpty();
  }

  @Test
  void aTargetThatStaysAwayEndsTheRunAndWhatItAcceptedIsFlushed() {
    source.with("extract", 25);
    AtomicInteger calls = new AtomicInteger();
    target.onUpsert =
        batch -> {
          if (calls.incrementAndGet() > 1) {
            throw new StoreException(
                StoreException.Kind.UNAVAILABLE, "no answer from fake://u:s3cret@host");
          }
          return Optional.empty();
        };
    MigrationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.fault().orElseThrow()).contains("no answer").doesNotContain("s3cret");
    assertThat(report.tally().written()).isEqualTo(10);
    assertThat(target.flushes).hasValue(1);
    assertThat(calls).hasValue(1 + QUICK.attempts());
  }

  @Test
  void onlyTheKeysThatFailedAreTriedAgain() {
    source.with("extract", 10);
    AtomicInteger calls = new AtomicInteger();
    target.onUpsert =
        batch -> {
          if (calls.incrementAndGet() > 1) {
            return Optional.empty();
          }
          batch.subList(2, 10).forEach(target::put);
          return Optional.of(
              new WriteResult(
                  8,
                  batch.subList(0, 2).stream()
                      .map(record -> new WriteFailure(record.key(), "429", true))
                      .toList()));
        };
    MigrationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(target.records).hasSize(10);
    assertThat(target.upserts).extracting(List::size).containsExactly(10, 2);
  }

  @Test
  void aKeyThatFailsOnEveryAttemptIsGivenUp() {
    source.with("extract", 10);
    target.onUpsert =
        batch -> {
          batch.subList(1, batch.size()).forEach(target::put);
          return Optional.of(
              new WriteResult(
                  batch.size() - 1,
                  List.of(new WriteFailure(batch.get(0).key(), "shard away", true))));
        };
    MigrationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED_WITH_FAILURES);
    assertThat(report.errors().get(0).type()).isEqualTo("gave_up");
    assertThat(report.errors().get(0).examples().get(0).message()).isEqualTo("shard away");
    assertThat(target.upserts).extracting(List::size).containsExactly(10, 1, 1, 1);
  }

  @Test
  void aTargetThatLosesCountIsNotBelieved() {
    source.with("extract", 10);
    target.onUpsert = batch -> Optional.of(new WriteResult(9, List.of()));
    MigrationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.fault().orElseThrow()).contains("does not add up");
  }

  @Test
  void aTargetThatFailsUnknownKeysIsNotBelieved() {
    source.with("extract", 10);
    target.onUpsert =
        batch -> Optional.of(new WriteResult(9, List.of(WriteFailure.rejected("unknown", "odd"))));
    assertThat(builder().build().run().outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void aSourceThatOmitsARecordIsFoundOut() {
    source.with("extract", 10);
    source.onScan = page -> Page.of(page.records().subList(0, 9), page.next());
    MigrationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.INCONSISTENT);
    assertThat(report.fault().orElseThrow()).contains("10").contains("9");
  }

  @Test
  void aTargetThatSomebodyEmptiesMeanwhileIsFoundOut() {
    source.with("extract", 30);
    target.onFlush = () -> target.records.remove(source.records.firstKey());
    MigrationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.INCONSISTENT);
    assertThat(report.fault().orElseThrow()).contains("counts 29 records, but 30");
  }

  @Test
  void aSourceThatGrewIsToldOf() {
    source.with("extract", 10);
    AtomicInteger counts = new AtomicInteger();
    source.onCount =
        count ->
            counts.incrementAndGet() == 1 ? Counts.exact(Map.of("default:extract:", 7L)) : count;
    MigrationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(report.sourceCount()).isEqualTo(10);
    assertThat(report.notes().get(0)).contains("changed").contains("7").contains("10");
    assertThat(batches.get(0).total()).isEqualTo(1);
    assertThat(batches.get(0).expected()).isEqualTo(10);
  }

  @Test
  void batchNumbersNeverExceedTheTotal() {
    source.with("extract", 50);
    source.onCount = count -> Counts.exact(Map.of("default:extract:", 11L));
    builder().build().run();
    assertThat(batches).hasSize(5).allMatch(batch -> batch.number() <= batch.total());
  }

  @Test
  void vanishedRecordsAreAccountedFor() {
    source.with("extract", 10);
    source.onScan = page -> new Page(page.records().subList(1, 10), List.of(), 1, page.next());
    MigrationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(report.tally()).isEqualTo(new Tally(9, 9, 0, 0, 0, 0, 1, 0, 0));
  }

  @Test
  void repeatsCountOnce() {
    source.with("extract", 20);
    source.largestPage = 5;
    source.mayRepeat = true;
    List<CacheRecord> before = new ArrayList<>();
    source.onScan =
        page -> {
          List<CacheRecord> records = new ArrayList<>(page.records());
          records.addAll(before);
          before.clear();
          before.addAll(page.records());
          return Page.of(records, page.next());
        };
    MigrationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(report.tally()).isEqualTo(new Tally(20, 20, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void aLostCursorIsAnsweredByARescan() {
    source.with("extract", 30);
    source.mayRepeat = true;
    AtomicInteger scans = new AtomicInteger();
    source.onScan =
        page -> {
          if (scans.incrementAndGet() == 2) {
            throw new StoreException(StoreException.Kind.INVALID_CURSOR, "stale");
          }
          return page;
        };
    MigrationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(report.tally().written()).isEqualTo(30);
  }

  @Test
  void aSourceThatChangesUnderTheScanEndsTheRun() {
    source.with("extract", 30);
    source.onScan =
        page -> {
          if (page.next().map(Cursor::text).orElse("").isEmpty()) {
            throw new StoreException(StoreException.Kind.INVALID_CURSOR, "the file changed");
          }
          return page;
        };
    MigrationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.fault()).contains("the file changed");
  }

  @Test
  void stopEndsEarlyAndKeepsWhatWasWritten() {
    source.with("extract", 1000);
    AtomicReference<Migration> migration = new AtomicReference<>();
    CountDownLatch stopped = new CountDownLatch(1);
    MigrationListener stopping =
        new MigrationListener() {
          @Override
          public void batchDone(BatchProgress progress) {
            if (progress.number() == 2) {
              migration.get().stop();
              stopped.countDown();
            }
          }
        };
    // a reader that is far ahead would be through before the second batch is written
    AtomicInteger scans = new AtomicInteger();
    source.onScan =
        page -> {
          if (scans.incrementAndGet() > 3) {
            await(stopped);
          }
          return page;
        };
    migration.set(builder().listener(stopping).build());
    MigrationReport report = migration.get().run();
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(report.tally().written()).isEqualTo(target.records.size()).isLessThan(1000);
    assertThat(target.flushes).hasValue(1);
  }

  @Test
  void aStopBeforeTheRunMovesNothing() {
    source.with("extract", 10);
    Migration migration = builder().build();
    migration.stop();
    assertThat(migration.run().outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(target.records).isEmpty();
  }

  @Test
  void anInterruptStopsAndIsKept() throws Exception {
    source.with("extract", 100);
    CountDownLatch writing = new CountDownLatch(1);
    target.onUpsert =
        batch -> {
          writing.countDown();
          await(new CountDownLatch(1));
          return Optional.empty();
        };
    AtomicReference<MigrationReport> report = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Thread runner =
        new Thread(
            () -> {
              report.set(builder().build().run());
              flag.set(Thread.currentThread().isInterrupted());
            });
    runner.start();
    writing.await();
    runner.interrupt();
    runner.join();
    assertThat(report.get().outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(flag.get()).isTrue();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("lightrag-migrate"));
  }

  @Test
  void aDryRunWritesNothingAndSaysWhatItWould() {
    source.with("extract", 20);
    target.put(FakeStore.record("extract", 3, 1));
    target.rejected.add(FakeStore.record("extract", 5, 1).key());
    MigrationReport report =
        Migration.builder(source.open(Access.SOURCE), target.open(Access.SOURCE))
            .dryRun(true)
            .build()
            .run();
    assertThat(report.tally()).isEqualTo(new Tally(20, 19, 1, 0, 1, 0, 0, 0, 0));
    assertThat(report.dryRun()).isTrue();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED_WITH_FAILURES);
    assertThat(target.upserts).isEmpty();
    assertThat(target.flushes).hasValue(0);
    assertThat(target.records).hasSize(1);
  }

  @Test
  void aTargetOpenedForReadingIsNotWrittenTo() {
    assertThatThrownBy(
            () -> Migration.builder(source.open(Access.SOURCE), target.open(Access.SOURCE)).build())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sourceAndTargetMustDiffer() {
    assertThatThrownBy(
            () ->
                Migration.builder(
                        source.open(Access.SOURCE), new FakeStore("here").open(Access.TARGET))
                    .build()
                    .run())
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
        .hasMessageContaining("here");
  }

  @Test
  void outOfMemoryIsAFailedRunWithAReport() {
    source.with("extract", 15);
    AtomicInteger calls = new AtomicInteger();
    target.onUpsert =
        batch -> {
          if (calls.incrementAndGet() == 2) {
            throw new OutOfMemoryError("Java heap space");
          }
          return Optional.empty();
        };
    MigrationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.fault().orElseThrow()).contains("out of memory", "-Xmx");
    assertThat(report.tally().written()).isEqualTo(10);
  }

  @Test
  void aStoreIsTriedForAsLongAsItsBudget() {
    source.with("extract", 5);
    AtomicInteger calls = new AtomicInteger();
    target.onUpsert =
        batch -> {
          calls.incrementAndGet();
          throw new StoreException(StoreException.Kind.UNAVAILABLE, "away");
        };
    MigrationReport report =
        builder()
            .retryPolicy(
                new RetryPolicy(
                    1000, Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofSeconds(9)))
            .retryBudget(Duration.ofMillis(40))
            .build()
            .run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(calls.get()).isBetween(2, 20);
  }

  @Test
  void aFailedFlushIsAFailedRun() {
    source.with("extract", 5);
    target.onFlush =
        () -> {
          throw new StoreException(StoreException.Kind.FAULT, "no space left on device");
        };
    MigrationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.fault()).contains("no space left on device");
    assertThat(report.notes().get(0)).contains("did not confirm");
  }

  @Test
  void whatWasWrittenOfABatchBeforeAFaultIsCounted() {
    source.with("extract", 30);
    target.onUpsert =
        batch -> {
          if (target.upserts.size() == 3) {
            throw new StoreException(StoreException.Kind.FAULT, "no more");
          }
          if (target.upserts.size() == 1) {
            return Optional.empty();
          }
          batch.subList(0, 7).forEach(target::put);
          return Optional.of(
              new WriteResult(
                  7,
                  batch.subList(7, 10).stream()
                      .map(record -> new WriteFailure(record.key(), "busy", true))
                      .toList()));
        };
    MigrationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.fault()).contains("no more");
    assertThat(report.tally().written()).isEqualTo(target.records.size()).isEqualTo(17);
    assertThat(report.batches().succeeded()).isEqualTo(1);
  }

  @Test
  void aListenerThatThrowsEndsTheRun() {
    source.with("extract", 500);
    MigrationListener broken =
        new MigrationListener() {
          @Override
          public void batchDone(BatchProgress progress) {
            throw new IllegalStateException("listener");
          }
        };
    MigrationReport report = builder().listener(broken).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.fault()).contains("java.lang.IllegalStateException: listener");
  }

  @Test
  void narrowsToASelection() {
    source.with("extract", 5).with("summary", 6);
    MigrationReport report =
        builder().selection(Selection.ofTypes(List.of("summary"))).build().run();
    assertThat(report.sourceCount()).isEqualTo(6);
    assertThat(target.records.keySet()).hasSize(6).allMatch(key -> key.contains(":summary:"));
  }

  @Test
  void aRecordThatLightRagCouldNotUseIsRejectedForEveryTarget() throws Exception {
    source.with("extract", 5);
    String without = source.records.firstKey();
    source.put(CacheRecord.of(without, Map.of("create_time", JsonValue.of(1))));
    String number = source.records.lastKey();
    source.put(CacheRecord.of(number, Map.of("return", JsonValue.of(1))));
    MigrationReport report = builder().failureLog(failureLog()).build().run();
    assertThat(report.tally().failed()).isEqualTo(2);
    assertThat(target.records).hasSize(3).doesNotContainKeys(without, number);
    assertThat(Files.readString(failureLog())).contains("there is no 'return'", "is no text");
  }

  @Test
  void sanitizeWritesACleanedCopyAndKeepsTheOriginal() throws Exception {
    source.with("extract", 10);
    List<String> keys = List.copyOf(source.records.keySet());
    source.put(record(keys.get(2), "a\ud83d b"));
    source.put(record(keys.get(3), "c\u0000d\ud83d"));
    source.put(record(keys.get(4), "\ud83d\ude00 whole"));
    target.rejected.add(keys.get(5));
    target.refuses =
        record ->
            LoneSurrogates.areIn(record.field("return").orElseThrow().string())
                || record.field("return").orElseThrow().string().indexOf(0) >= 0;
    MigrationReport report = builder().sanitize(true).failureLog(failureLog()).build().run();
    assertThat(target.records.get(keys.get(2)).field("return").orElseThrow().string())
        .isEqualTo("a b");
    assertThat(target.records.get(keys.get(3)).field("return").orElseThrow().string())
        .isEqualTo("cd");
    assertThat(target.records.get(keys.get(4))).isEqualTo(source.records.get(keys.get(4)));
    assertThat(report.tally()).isEqualTo(new Tally(10, 9, 0, 0, 1, 0, 0, 2, 0));
    assertThat(report.accounts().sanitizedKeys()).containsExactly(keys.get(2), keys.get(3));
    assertThat(Files.readAllLines(failureLog()))
        .hasSize(3)
        .filteredOn(line -> line.contains("\"sanitized\""))
        .hasSize(2)
        .anyMatch(line -> line.contains("a\\uD83D b") || line.contains("a\\ud83d b"));
  }

  @Test
  void whatTheTargetDoesNotKeepIsNamed() {
    source.with("extract", 10);
    target.asStored =
        record ->
            CacheRecord.of(
                record.key(),
                Map.of(
                    "return",
                    record.field("return").orElseThrow(),
                    "create_time",
                    JsonValue.of(0)));
    for (boolean dryRun : new boolean[] {true, false}) {
      MigrationReport report = builder().dryRun(dryRun).build().run();
      assertThat(report.accounts().changedFields())
          .isEqualTo(Map.of("update_time", 10L, "create_time", 10L));
    }
  }

  private static CacheRecord record(String key, String answer) {
    return CacheRecord.of(key, Map.of("return", JsonValue.of(answer)));
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(StoreException.Kind.INTERRUPTED, "interrupted", e);
    }
  }
}
