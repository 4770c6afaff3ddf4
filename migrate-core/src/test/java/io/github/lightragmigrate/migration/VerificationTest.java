package io.github.lightragmigrate.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.report.Accounts;
import io.github.lightragmigrate.report.Finding;
import io.github.lightragmigrate.report.Tally;
import io.github.lightragmigrate.report.Verdict;
import io.github.lightragmigrate.report.VerificationJson;
import io.github.lightragmigrate.report.VerificationReport;
import io.github.lightragmigrate.report.VerificationReport.Outcome;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.OnConflict;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VerificationTest {

  private static final RetryPolicy QUICK =
      new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMinutes(1));

  private final FakeStore source = new FakeStore("here");
  private final FakeStore target = new FakeStore("there");
  private final List<Finding> findings = new CopyOnWriteArrayList<>();

  private Verification.Builder builder() {
    return Verification.builder(source.open(Access.SOURCE), target.open(Access.SOURCE))
        .batchSize(10)
        .retryPolicy(QUICK)
        .onFinding(findings::add);
  }

  private void fillBoth(int count) {
    source.with("extract", count);
    target.with("extract", count);
  }

  private static CacheRecord with(CacheRecord record, String field, JsonValue value) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(record.fields());
    fields.put(field, value);
    return CacheRecord.of(record.key(), fields);
  }

  private static CacheRecord without(CacheRecord record, String field) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(record.fields());
    fields.remove(field);
    return CacheRecord.of(record.key(), fields);
  }

  private static String key(int number) {
    return FakeStore.record("extract", number, 1).key();
  }

  private CacheRecord sources(int number) {
    return source.records.get(key(number));
  }

  @AfterEach
  void nothingWasWritten() {
    assertThat(source.upserts).isEmpty();
    assertThat(target.upserts).isEmpty();
    assertThat(target.flushes).hasValue(0);
  }

  @Test
  void allTheSame() {
    fillBoth(37);
    source.largestPage = 4;
    target.put(FakeStore.record("summary", 1, 1));
    List<String> progress = new CopyOnWriteArrayList<>();

    VerificationReport report =
        builder()
            .listener(
                new MigrationListener() {
                  @Override
                  public void verified(long done, long expected) {
                    progress.add(done + "/" + expected);
                  }
                })
            .build()
            .run();

    assertThat(report.outcome()).isEqualTo(Outcome.SAME);
    assertThat(report.count(Verdict.SAME)).isEqualTo(37);
    assertThat(report.accounted()).isEqualTo(37);
    assertThat(report.sourceCount()).isEqualTo(37);
    assertThat(report.findings()).isEmpty();
    assertThat(progress).containsExactly("10/37", "20/37", "30/37", "37/37");
  }

  @Test
  void valuesCountAndNotHowTheyAreWritten() {
    CacheRecord record = FakeStore.record("extract", 1, 1);
    source.put(with(record, "n", JsonValue.ofJson("{\"a\":1.0, \"b\":[\"\\u00e9\"]}")));
    target.put(with(record, "n", JsonValue.ofJson("{ \"b\": [\"é\"], \"a\": 1 }")));
    assertThat(builder().build().run().outcome()).isEqualTo(Outcome.SAME);
  }

  @Test
  void everyKindHasItsVerdictAndTheNumbersAddUp() {
    fillBoth(30);
    target.records.remove(key(1));
    target.put(
        without(
            with(with(sources(2), "return", JsonValue.of("x")), "new", JsonValue.TRUE),
            "update_time"));
    target.unreadable.add(key(3));
    source.unreadable.add(key(4));
    target.records.remove(key(5));
    target.rejected.add(key(5));
    source.put(without(sources(6), "return"));
    target.records.remove(key(6));
    target.records.remove(key(7));
    target.records.remove(key(8));
    source.onFind =
        keys -> {
          source.records.remove(key(8));
          return Optional.empty();
        };

    VerificationReport report = builder().known(key(7)::equals).build().run();

    assertThat(report.outcome()).isEqualTo(Outcome.DIFFERENT);
    assertThat(report.counts())
        .isEqualTo(
            Map.of(
                Verdict.SAME, 22L,
                Verdict.MISSING, 1L,
                Verdict.DIFFERENT, 1L,
                Verdict.UNREADABLE_IN_TARGET, 1L,
                Verdict.UNREADABLE_IN_SOURCE, 1L,
                Verdict.CANNOT_HOLD, 2L,
                Verdict.KNOWN, 1L,
                Verdict.KEPT, 0L,
                Verdict.VANISHED, 1L));
    assertThat(report.accounted()).isEqualTo(report.sourceCount()).isEqualTo(30);
    assertThat(report.differences()).isEqualTo(6);
    assertThat(report.findings())
        .containsExactlyInAnyOrder(
            new Finding(key(1), Verdict.MISSING, List.of(), List.of(), List.of(), ""),
            new Finding(
                key(2),
                Verdict.DIFFERENT,
                List.of("update_time"),
                List.of("new"),
                List.of("return"),
                ""),
            finding(3, Verdict.UNREADABLE_IN_TARGET, "no object"),
            finding(4, Verdict.UNREADABLE_IN_SOURCE, "no object"),
            finding(5, Verdict.CANNOT_HOLD, "too odd"),
            finding(
                6,
                Verdict.CANNOT_HOLD,
                "there is no 'return', without which LightRAG fails on it"));
    assertThat(findings).isEqualTo(report.findings());
    assertThat(report.notes())
        .anyMatch(note -> note.equals("gone from the source when it was to be read: 1 record"));
  }

  private static Finding finding(int number, Verdict verdict, String reason) {
    return new Finding(key(number), verdict, List.of(), List.of(), List.of(), reason);
  }

  @Test
  void aKnownFailureThatIsInTheTargetIsTheSame() {
    fillBoth(3);
    source.unreadable.add(key(2));
    VerificationReport report = builder().known(key -> true).build().run();
    assertThat(report.count(Verdict.SAME)).isEqualTo(2);
    assertThat(report.count(Verdict.KNOWN)).isEqualTo(1);
    assertThat(report.outcome()).isEqualTo(Outcome.SAME);
  }

  @Test
  void moreExcusesThanTheMigrationToldOfAreNoSuccess() {
    fillBoth(10);
    target.records.remove(key(3));
    Accounts one = new Accounts(Map.of("extract", Tally.FAILED), 0, List.of(), Map.of(), List.of());
    assertThat(builder().known(key -> true).accounts(one).build().run().outcome())
        .isEqualTo(VerificationReport.Outcome.SAME);
    target.records.remove(key(4));
    VerificationReport report = builder().known(key -> true).accounts(one).build().run();
    assertThat(report.outcome()).isEqualTo(VerificationReport.Outcome.DIFFERENT);
    assertThat(report.notes()).anyMatch(note -> note.contains("told of 1 only"));
  }

  @Test
  void whatWasSkippedIsKept() {
    fillBoth(3);
    target.put(with(sources(0), "return", JsonValue.of("the target's")));
    target.records.remove(key(1));
    VerificationReport report = builder().onConflict(OnConflict.SKIP).build().run();
    assertThat(report.count(Verdict.KEPT)).isEqualTo(1);
    assertThat(report.count(Verdict.MISSING)).isEqualTo(1);
    assertThat(builder().build().run().count(Verdict.DIFFERENT)).isEqualTo(1);
  }

  @Test
  void whatIsNotOlderIsKept() {
    fillBoth(3);
    JsonValue other = JsonValue.of("the target's");
    target.put(with(FakeStore.record("extract", 0, 99), "return", other));
    target.put(with(FakeStore.record("extract", 1, 100), "return", other));
    target.put(with(FakeStore.record("extract", 2, 101), "return", other));
    VerificationReport report = builder().onConflict(OnConflict.NEWER).build().run();
    assertThat(report.count(Verdict.KEPT)).isEqualTo(2);
    assertThat(report.findings()).extracting(Finding::key).containsExactly(key(0));
  }

  @Test
  void nullTimesAreNotExpected() {
    CacheRecord record = without(FakeStore.record("extract", 1, 1), "update_time");
    source.put(with(record, "update_time", JsonValue.NULL));
    target.put(record);
    assertThat(builder().build().run().outcome()).isEqualTo(Outcome.SAME);

    target.records.clear();
    source.onFind =
        keys -> {
          target.put(record);
          return Optional.empty();
        };
    assertThat(builder().build().run().outcome()).isEqualTo(Outcome.SAME);
  }

  @Test
  void whatTheTargetDoesNotKeepByItsNatureIsNamedAndNoDifference() {
    for (int i = 0; i < 3; i++) {
      CacheRecord record = FakeStore.record("extract", i, 1);
      source.put(with(record, "shape", JsonValue.of("s")));
      target.put(record);
    }
    target.put(FakeStore.record("extract", 2, 2));
    target.asStored = record -> without(record, "shape");

    VerificationReport report = builder().build().run();

    assertThat(report.changedFields()).isEqualTo(Map.of("shape", 2L));
    assertThat(report.count(Verdict.SAME)).isEqualTo(2);
    assertThat(report.findings())
        .containsExactly(
            new Finding(
                key(2), Verdict.DIFFERENT, List.of(), List.of(), List.of("update_time"), ""));
  }

  @Test
  void aDifferenceThatIsGoneOnTheSecondLookIsNone() {
    fillBoth(5);
    CacheRecord late = target.records.remove(key(1));
    target.put(with(sources(2), "return", JsonValue.of("new")));
    target.unreadable.add(key(3));
    source.onFind =
        keys -> {
          assertThat(keys).containsExactlyInAnyOrder(key(1), key(2), key(3));
          target.put(late);
          source.put(target.records.get(key(2)));
          target.unreadable.clear();
          return Optional.empty();
        };
    VerificationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.SAME);
    assertThat(report.count(Verdict.SAME)).isEqualTo(5);
  }

  @Test
  void aRecordThatBecomesUnreadableInTheSourceIsSaidToBe() {
    fillBoth(2);
    target.records.remove(key(1));
    source.onFind =
        keys -> {
          source.unreadable.add(key(1));
          return Optional.empty();
        };
    assertThat(builder().build().run().count(Verdict.UNREADABLE_IN_SOURCE)).isEqualTo(1);
  }

  @Test
  void aSourceThatOmitsARecordDoesNotPass() {
    fillBoth(20);
    source.onScan =
        page ->
            new Page(
                page.records().stream().filter(r -> !r.key().equals(key(13))).toList(),
                page.unreadable(),
                0,
                page.next());
    VerificationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.fault().orElseThrow()).contains("counts 20", "19 were read");
  }

  @Test
  void aSourceThatRepeatsARecordIsComparedOnce() {
    fillBoth(5);
    source.mayRepeat = true;
    AtomicInteger pages = new AtomicInteger();
    source.onScan =
        page -> {
          List<CacheRecord> twice = new ArrayList<>(page.records());
          if (pages.incrementAndGet() > 1) {
            twice.add(sources(0));
          }
          return new Page(twice, List.of(), 0, page.next());
        };
    source.largestPage = 2;
    VerificationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.SAME);
    assertThat(report.accounted()).isEqualTo(5);
  }

  @Test
  void aSourceThatGrewMeanwhileIsToldOf() {
    fillBoth(5);
    VerificationReport report =
        builder().sourceCounts(Counts.exact(Map.of("default:extract:", 3L))).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.SAME);
    assertThat(report.sourceCount()).isEqualTo(5);
    assertThat(report.notes()).anyMatch(note -> note.contains("had 3 records at the start"));
  }

  @Test
  void anEstimateIsToldOf() {
    fillBoth(5);
    source.onCount = counts -> new Counts(counts.byPrefix(), false);
    VerificationReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.SAME);
    assertThat(report.notes()).anyMatch(note -> note.contains("no exact count"));
  }

  @Test
  void keysAreLookedUpFewAtATimeAndLongRecordsFewer() {
    fillBoth(250);
    List<Collection<String>> calls = new CopyOnWriteArrayList<>();
    target.onFind =
        keys -> {
          calls.add(keys);
          return Optional.empty();
        };
    builder().batchSize(1000).build().run();
    assertThat(calls).extracting(Collection::size).containsExactly(100, 100, 50);

    calls.clear();
    for (int i = 0; i < 250; i++) {
      source.put(with(sources(i), "return", JsonValue.of("x".repeat(1 << 20))));
      target.put(sources(i));
    }
    assertThat(builder().batchSize(1000).build().run().outcome()).isEqualTo(Outcome.SAME);
    assertThat(calls).allMatch(keys -> keys.size() <= 5);
  }

  @Test
  void theReportHoldsTheFirstFindingsAndTheListenerAll() {
    source.with("extract", 150);
    VerificationReport report = builder().build().run();
    assertThat(report.count(Verdict.MISSING)).isEqualTo(150);
    assertThat(report.findings()).hasSize(100);
    assertThat(findings).hasSize(150);
  }

  @Test
  void othersTypesAreNotCompared() {
    source.with("extract", 3).with("summary", 3);
    target.with("summary", 3);
    VerificationReport report =
        builder().selection(Selection.ofTypes(List.of("summary"))).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.SAME);
    assertThat(report.accounted()).isEqualTo(3);
  }

  @Test
  void aFaultThatPassesIsTriedAgain() {
    fillBoth(5);
    AtomicInteger calls = new AtomicInteger();
    target.onFind =
        keys -> {
          if (calls.incrementAndGet() < 3) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "away");
          }
          return Optional.empty();
        };
    assertThat(builder().build().run().outcome()).isEqualTo(Outcome.SAME);
  }

  @Test
  void aFaultThatStaysEndsItWithoutASecret() {
    fillBoth(5);
    target.onFind =
        keys -> {
          throw new StoreException(StoreException.Kind.DENIED, "no entry for s3cret");
        };
    AtomicReference<RuntimeException> fault = new AtomicReference<>();
    VerificationReport report = builder().onFault(fault::set).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.fault()).contains("no entry for ***");
    assertThat(fault.get()).isNotNull();
  }

  @Test
  void reasonsHoldNoSecret() {
    source.with("extract", 1);
    source.onScan =
        page ->
            new Page(
                List.of(),
                List.of(
                    new io.github.lightragmigrate.spi.UnreadableRecord(key(0), "at s3cret", "")),
                0,
                page.next());
    assertThat(builder().build().run().findings().get(0).reason()).isEqualTo("at ***");
  }

  @Test
  void stopEndsIt() {
    fillBoth(50);
    AtomicReference<Verification> running = new AtomicReference<>();
    Verification verification =
        builder()
            .listener(
                new MigrationListener() {
                  @Override
                  public void verified(long done, long expected) {
                    running.get().stop();
                  }
                })
            .build();
    running.set(verification);
    VerificationReport report = verification.run();
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(report.count(Verdict.SAME)).isEqualTo(10);
  }

  @Test
  void theSamePlaceIsRefused() {
    Verification verification =
        Verification.builder(source.open(Access.SOURCE), new FakeStore("here").open(Access.SOURCE))
            .build();
    assertThatThrownBy(verification::run).hasMessageContaining("same place");
  }

  @Test
  void theReportAsJsonHasNoValueOfARecord() throws IOException {
    fillBoth(3);
    target.put(with(sources(1), "return", JsonValue.of("another answer")));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    VerificationJson.write(builder().build().run(), out);

    Map<String, JsonValue> json = JsonValue.ofJson(out.toByteArray()).fields();
    assertThat(json.get("outcome").string()).isEqualTo("different");
    Map<String, JsonValue> counts = new HashMap<>(json.get("counts").fields());
    assertThat(counts.get("same").asLong()).contains(2L);
    assertThat(counts.get("unreadableInTarget").asLong()).contains(0L);
    Map<String, JsonValue> finding = json.get("findings").elements().get(0).fields();
    assertThat(finding.get("key").string()).isEqualTo(key(1));
    assertThat(finding.get("changed").toString()).contains("return");
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("answer");
  }

  /** No interrupt ends what it waits for. */
  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aFaultInOnePartEndsTheReadingOfAnotherThatHasNoEnd() {
    fillBoth(100);
    String middle = FakeStore.record("extract", 49, 0).key();
    CountDownLatch endless = new CountDownLatch(1);
    source.onScan =
        page -> {
          boolean second = page.records().get(0).key().compareTo(middle) > 0;
          return second
              ? new Page(page.records(), List.of(), 0, Optional.of(new Cursor(middle)))
              : page;
        };
    target.onFind =
        keys -> {
          if (keys.stream().allMatch(key -> key.compareTo(middle) > 0)) {
            endless.countDown();
            return Optional.empty();
          }
          awaitOther(endless);
          throw new StoreException(StoreException.Kind.FAULT, "the disk is broken");
        };

    VerificationReport report = builder().readers(2).build().run();

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
  }

  private static void awaitOther(CountDownLatch other) {
    try {
      other.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
