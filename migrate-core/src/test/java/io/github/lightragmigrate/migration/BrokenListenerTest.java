package io.github.lightragmigrate.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.WriteResult;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A listener that throws ends the run, and costs nothing that was written. */
@Timeout(60)
class BrokenListenerTest {

  private static final RetryPolicy QUICK =
      new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMinutes(1));

  @TempDir Path directory;

  private final FakeStore source = new FakeStore("here").with("extract", 95);

  /** Keeps only what is flushed. */
  private final VolatileStore target = new VolatileStore("there");

  private final AtomicBoolean throttled = new AtomicBoolean(true);

  @BeforeEach
  void oneCallFailsAtFirst() {
    Function<List<CacheRecord>, Optional<WriteResult>> upsert = target.onUpsert;
    target.onUpsert =
        batch -> {
          if (target.calls() == 3 && throttled.getAndSet(false)) {
            throw new StoreException(StoreException.Kind.THROTTLED, "slowly");
          }
          return upsert.apply(batch);
        };
  }

  private Migration.Builder builder() {
    return Migration.builder(source.open(Access.SOURCE), target.open(Access.TARGET))
        .batchSize(10)
        .retryPolicy(QUICK)
        .checkpoint(directory.resolve("checkpoint.json"))
        .checkpointInterval(Duration.ofHours(1))
        .failureLog(directory.resolve("failures.ndjson"));
  }

  private static MigrationListener throwing(String call, Throwable thrown) {
    return (MigrationListener)
        Proxy.newProxyInstance(
            MigrationListener.class.getClassLoader(),
            new Class<?>[] {MigrationListener.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(call)) {
                throw thrown;
              }
              return null;
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "batchDone",
        "written",
        "recordFailed",
        "retrying",
        "checkpointSaved",
        "flushing",
        "flushed"
      })
  void whatWasWrittenIsFlushedAndCounted(String call) {
    String unreadable = FakeStore.record("extract", 3, 100).key();
    source.unreadable.add(unreadable);
    Duration interval = call.equals("checkpointSaved") ? Duration.ZERO : Duration.ofHours(1);

    MigrationReport report =
        builder()
            .checkpointInterval(interval)
            .listener(throwing(call, new IllegalStateException("broken in " + call)))
            .build()
            .run();

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.fault()).contains("java.lang.IllegalStateException: broken in " + call);
    assertThat(report.notes()).isEmpty();
    assertThat(report.tally().unconfirmed()).isZero();
    assertThat(target.records).isNotEmpty();
    assertThat(report.tally().written()).isEqualTo(target.records.size());

    throttled.set(false);
    MigrationReport second = builder().resume(true).build().run();
    assertThat(second.outcome()).isEqualTo(Outcome.COMPLETED_WITH_FAILURES);
    Map<String, CacheRecord> expected = new TreeMap<>(source.records);
    expected.remove(unreadable);
    assertThat(target.records).isEqualTo(expected);
    assertThat(second.tally().written()).isEqualTo(94);
  }

  @Test
  void nothingIsReadWhenItThrowsAtTheStart() {
    MigrationReport report =
        builder().listener(throwing("started", new IllegalStateException("no"))).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.fault()).contains("java.lang.IllegalStateException: no");
    assertThat(target.calls()).isZero();
  }

  @Test
  void itsFaultIsTheReportsAlsoWhenItEndsACount() {
    source.onCount =
        counts -> {
          if (throttled.getAndSet(false)) {
            throw new StoreException(StoreException.Kind.THROTTLED, "slowly");
          }
          return counts;
        };
    MigrationReport report =
        builder().listener(throwing("retrying", new IllegalStateException("no"))).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.fault()).contains("java.lang.IllegalStateException: no");
  }

  @Test
  void anErrorOfADriverCostsNothingThatWasWrittenBefore() {
    Function<List<CacheRecord>, Optional<WriteResult>> upsert = target.onUpsert;
    target.onUpsert =
        batch -> {
          if (target.calls() == 4) {
            throw new NoClassDefFoundError("of a driver");
          }
          return upsert.apply(batch);
        };
    Migration migration = builder().build();
    assertThatThrownBy(migration::run).isInstanceOf(NoClassDefFoundError.class);
    assertThat(target.records).hasSize(40);
  }

  @Test
  void whatTheFaultHandlerThrowsIsANoteOfTheReport() {
    Function<List<CacheRecord>, Optional<WriteResult>> upsert = target.onUpsert;
    target.onUpsert =
        batch -> {
          if (target.calls() == 4) {
            throw new StoreException(StoreException.Kind.DENIED, "no more");
          }
          return upsert.apply(batch);
        };
    Migration migration =
        builder()
            .onFault(
                fault -> {
                  throw new IllegalStateException("broken handler", fault);
                })
            .build();
    MigrationReport report = migration.run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.notes()).anyMatch(note -> note.contains("broken handler"));
    assertThat(target.records).hasSize(40);
  }

  @Test
  void anErrorComesThroughWhenAllIsSafe() {
    Migration migration =
        builder().listener(throwing("written", new AssertionError("broken"))).build();
    assertThatThrownBy(migration::run).isInstanceOf(AssertionError.class).hasMessage("broken");
    assertThat(target.records).isNotEmpty();
    assertThat(builder().resume(true).build().run().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(target.records).isEqualTo(source.records);
  }
}
