package io.github.lightragmigrate.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.progress.WriteEvent;
import io.github.lightragmigrate.report.FailedRecord;
import io.github.lightragmigrate.report.FailureLog;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.report.ReplayReport;
import io.github.lightragmigrate.report.VerificationReport;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program that embeds the engine is told when something is wrong, its own code included. */
@Timeout(60)
class EmbedderFaultsTest {

  private static final Setting PLACE = Setting.text("FAKE_PLACE", "where it is");

  @TempDir Path directory;

  private final FakeStore source = new FakeStore("here").with("extract", 30);
  private final FakeStore target = new FakeStore("there");

  private Migration.Builder builder() {
    return Migration.builder(source.open(Access.SOURCE), target.open(Access.TARGET))
        .batchSize(10)
        .retryPolicy(RetryPolicy.NONE)
        .checkpoint(checkpoint())
        .checkpointInterval(Duration.ZERO);
  }

  private Verification.Builder verification() {
    return Verification.builder(source.open(Access.SOURCE), target.open(Access.SOURCE));
  }

  private Path checkpoint() {
    return directory.resolve("checkpoint.json");
  }

  private void leaveACheckpoint() {
    target.onUpsert =
        batch -> {
          if (target.upserts.size() > 2) {
            throw new StoreException(StoreException.Kind.FAULT, "full");
          }
          return Optional.empty();
        };
    builder().build().run();
    target.onUpsert = batch -> Optional.empty();
    assertThat(checkpoint()).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"count", "started", "written", "verification"})
  void outOfMemoryIsAReport(String where) {
    Consumer<String> at =
        place -> {
          if (place.equals(where)) {
            throw new OutOfMemoryError("a fake");
          }
        };
    source.onCount =
        counts -> {
          at.accept("count");
          at.accept("verification");
          return counts;
        };
    Optional<String> fault =
        where.equals("verification")
            ? verification().build().run().fault()
            : builder()
                .listener(
                    new MigrationListener() {
                      @Override
                      public void started(Counts counts) {
                        at.accept("started");
                      }

                      @Override
                      public void written(WriteEvent event) {
                        at.accept("written");
                      }
                    })
                .build()
                .run()
                .fault();
    assertThat(fault.orElseThrow()).contains("out of memory", "-Xmx");
  }

  @Test
  void aFaultThatIsNoStoresHasItsClass() {
    target.onUpsert =
        batch -> {
          throw new NullPointerException("s3cret is null");
        };
    assertThat(builder().build().run().fault())
        .contains("java.lang.NullPointerException: *** is null");
    source.onCount =
        counts -> {
          throw new IllegalStateException((String) null);
        };
    assertThat(builder().build().run().fault()).contains("java.lang.IllegalStateException");
    assertThat(verification().build().run().fault()).contains("java.lang.IllegalStateException");
    source.onCount =
        counts -> {
          throw new StoreException(StoreException.Kind.FAULT, "the disk is full");
        };
    assertThat(verification().build().run().fault()).contains("the disk is full");
  }

  @Test
  void aFaultHandlerThatThrowsCostsNothing() throws IOException {
    target.onUpsert =
        batch -> {
          if (target.upserts.size() > 2) {
            throw new StoreException(StoreException.Kind.FAULT, "full");
          }
          return Optional.empty();
        };
    MigrationReport report = builder().onFault(EmbedderFaultsTest::broken).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.fault()).contains("full");
    assertThat(report.notes()).singleElement().asString().contains("onFault", "handler");
    assertThat(report.tally().written()).isEqualTo(20);
    assertThat(report.tally().unconfirmed()).isZero();
    assertThat(report.checkpoint()).isPresent();

    source.onCount =
        counts -> {
          throw new StoreException(StoreException.Kind.FAULT, "away");
        };
    VerificationReport compared = verification().onFault(EmbedderFaultsTest::broken).build().run();
    assertThat(compared.notes()).singleElement().asString().contains("onFault");

    target.onUpsert = batch -> Optional.empty();
    Path log = log();
    target.onFlush =
        () -> {
          try {
            Files.writeString(log, "{\"key\": \"more\"}\n", StandardOpenOption.APPEND);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    ReplayReport replayed =
        Replay.builder(log, target.open(Access.TARGET))
            .onFault(EmbedderFaultsTest::broken)
            .build()
            .run();
    assertThat(replayed.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(replayed.migration().notes()).singleElement().asString().contains("onFault");
  }

  private static void broken(RuntimeException fault) {
    throw new IllegalStateException("the handler is broken");
  }

  private Path log() {
    Path log = directory.resolve("failures.ndjson");
    try (FailureLog failures = new FailureLog(log)) {
      failures.append(
          List.of(
              FailedRecord.of(
                  FakeStore.record("extract", 1, 1), FailedRecord.Type.REJECTED, "odd", 1)));
    }
    return log;
  }

  @Test
  void aCheckpointThatCannotBeWrittenIsNoDoubtOfTheRecords() throws IOException {
    Path state = Files.createDirectory(directory.resolve("state"));
    target.onFlush =
        () -> {
          try {
            Files.deleteIfExists(state);
            if (!Files.exists(state)) {
              Files.writeString(state, "in the way");
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    MigrationReport report = builder().checkpoint(state.resolve("checkpoint")).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.fault().orElseThrow()).contains("cannot write the checkpoint");
    assertThat(report.notes()).noneMatch(note -> note.contains("durable"));
    assertThat(report.tally().written()).isEqualTo(target.records.size()).isPositive();
  }

  @Test
  void anInterruptBeforeARunThatGoesOnIsAStop() {
    leaveACheckpoint();
    Thread.currentThread().interrupt();
    MigrationReport report = builder().resume(true).build().run();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(checkpoint()).exists();
    assertThat(builder().resume(true).build().run().resumed()).isEqualTo(20);
  }

  @Test
  void aCheckpointThatCannotBeReadIsAFault() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    List<RuntimeException> faults = new CopyOnWriteArrayList<>();
    MigrationReport report =
        builder()
            .checkpoint(file.resolve("checkpoint"))
            .resume(true)
            .onFault(faults::add)
            .build()
            .run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.fault().orElseThrow()).contains("cannot read the checkpoint");
    assertThat(faults).hasSize(1);
    assertThat(target.upserts).isEmpty();
  }

  @Test
  void aSourceWhosePlaceDoesNotExistIsNoEmptyOne() {
    FakeStore nowhere =
        new FakeStore("nowhere") {
          @Override
          public Optional<Setting> missingPlace() {
            return Optional.of(PLACE);
          }
        };
    MigrationReport report =
        Migration.builder(nowhere.open(Access.SOURCE), target.open(Access.TARGET)).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.fault().orElseThrow()).contains("FAKE_PLACE", "nowhere");
    VerificationReport compared =
        Verification.builder(nowhere.open(Access.SOURCE), target.open(Access.SOURCE)).build().run();
    assertThat(compared.outcome()).isEqualTo(VerificationReport.Outcome.FAILED);
    assertThat(compared.fault().orElseThrow()).contains("FAKE_PLACE");
    // a target is made where there is none
    assertThat(
            Migration.builder(source.open(Access.SOURCE), nowhere.open(Access.TARGET))
                .build()
                .run()
                .outcome())
        .isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void aClosedEndpointIsNoticed() {
    Endpoint from = source.open(Access.SOURCE);
    Endpoint to = target.open(Access.TARGET);
    Migration.Builder builder = Migration.builder(from, to);
    Migration built = builder.build();
    Verification comparison = Verification.builder(from, to).build();
    from.close();
    from.close();
    assertThatIllegalStateException().isThrownBy(built::run).withMessageContaining("is closed");
    assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("is closed");
    assertThatIllegalStateException().isThrownBy(comparison::run).withMessageContaining("closed");
    assertThatIllegalStateException()
        .isThrownBy(() -> from.count(Selection.ofTypes(List.of("extract"))))
        .withMessageContaining("closed");
    Replay replay = Replay.builder(log(), to).build();
    to.close();
    assertThatIllegalStateException().isThrownBy(replay::run).withMessageContaining("closed");
    assertThat(target.upserts).isEmpty();
  }

  @Test
  void goingOnNeedsACheckpoint() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                Migration.builder(source.open(Access.SOURCE), target.open(Access.TARGET))
                    .resume(true)
                    .build())
        .withMessageContaining("checkpoint");
  }

  @Test
  void whateverAnAdapterThrowsWhenItOpensIsWithoutSecrets() {
    FakeStore broken =
        new FakeStore("broken") {
          @Override
          public CacheStore open(Settings settings, Access access) {
            throw new IllegalStateException("no driver for s3cret");
          }
        };
    assertThatThrownBy(() -> broken.open(Access.SOURCE))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FAULT))
        .hasMessage("cannot open FakeKVStorage: java.lang.IllegalStateException: no driver for ***")
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void anIntervalOfAnyLengthIsOne() {
    MigrationReport report =
        builder()
            .checkpointInterval(Duration.ofSeconds(Long.MAX_VALUE))
            .retryBudget(Duration.ofSeconds(Long.MAX_VALUE))
            .build()
            .run();
    assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETED);
    assertThat(target.flushes).hasValue(1);
  }

  @Test
  void wrongOptionsAreRefusedWhereTheyAreGiven() {
    Duration negative = Duration.ofSeconds(-1);
    Migration.Builder migration = builder();
    Replay.Builder replay = Replay.builder(directory, target.open(Access.TARGET));
    Map.<String, Runnable>of(
            "retryBudget", () -> migration.retryBudget(negative),
            "retryBudget must", () -> replay.retryBudget(negative),
            "retryBudget must not", () -> verification().retryBudget(negative),
            "checkpointInterval", () -> migration.checkpointInterval(negative),
            "writers", () -> migration.writers(Migration.MAX_THREADS + 1),
            "writers must", () -> replay.writers(Migration.MAX_THREADS + 1),
            "readers", () -> migration.readers(Migration.MAX_THREADS + 1),
            "readers must", () -> verification().readers(Migration.MAX_THREADS + 1))
        .forEach(
            (message, call) ->
                assertThatThrownBy(call::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(message));
  }
}
