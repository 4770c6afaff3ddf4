package io.github.lightragmigrate.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.report.VerificationReport;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the engine does with adapters that do not keep the contract. */
@Timeout(60)
class BreachTest {

  /** A fake that breaks the contract as it is told to. */
  private static final class FlawedStore extends FakeStore {

    BiFunction<Cursor, Page, Page> scan = (cursor, page) -> page;
    Optional<List<Cursor>> split = Optional.empty();
    long bytesAtOnce = 1 << 20;
    int readers = 1;
    String location = "flawed";
    Runnable onClose = () -> {};
    boolean closed;

    FlawedStore() {
      super("flawed");
    }

    @Override
    public String location() {
      return location;
    }

    @Override
    public int readers() {
      return readers;
    }

    @Override
    public long bytesAtOnce() {
      return bytesAtOnce;
    }

    @Override
    public List<Cursor> split(Selection selection, int parts) {
      return split.orElseGet(() -> super.split(selection, parts));
    }

    @Override
    public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
      return scan.apply(cursor, super.scan(selection, cursor, limit));
    }

    @Override
    public void close() {
      closed = true;
      onClose.run();
    }
  }

  private final FlawedStore flawed = new FlawedStore();
  private final FakeStore sound = new FakeStore("sound");

  private Migration.Builder builder() {
    flawed.with("extract", 7);
    return Migration.builder(flawed.open(Access.SOURCE), sound.open(Access.TARGET)).batchSize(2);
  }

  private void assertRefused(String... words) {
    MigrationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.fault().orElseThrow()).contains(words).contains("FlawedStore");

    VerificationReport compared =
        Verification.builder(flawed.open(Access.SOURCE), sound.open(Access.SOURCE)).build().run();
    assertThat(compared.outcome()).isEqualTo(VerificationReport.Outcome.FAILED);
    assertThat(compared.fault().orElseThrow()).contains(words);
  }

  private static Page page(List<CacheRecord> records, String next) {
    return Page.of(records, Optional.of(new Cursor(next)));
  }

  @Test
  void aCursorThatDoesNotMoveIsRefused() {
    flawed.scan = (cursor, page) -> page(page.records(), cursor.isStart() ? "z" : cursor.text());
    assertRefused("scan() of ", "would never end", "was there before, 'z'");
  }

  @Test
  void emptyPagesForEverAreRefused() {
    flawed.scan = (cursor, page) -> page(List.of(), "z");
    assertRefused("scan() of ", "would never end");
  }

  @Test
  void aLastPageThatLeadsBackToTheStartIsRefused() {
    flawed.scan = (cursor, page) -> page.next().isPresent() ? page : Page.of(page.records(), START);
    assertRefused("would never end: the next cursor of a page is the start");
  }

  private static final Optional<Cursor> START = Optional.of(Cursor.START);

  @Test
  void cursorsThatGoRoundAreRefused() {
    flawed.scan =
        (cursor, page) -> {
          int place = cursor.isStart() ? 0 : Integer.parseInt(cursor.text());
          return page(List.of(), String.valueOf(place == 13 ? 5 : place + 1));
        };
    assertRefused("would never end: the next cursor of a page is one that was there before");
  }

  @Test
  void aSourceThatRepeatsItsRecordsUnderEverNewCursorsEnds() {
    AtomicLong pages = new AtomicLong();
    flawed.scan =
        (cursor, page) ->
            page(new ArrayList<>(flawed.records.values()), String.valueOf(pages.incrementAndGet()));
    assertRefused("scan() of ", "records of a source that counts 7, and goes on");
  }

  @Test
  void aSourceThatGrowsIsReadToItsEnd() {
    FakeStore source = new FakeStore("growing").with("extract", 30_000);
    MigrationReport report =
        Migration.builder(source.open(Access.SOURCE), sound.open(Access.TARGET))
            .sourceCounts(Counts.exact(Map.of("default:extract:", 7L)))
            .build()
            .run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(sound.records).hasSize(30_000);
  }

  @Test
  void aStopIsHeededBetweenPagesWithoutARecord() throws Exception {
    CountDownLatch reading = new CountDownLatch(3);
    AtomicLong pages = new AtomicLong();
    flawed.scan =
        (cursor, page) -> {
          reading.countDown();
          return page(List.of(), String.valueOf(pages.incrementAndGet()));
        };
    Migration migration = builder().build();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<MigrationReport> report = thread.submit(migration::run);
      assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
      migration.stop();
      assertThat(report.get(30, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.STOPPED);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void anInterruptIsHeededBetweenPagesWithoutARecord() throws Exception {
    CountDownLatch reading = new CountDownLatch(3);
    AtomicLong pages = new AtomicLong();
    flawed.scan =
        (cursor, page) -> {
          reading.countDown();
          return page(List.of(), String.valueOf(pages.incrementAndGet()));
        };
    AtomicReference<MigrationReport> report = new AtomicReference<>();
    Migration migration = builder().build();
    Thread thread = new Thread(() -> report.set(migration.run()));
    thread.start();
    assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(thread.isAlive()).isFalse();
    assertThat(report.get().outcome()).isEqualTo(Outcome.STOPPED);
  }

  @Test
  void aSplitWithoutAPartIsRefused() {
    flawed.split = Optional.of(List.of());
    assertRefused("split() of ", "gave no part");
  }

  @Test
  void aSplitWithOnePartTwiceIsRefused() {
    flawed.split = Optional.of(Collections.nCopies(2, Cursor.START));
    assertRefused("split() of ", "gave 2 parts, 1 are the most");
  }

  @Test
  void aKeyThatWasNotAskedForIsRefusedBeforeAnythingOfItsPageIsWritten() {
    CacheRecord other = FakeStore.record("query", 0, 1);
    flawed.scan =
        (cursor, page) -> {
          List<CacheRecord> records = new ArrayList<>(page.records());
          records.add(other);
          return new Page(records, List.of(), 0, page.next());
        };
    assertRefused("scan() of ", "gave the key '" + other.key() + "', which was not asked for");
    assertThat(sound.records).isEmpty();
  }

  @Test
  void numbersBelowOneAreRefusedWhenTheStoreIsOpened() {
    flawed.readers = 0;
    assertThatThrownBy(() -> flawed.open(Access.SOURCE))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll("readers() of ", "FlawedStore gave 0", "1 at the least");
    flawed.readers = 1;
    flawed.bytesAtOnce = -5;
    assertThatThrownBy(() -> flawed.open(Access.SOURCE))
        .hasMessageContainingAll("bytesAtOnce() of ", "gave -5");
    assertThat(flawed.closed).isTrue();
  }

  @Test
  void aSecretInALocationIsInNoReport() {
    flawed.location = "flawed at s3cret";
    MigrationReport report = builder().build().run();
    assertThat(report.source().location()).isEqualTo("flawed at ***");
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void whatIsShownAnywayIsNotTakenOutOfALocation() {
    SecretMask mask =
        SecretMask.ofPlaces(
            List.of(FakeStore.PASSWORD), Settings.of(Map.of("FAKE_PASSWORD", "fake")), "fake");
    assertThat(mask.apply("fake localhost")).isEqualTo("fake localhost");
  }

  @Test
  void whoSaysSoIsGivenTheFaultOfClosing() {
    flawed.onClose =
        () -> {
          throw new IllegalStateException("lost s3cret");
        };
    assertThatThrownBy(() -> flawed.open(Access.SOURCE).close())
        .isInstanceOf(IllegalStateException.class);

    AtomicReference<RuntimeException> told = new AtomicReference<>();
    Consumer<RuntimeException> handler = told::set;
    Settings settings = Settings.of(Map.of("FAKE_PASSWORD", "s3cret"));
    try (Endpoint endpoint = Endpoint.open(flawed, settings, Access.SOURCE, handler)) {
      CacheStore store = endpoint.store();
      assertThat(store).isSameAs(flawed);
    }
    assertThat(told.get()).hasMessage("lost ***");
  }
}
