package io.github.lightragmigrate.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.checkpoint.CheckpointFile;
import io.github.lightragmigrate.checkpoint.Progress;
import io.github.lightragmigrate.progress.BatchProgress;
import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.progress.RetryEvent;
import io.github.lightragmigrate.report.FailureLogKeys;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.OnConflict;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CheckpointTest {

  private static final RetryPolicy QUICK =
      new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMinutes(1));

  @TempDir Path directory;

  private final FakeStore source = new FakeStore("here");
  private final VolatileStore target = new VolatileStore("there");

  private Migration.Builder builder() {
    return builder(target);
  }

  private Migration.Builder builder(FakeStore to) {
    return Migration.builder(source.open(Access.SOURCE), to.open(Access.TARGET))
        .batchSize(10)
        .retryPolicy(QUICK)
        .checkpoint(file())
        .checkpointInterval(Duration.ZERO);
  }

  private Path file() {
    return directory.resolve("state").resolve("checkpoint.json");
  }

  private Path failureLog() {
    return directory.resolve("failures.ndjson");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 10, 53",
    "1, 1, 1, 8",
    "1, 3, 10, 53",
    "1, 4, 7, 53",
    "2, 1, 10, 53",
    "3, 3, 7, 53"
  })
  void noCrashLosesARecord(int readers, int writers, int batchSize, int extracts) {
    int count = extracts + 5;
    source.with("extract", extracts).with("summary", 5);
    builder().readers(readers).writers(writers).batchSize(batchSize).build().run();
    int calls = target.calls();
    assertThat(target.records).hasSize(count);
    int resumed = 0;
    for (int crash = 1; crash <= calls; crash++) {
      target.records.clear();
      target.dieAt(crash);
      MigrationReport first =
          builder().readers(readers).writers(writers).batchSize(batchSize).build().run();
      target.liveAgain();
      assertThat(first.tally().written())
          .as("what is said to be written is there after the crash")
          .isLessThanOrEqualTo(target.records.size());

      MigrationReport second =
          builder()
              .readers(readers)
              .writers(writers)
              .batchSize(batchSize)
              .resume(true)
              .build()
              .run();

      assertThat(second.outcome()).as("crash at call " + crash).isEqualTo(Outcome.COMPLETED);
      assertThat(target.records).as("crash at call " + crash).isEqualTo(source.records);
      assertThat(second.tally().written()).isEqualTo(count);
      assertThat(second.batches().succeeded())
          .as("batches: the last of each part may be short")
          .isBetween(
              (count + batchSize - 1L) / batchSize,
              (count + batchSize - 1L) / batchSize + readers - 1);
      assertThat(file()).doesNotExist();
      resumed += second.resumed() > 0 ? 1 : 0;
    }
    if (writers == 1) {
      assertThat(resumed).as("runs that went on from a checkpoint").isGreaterThan(calls / 3);
    }
  }

  @Test
  void goesOnBehindTheCheckpoint() {
    source.with("extract", 50);
    target.dieAt(6);
    builder().build().run();
    long saved = new CheckpointFile(file()).read().orElseThrow().progress().records();
    assertThat(saved).isPositive().isLessThan(50);
    target.liveAgain();
    target.upserts.clear();
    List<Long> expected = new ArrayList<>();
    MigrationReport report =
        builder()
            .resume(true)
            .listener(
                new MigrationListener() {
                  @Override
                  public void batchDone(BatchProgress progress) {
                    expected.add(progress.number());
                  }
                })
            .build()
            .run();
    assertThat(report.resumed()).isEqualTo(saved);
    assertThat(target.upserts.stream().mapToInt(List::size).sum()).isEqualTo(50 - (int) saved);
    assertThat(expected).startsWith(saved / 10 + 1).endsWith(5L);
    assertThat(report.byType().get("extract").written()).isEqualTo(50);
  }

  @Test
  void eachPartGoesOnWhereItWas() {
    source.with("extract", 50);
    target.dieAt(6);
    builder().readers(3).build().run();
    Progress saved = new CheckpointFile(file()).read().orElseThrow().progress();
    assertThat(saved.next()).as("parts that are not at their ends").hasSizeBetween(1, 3);
    assertThat(saved.records()).isPositive().isLessThan(50);
    target.liveAgain();
    target.upserts.clear();
    MigrationReport report = builder().readers(1).resume(true).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(report.resumed()).isEqualTo(saved.records());
    assertThat(target.upserts.stream().mapToInt(List::size).sum())
        .isEqualTo(50 - (int) saved.records());
    assertThat(target.records).isEqualTo(source.records);
  }

  @Test
  void aBatchIsClosedAtAnEndThatComesLate() {
    source.with("extract", 25);
    source.onScan =
        page ->
            page.next().isEmpty() && !page.records().isEmpty()
                ? Page.of(
                    page.records(),
                    Optional.of(new Cursor(page.records().get(page.records().size() - 1).key())))
                : page;
    List<Long> announced = new ArrayList<>();
    MigrationReport report =
        builder()
            .listener(
                new MigrationListener() {
                  @Override
                  public void batchDone(BatchProgress progress) {
                    announced.add(progress.number());
                  }
                })
            .build()
            .run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(announced).containsExactly(1L, 2L, 3L);
  }

  @Test
  void neverPassesAnUnfinishedBatch() {
    source.with("extract", 40);
    FakeStore slow = new FakeStore("slow");
    CountDownLatch others = new CountDownLatch(3);
    AtomicReference<Optional<Long>> whileFirstIsOpen = new AtomicReference<>(Optional.empty());
    Migration migration = builder(slow).writers(2).build();
    slow.onUpsert =
        batch -> {
          if (batch.get(0).key().endsWith("00")) {
            MigrationTest.await(others);
            whileFirstIsOpen.set(
                new CheckpointFile(file()).read().map(saved -> saved.progress().records()));
          } else {
            others.countDown();
          }
          return Optional.empty();
        };
    assertThat(migration.run().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(whileFirstIsOpen.get().orElse(0L)).isZero();
    assertThat(slow.records).hasSize(40);
  }

  @Test
  void isForItsOwnersEyesAndHoldsNoSecret() throws IOException {
    source.with("extract", 30);
    source.unreadable.add(source.records.firstKey());
    target.rejected.add(source.records.lastKey());
    target.dieAt(5);
    builder().failureLog(failureLog()).build().run();
    assertThat(Files.readString(file())).contains("FakeKVStorage").doesNotContain("s3cret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void isRefusedForAnotherMigration() {
    source.with("extract", 30);
    target.dieAt(4);
    builder().build().run();
    target.liveAgain();
    target.upserts.clear();
    for (Migration other :
        List.of(
            builder().selection(Selection.ofTypes(List.of("extract"))).resume(true).build(),
            builder().onConflict(OnConflict.SKIP).resume(true).build(),
            builder().sanitize(true).resume(true).build(),
            builder(new FakeStore("elsewhere")).resume(true).build())) {
      assertThatThrownBy(other::run)
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
          .hasMessageContaining(file().toString())
          .hasMessageContaining("another migration");
    }
    assertThat(target.upserts).isEmpty();
    assertThat(file()).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "no JSON", "{\"checkpoint\": 2}", "[1]"})
  void whatIsNoCheckpointIsRefused(String text) throws IOException {
    source.with("extract", 3);
    Files.createDirectories(file().getParent());
    Files.writeString(file(), text);
    assertThatThrownBy(() -> builder().resume(true).build().run())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("name another file");
    assertThat(Files.readString(file())).isEqualTo(text);
  }

  @Test
  void withoutACheckpointARunBeginsAtTheStartAndSaysSo() throws IOException {
    source.with("extract", 30);
    Path killed = file().resolveSibling(file().getFileName() + ".tmp");
    Files.createDirectories(killed.getParent());
    Files.writeString(killed, "{\"check");
    MigrationReport report = builder().resume(true).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(report.notes()).anyMatch(note -> note.contains("no checkpoint"));
    assertThat(target.records).hasSize(30);
    assertThat(killed.getParent()).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSourceThatCannotGoOnIsReadAnew(boolean mayRepeat) {
    source.mayRepeat = mayRepeat;
    source.with("extract", 50);
    interrupted(6);
    source.onScan =
        new UnaryOperator<>() {
          private boolean refused;

          @Override
          public Page apply(Page page) {
            if (!refused) {
              refused = true;
              throw new StoreException(StoreException.Kind.INVALID_CURSOR, "changed since");
            }
            return page;
          }
        };
    MigrationReport report = builder().resume(true).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(report.tally().written()).isEqualTo(50);
    assertThat(report.resumed()).as("nothing of the earlier run was counted on").isZero();
    assertThat(report.notes()).anyMatch(note -> note.contains("began anew"));
    assertThat(target.records).isEqualTo(source.records);
  }

  @Test
  void aTargetThatMayHaveLostRecordsIsWrittenAnew() {
    source.with("extract", 50);
    interrupted(6);
    target.incarnation = "another";
    target.records.clear();
    MigrationReport report = builder().resume(true).build().run();
    assertThat(report.notes()).anyMatch(note -> note.contains("restarted"));
    assertThat(target.records).isEqualTo(source.records);
    assertThat(report.tally().written()).isEqualTo(50);
  }

  @Test
  void aTargetThatWasEmptiedIsWrittenAnew() {
    source.with("extract", 50);
    interrupted(6);
    target.records.clear();
    MigrationReport report = builder().resume(true).build().run();
    assertThat(report.notes()).anyMatch(note -> note.contains("fewer records"));
    assertThat(target.records).isEqualTo(source.records);
  }

  @Test
  void aRunThatWasGoneOnWithTellsAllItsFailuresOnce() throws IOException {
    source.with("extract", 50);
    source.unreadable.addAll(List.copyOf(source.records.keySet()));
    source.unreadable.removeIf(key -> !key.endsWith("5"));
    target.dieAt(6);
    builder().failureLog(failureLog()).build().run();
    target.liveAgain();
    MigrationReport report = builder().resume(true).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED_WITH_FAILURES);
    assertThat(report.tally().unreadable()).isEqualTo(source.unreadable.size());
    assertThat(report.errors().get(0).count()).isEqualTo(source.unreadable.size());
    assertThat(report.failureLog()).contains(failureLog().toAbsolutePath());
    assertThat(Files.readAllLines(failureLog())).hasSameSizeAs(source.unreadable);
  }

  @Test
  void failuresOfAnotherMigrationStayInTheLog() throws IOException {
    source.with("extract", 50);
    source.unreadable.add(source.records.firstKey());
    target.dieAt(6);
    builder().failureLog(failureLog()).build().run();
    target.liveAgain();
    FakeStore another = new FakeStore("elsewhere").with("summary", 3);
    another.unreadable.addAll(another.records.keySet());
    Migration.builder(another.open(Access.SOURCE), new FakeStore("away").open(Access.TARGET))
        .failureLog(failureLog())
        .build()
        .run();
    MigrationReport report = builder().resume(true).build().run();
    assertThat(report.resumed()).isPositive();
    assertThat(report.tally().unreadable()).isEqualTo(1);
    assertThat(another.unreadable).allMatch(FailureLogKeys.in(failureLog()));
    assertThat(source.unreadable).allMatch(FailureLogKeys.in(failureLog()));
  }

  @Test
  void failuresThatAReplayWroteAnewStayInTheLog() throws IOException {
    source.with("extract", 50);
    List<String> keys = List.copyOf(source.records.keySet());
    source.put(CacheRecord.of(keys.get(2), Map.of()));
    source.unreadable.addAll(keys.subList(30, 40));
    target.dieAt(7);
    builder().failureLog(failureLog()).build().run();
    target.liveAgain();
    long end = new CheckpointFile(file()).read().orElseThrow().failures().orElseThrow().end();
    assertThat(failureLog())
        .as("was written to behind the checkpoint")
        .satisfies(log -> assertThat(Files.size(log)).isGreaterThan(end));
    // now the line of the first failure is behind the others, whose place it had
    Replay.builder(failureLog(), target.open(Access.TARGET)).build().run();
    MigrationReport report = builder().resume(true).build().run();
    assertThat(report.resumed()).isPositive();
    assertThat(report.tally().failed()).isEqualTo(1);
    assertThat(keys.get(2)).matches(FailureLogKeys.in(failureLog()));
    assertThat(source.unreadable).allMatch(FailureLogKeys.in(failureLog()));
  }

  @Test
  void aLogThatWasEmptiedIsToldOf() throws IOException {
    source.with("extract", 50);
    source.unreadable.add(source.records.firstKey());
    target.dieAt(6);
    builder().failureLog(failureLog()).build().run();
    target.liveAgain();
    Files.delete(failureLog());
    MigrationReport report = builder().resume(true).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED_WITH_FAILURES);
    assertThat(report.notes()).singleElement().asString().contains("taken out of the failure log");
  }

  @Test
  void recordsReadTwiceByARepeatingSourceAreNoInconsistency() {
    source.with("extract", 50);
    source.mayRepeat = true;
    interrupted(6);
    AtomicInteger scans = new AtomicInteger();
    source.onScan =
        page -> {
          List<CacheRecord> records = new ArrayList<>(page.records());
          if (scans.incrementAndGet() == 1) {
            records.add(source.records.firstEntry().getValue());
          }
          return new Page(records, page.unreadable(), 0, page.next());
        };
    MigrationReport report = builder().resume(true).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(report.notes()).anyMatch(note -> note.contains("counted twice"));
    assertThat(target.records).isEqualTo(source.records);
  }

  @Test
  void aStoppedRunSaysFromWhereToGoOn() {
    source.with("extract", 1000);
    AtomicReference<Migration> migration = new AtomicReference<>();
    CountDownLatch stopped = new CountDownLatch(1);
    FakeStore steady = new FakeStore("there");
    steady.onUpsert =
        batch -> {
          migration.get().stop();
          stopped.countDown();
          return Optional.empty();
        };
    // a reader that is far ahead would be through before the stop
    AtomicInteger scans = new AtomicInteger();
    source.onScan =
        page -> {
          if (scans.incrementAndGet() > 1) {
            MigrationTest.await(stopped);
          }
          return page;
        };
    migration.set(builder(steady).checkpointInterval(Duration.ofHours(1)).build());
    MigrationReport first = migration.get().run();
    assertThat(first.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(first.checkpoint()).contains(file());
    long done = first.tally().written();
    assertThat(done).isEqualTo(steady.records.size());

    steady.onUpsert = batch -> Optional.empty();
    MigrationReport report = builder(steady).resume(true).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(report.resumed()).isEqualTo(done);
    assertThat(report.checkpoint()).isEmpty();
    assertThat(steady.records).isEqualTo(source.records);
  }

  @Test
  void aStopDoesNotWaitForAStoreThatIsAway() {
    source.with("extract", 30);
    AtomicReference<Migration> migration = new AtomicReference<>();
    FakeStore away = new FakeStore("there");
    away.onUpsert =
        batch -> {
          throw new StoreException(StoreException.Kind.UNAVAILABLE, "connection refused");
        };
    migration.set(
        builder(away)
            .retryPolicy(RetryPolicy.DEFAULT.withDelays(Duration.ofHours(1), Duration.ofHours(1)))
            .listener(
                new MigrationListener() {
                  @Override
                  public void retrying(RetryEvent event) {
                    migration.get().stop();
                  }
                })
            .build());
    MigrationReport report = migration.get().run();
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(report.fault().orElseThrow()).contains("connection refused");
    away.onUpsert = batch -> Optional.empty();
    assertThat(builder(away).resume(true).build().run().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(away.records).isEqualTo(source.records);
  }

  @Test
  void aTargetThatLostRecordsDuringTheRunIsWrittenAgain() throws IOException {
    source.with("extract", 50);
    source.unreadable.add(source.records.firstKey());
    FakeStore memory = new FakeStore("memory");
    AtomicInteger calls = new AtomicInteger();
    memory.onUpsert =
        batch -> {
          if (calls.incrementAndGet() == 4) {
            memory.records.clear();
            memory.incarnation = "restarted";
          }
          return Optional.empty();
        };
    MigrationReport report =
        builder(memory)
            .checkpointInterval(Duration.ofHours(1))
            .failureLog(failureLog())
            .build()
            .run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED_WITH_FAILURES);
    assertThat(report.tally().written()).isEqualTo(49);
    assertThat(memory.records).hasSize(49);
    assertThat(report.notes()).anyMatch(note -> note.contains("restarted"));
    assertThat(Files.readAllLines(failureLog())).hasSize(1);
  }

  @Test
  void aTargetThatLosesRecordsAgainAndAgainIsNotBelieved() {
    source.with("extract", 50);
    FakeStore memory = new FakeStore("memory");
    AtomicInteger restarts = new AtomicInteger();
    memory.onUpsert =
        batch -> {
          memory.incarnation = "restart " + restarts.incrementAndGet();
          return Optional.empty();
        };
    MigrationReport report = builder(memory).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.tally().written()).isZero();
    assertThat(report.tally().unconfirmed()).isPositive();
  }

  @Test
  void aFailedFlushIsNoWrittenRecord() {
    source.with("extract", 30);
    FakeStore full = new FakeStore("full");
    full.onFlush =
        () -> {
          throw new StoreException(StoreException.Kind.FAULT, "no space left on device");
        };
    MigrationReport report = builder(full).checkpointInterval(Duration.ofHours(1)).build().run();
    assertThat(report.tally().written()).isZero();
    assertThat(report.tally().unconfirmed()).isEqualTo(30);
    assertThat(report.checkpoint()).isEmpty();
  }

  @Test
  void aCheckpointThatCannotBeWrittenEndsTheRun() throws IOException {
    source.with("extract", 30);
    Files.writeString(directory.resolve("state"), "a file where a directory should be");
    MigrationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.fault().orElseThrow()).contains("checkpoint", file().toString());
  }

  @Test
  void aDryRunSavesNothing() {
    source.with("extract", 30);
    builder().dryRun(true).build().run();
    assertThat(file()).doesNotExist();
  }

  private void interrupted(int dieAt) {
    target.dieAt(dieAt);
    builder().build().run();
    target.liveAgain();
    assertThat(file()).exists();
    assertThat(target.records).isNotEmpty();
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aCheckpointWithoutAPlaceIsRefused() throws IOException {
    source.with("extract", 53);
    target.dieAt(4);
    builder().build().run();
    target.liveAgain();
    String saved = Files.readString(file());
    String damaged = saved.replaceFirst("\"next\": ?\\[[^]]*]", "\"next\":[]");
    assertThat(damaged).isNotEqualTo(saved);
    Files.writeString(file(), damaged);

    assertThatThrownBy(() -> builder().resume(true).build().run())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file().toString());
  }
}
