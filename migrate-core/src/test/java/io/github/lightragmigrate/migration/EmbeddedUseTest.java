package io.github.lightragmigrate.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.progress.BatchProgress;
import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.progress.WriteEvent;
import io.github.lightragmigrate.report.FailedRecord;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.report.Tally;
import io.github.lightragmigrate.report.VerificationReport;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a program that embeds the engine counts on, beside the migration itself. */
@Timeout(60)
class EmbeddedUseTest {

  @TempDir Path directory;

  private final FakeStore source = new FakeStore("here");
  private final FakeStore target = new FakeStore("there");

  private Migration.Builder builder() {
    return Migration.builder(source.open(Access.SOURCE), target.open(Access.TARGET))
        .batchSize(10)
        .retryPolicy(RetryPolicy.NONE)
        .checkpoint(directory.resolve("checkpoint.json"))
        .checkpointInterval(Duration.ZERO)
        .failureLog(directory.resolve("failures.ndjson"));
  }

  @Test
  void theListenerIsToldOfCallsFailuresTypesAndCheckpoints() {
    source.with("extract", 25).with("summary", 5);
    CacheRecord refused = FakeStore.record("summary", 2, 100);
    target.rejected.add(refused.key());
    List<WriteEvent> calls = new CopyOnWriteArrayList<>();
    List<FailedRecord> failures = new CopyOnWriteArrayList<>();
    List<BatchProgress> batches = new CopyOnWriteArrayList<>();
    List<Long> checkpoints = new CopyOnWriteArrayList<>();

    builder()
        .listener(
            new MigrationListener() {
              @Override
              public void written(WriteEvent event) {
                calls.add(event);
              }

              @Override
              public void recordFailed(FailedRecord record) {
                failures.add(record);
              }

              @Override
              public void batchDone(BatchProgress progress) {
                batches.add(progress);
              }

              @Override
              public void checkpointSaved(long done) {
                checkpoints.add(done);
              }
            })
        .build()
        .run();

    assertThat(calls).extracting(WriteEvent::records).containsExactly(10, 10, 9);
    assertThat(calls.stream().mapToLong(WriteEvent::bytes).sum())
        .isEqualTo(source.records.values().stream().mapToLong(CacheRecord::size).sum());
    assertThat(calls).extracting(WriteEvent::duration).noneMatch(Duration::isNegative);
    assertThat(failures)
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.type()).isEqualTo(FailedRecord.Type.REJECTED);
              assertThat(failure.record()).contains(refused);
            });
    assertThat(batches.get(2).accounts().byType())
        .isEqualTo(
            Map.of(
                "extract", new Tally(5, 5, 0, 0, 0, 0, 0, 0, 0),
                "summary", new Tally(5, 4, 0, 0, 1, 0, 0, 0, 0)));
    assertThat(checkpoints).containsExactly(10L, 20L);
  }

  @Test
  void aDryRunTellsOfNoCall() {
    source.with("extract", 25);
    List<WriteEvent> calls = new CopyOnWriteArrayList<>();
    builder()
        .dryRun(true)
        .listener(
            new MigrationListener() {
              @Override
              public void written(WriteEvent event) {
                calls.add(event);
              }
            })
        .build()
        .run();
    assertThat(calls).isEmpty();
  }

  @Test
  void nothingRunsTwice() throws IOException {
    source.with("extract", 5);
    target.rejected.add(FakeStore.record("extract", 2, 100).key());
    Migration migration = builder().build();
    migration.run();
    target.upserts.clear();
    assertThatIllegalStateException().isThrownBy(migration::run).withMessageContaining("once");
    assertThat(target.upserts).isEmpty();
    Verification verification =
        Verification.builder(source.open(Access.SOURCE), target.open(Access.SOURCE)).build();
    verification.run();
    assertThatIllegalStateException().isThrownBy(verification::run).withMessageContaining("once");
    Path log = directory.resolve("failures.ndjson");
    Replay replay = Replay.builder(log, target.open(Access.TARGET)).build();
    replay.run();
    assertThatIllegalStateException().isThrownBy(replay::run).withMessageContaining("once");
    assertThat(Files.readAllLines(log)).hasSize(1);
  }

  @Test
  void aStopAfterTheRunDoesNothing() {
    source.with("extract", 5);
    Migration migration = builder().build();
    MigrationReport report = migration.run();
    migration.stop();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void aBuilderCanBeChangedAndBuiltFromAgain() {
    source.with("extract", 25);
    Migration.Builder builder = builder();
    Migration first = builder.build();
    Migration second = builder.batchSize(25).failureLog(directory.resolve("other")).build();
    first.run();
    assertThat(target.upserts).extracting(List::size).containsExactly(10, 10, 5);
    target.upserts.clear();
    second.run();
    assertThat(target.upserts).extracting(List::size).containsExactly(25);
  }

  @Test
  void nullIsRefusedWhereItIsGiven() {
    Migration.Builder migration = builder();
    Verification.Builder verification =
        Verification.builder(source.open(Access.SOURCE), target.open(Access.SOURCE));
    Replay.Builder replay = Replay.builder(directory, target.open(Access.TARGET));
    Stream.<Map.Entry<String, Runnable>>of(
            Map.entry("source", () -> Migration.builder(null, null)),
            Map.entry("adapter", () -> Endpoint.open(null, Settings.of(Map.of()), Access.SOURCE)),
            Map.entry("settings", () -> Endpoint.open(source, null, Access.SOURCE)),
            Map.entry("access", () -> source.open(null)),
            Map.entry("selection", () -> source.open(Access.SOURCE).count(null)),
            Map.entry("values", () -> Settings.of(null)),
            Map.entry(
                "value of FAKE_PASSWORD",
                () -> Settings.of(Collections.singletonMap("FAKE_PASSWORD", null))),
            Map.entry("types", () -> Selection.ofTypes(null)),
            Map.entry("budget", () -> RetryPolicy.NONE.withBudget(null)),
            Map.entry("selection", () -> migration.selection(null)),
            Map.entry("listener", () -> migration.listener(null)),
            Map.entry("checkpoint", () -> migration.checkpoint(null)),
            Map.entry("failureLog", () -> migration.failureLog(null)),
            Map.entry("onFault", () -> migration.onFault(null)),
            Map.entry("checkpointInterval", () -> migration.checkpointInterval(null)),
            Map.entry("known", () -> verification.known(null)),
            Map.entry("onFinding", () -> verification.onFinding(null)),
            Map.entry("failureLog", () -> Replay.builder(null, target.open(Access.TARGET))),
            Map.entry("retryBudget", () -> replay.retryBudget(null)),
            Map.entry("listener", () -> replay.listener(null)))
        .forEach(
            call ->
                assertThatNullPointerException()
                    .isThrownBy(call.getValue()::run)
                    .withMessage(call.getKey()));
  }

  @Test
  void aReplayIsCheckedBeforeItRuns() throws IOException {
    Path log = Files.createFile(directory.resolve("failures.ndjson"));
    Replay.Builder builder = Replay.builder(log, target.open(Access.SOURCE));
    assertThatThrownBy(() -> builder.batchSize(0)).hasMessageContaining("batch size");
    assertThatThrownBy(() -> builder.writers(0)).hasMessageContaining("writers");
    assertThatIllegalStateException().isThrownBy(builder::build);
    assertThat(builder.dryRun(true).build().run().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void noCheckpointLiesBehindAFailureThatCouldNotBeLogged() throws IOException {
    source.with("extract", 50);
    String refused = FakeStore.record("extract", 25, 100).key();
    target.rejected.add(refused);
    Path log = directory.resolve("failures.ndjson");
    Files.createDirectory(log);
    MigrationReport first = builder().build().run();
    assertThat(first.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(first.tally().failed()).isEqualTo(1);

    Files.delete(log);
    MigrationReport second = builder().resume(true).build().run();

    assertThat(second.outcome()).isEqualTo(Outcome.COMPLETED_WITH_FAILURES);
    assertThat(second.resumed()).isEqualTo(20);
    assertThat(Files.readString(log)).contains(refused);
    assertThat(second.tally().failed()).isEqualTo(1);
    assertThat(target.records).hasSize(49);
  }

  @Test
  void whatIsWrittenBesideAFailureThatCannotBeLoggedIsCounted() throws IOException {
    source.with("extract", 30);
    target.rejected.add(FakeStore.record("extract", 15, 100).key());
    Path log = Files.createFile(directory.resolve("failures.ndjson"));
    try (FileChannel replay = FileChannel.open(log, StandardOpenOption.WRITE)) {
      assertThat(replay.tryLock()).isNotNull();
      MigrationReport report = builder().build().run();
      assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(report.fault().orElseThrow()).contains(log.toString(), "is being replayed");
      assertThat(report.tally().written()).isEqualTo(target.records.size()).isEqualTo(19);
      assertThat(report.tally().failed()).isEqualTo(1);
    }
    MigrationReport second = builder().resume(true).build().run();
    assertThat(second.outcome()).isEqualTo(Outcome.COMPLETED_WITH_FAILURES);
    assertThat(Files.readAllLines(log)).hasSize(1);
  }

  /** How a run can end. */
  enum End {
    COMPLETED,
    FAULT_OF_THE_SOURCE,
    FAULT_OF_THE_TARGET,
    FAULT_OF_THE_LISTENER,
    ERROR,
    STOP,
    INTERRUPT
  }

  @ParameterizedTest
  @EnumSource
  void noThreadIsLeftHoweverARunEnds(End end) throws Exception {
    source.with("extract", 1000);
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Consumer<End> at =
        where -> {
          if (where != end) {
            return;
          }
          busy.countDown();
          switch (end) {
            case STOP, INTERRUPT -> MigrationTest.await(never);
            case ERROR -> throw new NoClassDefFoundError("of a driver");
            default -> throw new IllegalStateException("on purpose");
          }
        };
    source.onScan =
        page -> {
          at.accept(End.FAULT_OF_THE_SOURCE);
          return page;
        };
    target.onUpsert =
        batch -> {
          at.accept(End.FAULT_OF_THE_TARGET);
          at.accept(End.ERROR);
          at.accept(End.INTERRUPT);
          if (end == End.STOP) {
            busy.countDown();
          }
          return Optional.empty();
        };
    Migration migration =
        builder()
            .writers(3)
            .listener(
                new MigrationListener() {
                  @Override
                  public void batchDone(BatchProgress progress) {
                    at.accept(End.FAULT_OF_THE_LISTENER);
                  }
                })
            .build();
    CompletableFuture<String> how = new CompletableFuture<>();
    Thread runner =
        new Thread(
            () -> {
              String outcome;
              try {
                outcome = migration.run().outcome().name();
              } catch (NoClassDefFoundError e) {
                outcome = "ERROR";
              }
              how.complete(outcome + (Thread.interrupted() ? " INTERRUPTED" : "") + threads());
            });
    runner.start();
    if (end == End.STOP || end == End.INTERRUPT) {
      busy.await();
      if (end == End.STOP) {
        migration.stop();
      } else {
        runner.interrupt();
      }
    }
    String expected =
        switch (end) {
          case COMPLETED -> "COMPLETED[]";
          case STOP -> "STOPPED[]";
          case INTERRUPT -> "STOPPED INTERRUPTED[]";
          case ERROR -> "ERROR[]";
          default -> "FAILED[]";
        };
    String found = how.get();
    // a stop that comes when all was read changes nothing
    assertThat(found).isIn(end == End.STOP ? List.of(expected, "COMPLETED[]") : List.of(expected));
  }

  /** Those of the engine, at this moment. */
  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("lightrag-migrate"))
        .toList();
  }

  @Test
  void theEnginesThreadsHaveNamesAndKeepNoProcessAlive() {
    source.with("extract", 10);
    List<Thread> seen = new CopyOnWriteArrayList<>();
    target.onUpsert =
        batch -> {
          seen.add(Thread.currentThread());
          return Optional.empty();
        };
    builder().build().run();
    assertThat(seen)
        .singleElement()
        .satisfies(
            thread -> {
              assertThat(thread.getName()).isEqualTo("lightrag-migrate-2");
              assertThat(thread.isDaemon()).isTrue();
            });
  }

  @Test
  void anInterruptedRunLosesNothingAndGoesOn() throws Exception {
    source.with("extract", 200);
    CountDownLatch busy = new CountDownLatch(5);
    target.onUpsert =
        batch -> {
          busy.countDown();
          if (busy.getCount() == 0) {
            MigrationTest.await(new CountDownLatch(1));
          }
          return Optional.empty();
        };
    CompletableFuture<MigrationReport> done = new CompletableFuture<>();
    Thread runner =
        new Thread(
            () -> done.complete(builder().checkpointInterval(Duration.ofHours(1)).build().run()));
    runner.start();
    busy.await();
    runner.interrupt();
    MigrationReport first = done.get();
    assertThat(first.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(first.fault()).contains("interrupted");
    assertThat(first.checkpoint()).contains(directory.resolve("checkpoint.json"));
    assertThat(first.tally().written()).isEqualTo(target.records.size()).isEqualTo(40);

    target.onUpsert = batch -> Optional.empty();
    MigrationReport second = builder().resume(true).build().run();
    assertThat(second.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(second.resumed()).isEqualTo(40);
    assertThat(target.records).isEqualTo(source.records);
  }

  @Test
  void aReportTellsOfAnEarlierCheckpointThatIsStillGood() {
    source.with("extract", 50);
    target.onFlush =
        () -> {
          if (target.records.size() > 20) {
            throw new StoreException(StoreException.Kind.FAULT, "disk full");
          }
        };
    MigrationReport first = builder().build().run();
    assertThat(first.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(first.checkpoint()).contains(directory.resolve("checkpoint.json"));
    assertThat(first.checkpoint().orElseThrow()).exists();

    target.onFlush = () -> {};
    source.onCount =
        counts -> {
          throw new StoreException(StoreException.Kind.UNAVAILABLE, "away");
        };
    MigrationReport second = builder().resume(true).build().run();
    assertThat(second.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(second.checkpoint()).contains(directory.resolve("checkpoint.json"));

    source.onCount = counts -> counts;
    MigrationReport third = builder().resume(true).build().run();
    assertThat(third.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(third.resumed()).isPositive();
    assertThat(third.checkpoint()).isEmpty();
  }

  @Test
  void aTargetThatIsAwayWhenARunGoesOnIsAFaultInTheReport() {
    source.with("extract", 50);
    AtomicInteger flushes = new AtomicInteger();
    target.onFlush =
        () -> {
          if (flushes.incrementAndGet() > 2) {
            throw new StoreException(StoreException.Kind.FAULT, "disk full");
          }
        };
    builder().build().run();
    target.onFlush = () -> {};
    target.onCount =
        counts -> {
          throw new StoreException(StoreException.Kind.UNAVAILABLE, "away, says s3cret");
        };
    List<RuntimeException> faults = new CopyOnWriteArrayList<>();
    MigrationReport second = builder().resume(true).onFault(faults::add).build().run();
    assertThat(second.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(second.fault()).contains("away, says ***");
    assertThat(second.checkpoint()).contains(directory.resolve("checkpoint.json"));
    assertThat(faults).hasSize(1);

    target.onCount = counts -> counts;
    MigrationReport third = builder().resume(true).build().run();
    assertThat(third.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(third.resumed()).isEqualTo(20);
  }

  @Test
  void aThreadThatIsInterruptedAlreadyMovesNothing() {
    source.with("extract", 20);
    Thread.currentThread().interrupt();
    MigrationReport report = builder().build().run();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
  }

  @Test
  void anInterruptedVerificationSaysSo() {
    source.with("extract", 20);
    Thread.currentThread().interrupt();
    VerificationReport report =
        Verification.builder(source.open(Access.SOURCE), target.open(Access.SOURCE)).build().run();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.outcome()).isEqualTo(VerificationReport.Outcome.STOPPED);
  }

  @Test
  void theFaultHandlerIsGivenTheKind() {
    source.with("extract", 20);
    target.onUpsert =
        batch -> {
          throw new StoreException(StoreException.Kind.DENIED, "no right for s3cret");
        };
    List<RuntimeException> faults = new CopyOnWriteArrayList<>();
    MigrationReport report = builder().onFault(faults::add).build().run();
    assertThat(report.fault()).contains("no right for ***");
    assertThat(faults)
        .singleElement()
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DENIED));
  }
}
