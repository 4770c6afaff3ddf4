package io.github.lightragmigrate.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.report.FailedRecord;
import io.github.lightragmigrate.report.FailureLog;
import io.github.lightragmigrate.report.FailureLogKeys;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.report.ReplayReport;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.OnConflict;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.UnreadableRecord;
import io.github.lightragmigrate.spi.WriteFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ReplayTest {

  @TempDir Path directory;

  private final FakeStore target = new FakeStore("there");

  private Path log() {
    return directory.resolve("failures.ndjson");
  }

  private static CacheRecord record(int number) {
    return FakeStore.record("extract", number, 100);
  }

  private static String key(int number) {
    return record(number).key();
  }

  private static CacheRecord answering(int number, String answer) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(record(number).fields());
    fields.put("return", JsonValue.of(answer));
    return CacheRecord.of(key(number), fields);
  }

  private void append(FailedRecord... failures) {
    try (FailureLog failureLog = new FailureLog(log())) {
      failureLog.append(List.of(failures));
    }
  }

  private static FailedRecord rejected(CacheRecord record) {
    return FailedRecord.of(record, FailedRecord.Type.REJECTED, "too odd", 1);
  }

  private static FailedRecord sanitized(CacheRecord record) {
    return FailedRecord.of(record, FailedRecord.Type.SANITIZED, "cleaned", 1);
  }

  private static FailedRecord unreadable(int number) {
    return FailedRecord.unreadable(
        new UnreadableRecord(key(number), "no object", "[\u00e9]", Optional.of("W+ld")));
  }

  private void appendRejected(int count) {
    FailedRecord[] failures = new FailedRecord[count];
    for (int i = 0; i < count; i++) {
      failures[i] = rejected(record(i));
    }
    append(failures);
  }

  private Replay.Builder builder() {
    return Replay.builder(log(), target.open(Access.TARGET))
        .batchSize(10)
        .retryPolicy(
            new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMinutes(1)));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void aLogThatAMigrationWritesToIsLeftAlone() {
    try (FailureLog written = new FailureLog(log())) {
      written.append(List.of(rejected(record(1))));
      Replay replay = builder().build();
      assertThatThrownBy(replay::run)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("written to by somebody else");
      written.append(List.of(rejected(record(2))));
    }
    assertThat(List.of(key(1), key(2))).allMatch(FailureLogKeys.in(log()));
  }

  @Test
  void allThatFitsIsWrittenAndTheLogIsGone() throws IOException {
    appendRejected(37);
    append(rejected(FakeStore.record("query", 1, 5)));
    append(rejected(CacheRecord.of("odd key", record(1).fields())));

    Replay replay = builder().build();
    assertThat(replay.size()).isEqualTo(39);
    ReplayReport report = replay.run();

    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(report.migration().tally().written()).isEqualTo(39);
    assertThat(report.migration().byType()).containsKeys("extract", "query", "odd key");
    assertThat(report.remains()).isFalse();
    assertThat(report.migration().failureLog()).isEmpty();
    assertThat(target.records).hasSize(39);
    assertThat(target.records.get(key(7))).isEqualTo(record(7));
    assertThat(target.flushes).hasPositiveValue();
    assertThat(files()).isEmpty();
  }

  @Test
  void recordsComeThroughTheLogAsTheyWere() {
    Map<String, JsonValue> fields = new LinkedHashMap<>(record(1).fields());
    fields.put("lone", JsonValue.of("a\ud800b\u0000c\u20ac\ud83d\ude00"));
    fields.put("number", JsonValue.ofJson("1e400"));
    fields.put("none", JsonValue.ofJson("NaN"));
    fields.put("nested", JsonValue.ofJson("{\"a\": [1, null, {\"b\": \"\\n\"}]}"));
    fields.put("long", JsonValue.of("x".repeat(5 << 20)));
    CacheRecord odd = CacheRecord.of("default:extract:\ud800", fields);
    append(rejected(odd));

    builder().build().run();

    assertThat(target.records.get(odd.key())).isEqualTo(odd);
  }

  @Test
  void whatFailsAgainRemainsWithTheNewReason() throws IOException {
    appendRejected(30);
    target.rejected.add(key(3));
    target.rejected.add(key(25));

    ReplayReport report = builder().build().run();

    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED_WITH_FAILURES);
    assertThat(report.migration().tally().failed()).isEqualTo(2);
    assertThat(report.migration().failureLog()).contains(log());
    assertThat(report.remains()).isTrue();
    assertThat(target.records).hasSize(28);
    assertThat(files()).containsExactly("failures.ndjson");
    List<String> lines = Files.readAllLines(log());
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains(key(3), "too odd");
    if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log())))
          .isEqualTo("rw-------");
    }

    target.rejected.clear();
    assertThat(builder().build().run().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(target.records).hasSize(30);
    assertThat(log()).doesNotExist();
  }

  @Test
  void whatCannotOrNeedNotBeReplayedIsKeptByteForByte() throws IOException {
    append(unreadable(1));
    append(rejected(record(2)));
    append(sanitized(record(3)));
    target.put(answering(3, "cleaned"));
    target.rejected.add(key(3));
    List<String> before = Files.readAllLines(log());

    ReplayReport report = builder().build().run();

    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED_WITH_FAILURES);
    assertThat(report.unreadable()).isEqualTo(1);
    assertThat(report.sanitized()).isEqualTo(1);
    assertThat(target.records).containsOnlyKeys(key(2), key(3));
    assertThat(target.records.get(key(3))).isEqualTo(answering(3, "cleaned"));
    assertThat(Files.readAllLines(log())).containsExactly(before.get(0), before.get(2));
  }

  @Test
  void cleanedRecordsAloneAreNoFailure() {
    append(sanitized(record(1)));
    target.put(answering(1, "cleaned"));
    target.rejected.add(key(1));
    ReplayReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(report.remains()).isTrue();
    assertThat(target.records).containsOnlyKeys(key(1));
  }

  private static CacheRecord of(int number, String answer, long time) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(answering(number, answer).fields());
    fields.put("update_time", JsonValue.of(time));
    return CacheRecord.of(key(number), fields);
  }

  /** Records 1 to 4 of time 100, cleaned once, and what the target has of them. */
  private void cleanedOnce() {
    append(
        sanitized(of(1, "full", 100)),
        sanitized(of(2, "full", 100)),
        sanitized(of(3, "full", 100)),
        sanitized(of(4, "full", 100)));
    target.put(of(2, "cleaned", 100));
    target.put(of(3, "LightRAG's own", 200));
    target.put(of(4, "old", 50));
  }

  private String answer(int number) {
    return target.records.get(key(number)).field("return").orElseThrow().string();
  }

  @Test
  void whatWasCleanedIsWrittenAsItWasWhereTheTargetCanHoldIt() throws IOException {
    cleanedOnce();
    List<String> before = Files.readAllLines(log());
    Replay replay = builder().build();
    assertThat(replay.size()).isEqualTo(3);

    ReplayReport report = replay.run();

    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(report.migration().tally().written()).isEqualTo(3);
    assertThat(report.sanitized()).isEqualTo(1);
    assertThat(List.of(answer(1), answer(2), answer(3), answer(4)))
        .containsExactly("full", "full", "LightRAG's own", "full");
    assertThat(Files.readAllLines(log())).containsExactly(before.get(2));
  }

  @Test
  void whatWasCleanedGivesWayAsAskedForAndStaysInTheLog() throws IOException {
    cleanedOnce();
    List<String> before = Files.readAllLines(log());

    builder().onConflict(OnConflict.NEWER).build().run();
    assertThat(List.of(answer(1), answer(2), answer(3), answer(4)))
        .containsExactly("full", "cleaned", "LightRAG's own", "full");
    assertThat(Files.readAllLines(log())).containsExactly(before.get(1), before.get(2));

    target.records.remove(key(3));
    builder().onConflict(OnConflict.SKIP).build().run();
    assertThat(answer(2)).isEqualTo("cleaned");
    assertThat(answer(3)).isEqualTo("full");
    assertThat(Files.readAllLines(log())).containsExactly(before.get(1));
  }

  @Test
  void whatWasCleanedAndTheTargetHasInNoFormIsTold() throws IOException {
    append(sanitized(answering(1, "a\ud800b")), sanitized(answering(2, "c\ud800d")));
    target.put(answering(2, "cd"));
    target.refuses = record -> record.field("return").orElseThrow().string().contains("\ud800");
    List<String> before = Files.readAllLines(log());

    ReplayReport report = builder().build().run();

    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED_WITH_FAILURES);
    assertThat(report.migration().notes())
        .singleElement()
        .asString()
        .startsWith("1 of the records that were cleaned once")
        .contains("sanitiz");
    assertThat(target.records).containsOnlyKeys(key(2));
    assertThat(Files.readAllLines(log())).isEqualTo(before);

    ReplayReport cleaning = builder().sanitize(true).build().run();

    assertThat(cleaning.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(answer(1)).isEqualTo("ab");
    assertThat(Files.readAllLines(log())).hasSize(2).allMatch(line -> line.contains("ud800"));
  }

  @Test
  void aDryRunTellsOfWhatWasCleanedToo() throws IOException {
    cleanedOnce();
    byte[] before = Files.readAllBytes(log());

    ReplayReport report =
        Replay.builder(log(), target.open(Access.SOURCE)).dryRun(true).build().run();

    assertThat(report.migration().tally().written()).isEqualTo(3);
    assertThat(target.records).containsOnlyKeys(key(2), key(3), key(4));
    assertThat(Files.readAllBytes(log())).isEqualTo(before);
  }

  @Test
  void theLastLineOfAKeyCounts() throws IOException {
    append(rejected(answering(1, "old")), rejected(record(2)), sanitized(answering(3, "older")));
    append(rejected(answering(1, "new")), sanitized(record(2)), rejected(answering(3, "newer")));
    append(rejected(answering(4, "only")), unreadable(4));
    List<String> before = Files.readAllLines(log());

    ReplayReport report = builder().build().run();

    // the second was cleaned at last, and is nowhere: it is written as it was
    assertThat(target.records).containsOnlyKeys(key(1), key(2), key(3));
    assertThat(target.records.get(key(1))).isEqualTo(answering(1, "new"));
    assertThat(target.records.get(key(3))).isEqualTo(answering(3, "newer"));
    assertThat(report.migration().sourceCount()).isEqualTo(3);
    assertThat(report.sanitized()).isZero();
    assertThat(report.unreadable()).isEqualTo(1);
    // the record that the unreadable one once was is nowhere else
    assertThat(Files.readAllLines(log())).containsExactly(before.get(6), before.get(7));
  }

  @Test
  void theTargetsRecordsStayAsAskedFor() {
    appendRejected(2);
    CacheRecord held = answering(0, "the target's");
    target.put(held);
    ReplayReport report = builder().onConflict(OnConflict.SKIP).build().run();
    assertThat(report.migration().tally().skipped()).isEqualTo(1);
    assertThat(target.records.get(key(0))).isEqualTo(held);
    assertThat(log()).doesNotExist();
  }

  @Test
  void aDryRunChangesNothing() throws IOException {
    appendRejected(5);
    target.rejected.add(key(1));
    byte[] before = Files.readAllBytes(log());
    ReplayReport report =
        Replay.builder(log(), target.open(Access.SOURCE)).dryRun(true).build().run();
    assertThat(report.migration().tally().written()).isEqualTo(4);
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED_WITH_FAILURES);
    assertThat(report.remains()).isTrue();
    assertThat(target.records).isEmpty();
    assertThat(Files.readAllBytes(log())).isEqualTo(before);
    assertThat(files()).containsExactly("failures.ndjson");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no JSON",
        "{\"key\": \"a\", \"type\": \"rejected\", \"record\": [1]}",
        "{\"key\": \"a\", \"type\": \"rejected\"}",
        "{\"key\": 1, \"type\": \"rejected\", \"record\": {}}",
        "{\"key\": \"a\", \"record\": {}}",
        "{\"key\": \"a\", nonsense}",
        "[]"
      })
  void aLineThatIsNoneIsNamedAndNothingIsDone(String line) throws IOException {
    appendRejected(3);
    Files.writeString(log(), line + "\n", StandardOpenOption.APPEND);
    appendRejected(1);
    byte[] before = Files.readAllBytes(log());
    assertThatThrownBy(() -> builder().build())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("failures.ndjson line 4 is no line of a failure log: ");
    assertThat(Files.readAllBytes(log())).isEqualTo(before);
    assertThat(target.upserts).isEmpty();
  }

  @Test
  void aLogThatIsMissingIsNamed() {
    assertThatThrownBy(() -> builder().build())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("there is no failure log " + log());
  }

  @Test
  void aLineTornByACrashIsKeptWhereverItIsCut() throws IOException {
    append(rejected(answering(1, "{\u20ac} and }")));
    byte[] line = Files.readAllBytes(log());
    for (int length = 1; length < line.length - 1; length++) {
      byte[] torn = Arrays.copyOf(line, length);
      Files.write(log(), torn);
      append(rejected(record(2)));
      Files.write(log(), torn, StandardOpenOption.APPEND);

      ReplayReport report = builder().build().run();

      assertThat(report.torn()).as("cut at %d", length).isEqualTo(2);
      assertThat(report.migration().tally().written()).isEqualTo(1);
      assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED_WITH_FAILURES);
      byte[] rest = Files.readAllBytes(log());
      assertThat(rest).hasSize(2 * length + 2).startsWith(torn);
    }
  }

  @Test
  void aLastLineWithoutALineBreakIsWhole() throws IOException {
    appendRejected(2);
    append(unreadable(5));
    byte[] whole = Files.readAllBytes(log());
    Files.write(log(), Arrays.copyOf(whole, whole.length - 1));
    target.rejected.add(key(1));
    ReplayReport report = builder().build().run();
    assertThat(report.torn()).isZero();
    assertThat(Files.readAllLines(log())).hasSize(2).allMatch(line -> line.endsWith("}"));
  }

  /** What a run leaves behind that did not come to its end; the next one finishes it. */
  private void assertWholeAndCanBeReplayed(byte[] before) throws IOException {
    assertThat(Files.readAllBytes(log())).isEqualTo(before);
    target.onUpsert = batch -> Optional.empty();
    target.onFlush = () -> {};
    assertThat(builder().build().run().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(target.records).hasSize(30);
    assertThat(files()).isEmpty();
  }

  @Test
  void aTargetThatFailsOnTheWayCostsNothing() throws IOException {
    appendRejected(30);
    byte[] before = Files.readAllBytes(log());
    target.onUpsert =
        batch -> {
          if (target.upserts.size() > 1) {
            throw new StoreException(StoreException.Kind.DENIED, "no more");
          }
          return Optional.empty();
        };
    ReplayReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.remains()).isTrue();
    assertWholeAndCanBeReplayed(before);
  }

  @Test
  void aFlushThatFailsCostsNothing() throws IOException {
    appendRejected(30);
    byte[] before = Files.readAllBytes(log());
    target.onFlush =
        () -> {
          throw new StoreException(StoreException.Kind.FAULT, "disk full");
        };
    assertThat(builder().build().run().outcome()).isEqualTo(Outcome.FAILED);
    assertWholeAndCanBeReplayed(before);
  }

  @Test
  void aStopLeavesTheLogAsItIs() throws IOException {
    appendRejected(30);
    byte[] before = Files.readAllBytes(log());
    Replay replay = builder().build();
    replay.stop();
    ReplayReport report = replay.run();
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertWholeAndCanBeReplayed(before);
  }

  @Test
  void aCrashAtAnyPointCostsNothing() throws IOException {
    appendRejected(30);
    byte[] before = Files.readAllBytes(log());
    // between its end and the replacement, with what failed again in its file and the rest half
    // written
    Files.writeString(directory.resolve("failures.ndjson.retry-failures"), "{\"key\": \"a");
    Files.writeString(directory.resolve("failures.ndjson.retry-rest"), "{\"key\"");
    assertWholeAndCanBeReplayed(before);
  }

  @Test
  void duringTheRunTheLogIsWholeAndNewFailuresAreOnTheDisk() throws IOException {
    appendRejected(30);
    byte[] before = Files.readAllBytes(log());
    Path failures = directory.resolve("failures.ndjson.retry-failures");
    target.rejected.add(key(1));
    List<String> seen = new ArrayList<>();
    target.onFlush =
        () -> {
          try {
            assertThat(Files.readAllBytes(log())).isEqualTo(before);
            seen.addAll(Files.readAllLines(failures));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(failures)))
                .isEqualTo("rw-------");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    assertThat(builder().build().run().outcome()).isEqualTo(Outcome.COMPLETED_WITH_FAILURES);
    assertThat(seen).hasSize(1);
    assertThat(Files.readAllLines(log())).isEqualTo(seen);
  }

  @Test
  void whatSomebodyAddsMeanwhileIsNotLost() throws IOException {
    appendRejected(30);
    String line = Files.readAllLines(log()).get(0) + "\n";
    target.onFlush =
        () -> {
          try {
            Files.writeString(log(), line, StandardOpenOption.APPEND);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    ReplayReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.migration().fault().orElseThrow()).contains("somebody wrote to");
    assertThat(target.records).hasSize(30);
    assertThat(Files.readAllLines(log())).hasSize(31);
    assertThat(files()).containsExactly("failures.ndjson");
  }

  @Test
  void aLogThatSomebodyReplacedMeanwhileIsNotOverwritten() throws IOException {
    appendRejected(30);
    Path other = Files.copy(log(), directory.resolve("other"));
    Files.setLastModifiedTime(log(), FileTime.fromMillis(1));
    Files.setLastModifiedTime(other, FileTime.fromMillis(1));
    target.onFlush =
        () -> {
          try {
            Files.move(other, log(), StandardCopyOption.REPLACE_EXISTING);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    assertThat(builder().build().run().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(Files.readAllLines(log())).hasSize(30);
  }

  @Test
  void whatWasAddedBetweenReadingAndRunningIsNoticed() {
    appendRejected(3);
    Replay replay = builder().build();
    append(rejected(record(99)));
    assertThatThrownBy(replay::run).hasMessageContaining("somebody else");
    assertThat(target.upserts).isEmpty();
  }

  @Test
  void twoReplaysOfOneLogExcludeEachOther() throws IOException {
    appendRejected(3);
    Replay replay = builder().build();
    try (FileChannel other = FileChannel.open(log(), StandardOpenOption.WRITE)) {
      assertThat(other.tryLock()).isNotNull();
      assertThatThrownBy(replay::run).hasMessageContaining("somebody else");
    }
    assertThat(target.upserts).isEmpty();
  }

  @Test
  void whenTheRestCannotBeWrittenTheLogIsWhole() throws IOException {
    appendRejected(30);
    byte[] before = Files.readAllBytes(log());
    Path rest = directory.resolve("failures.ndjson.retry-rest");
    target.onFlush =
        () -> {
          try {
            Files.createDirectory(rest);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    ReplayReport report = builder().build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.migration().fault().orElseThrow()).contains("cannot replace the failure log");
    assertWholeAndCanBeReplayed(before);
  }

  @Test
  void aLinkToALogStaysALink() throws IOException {
    appendRejected(3);
    target.rejected.add(key(1));
    Path link = Files.createSymbolicLink(directory.resolve("link"), log());
    Replay.builder(link, target.open(Access.TARGET)).build().run();
    assertThat(link).isSymbolicLink();
    assertThat(Files.readAllLines(log())).hasSize(1);
  }

  @Test
  void sanitizingIsTheEngines() throws IOException {
    append(rejected(answering(1, "a\ud800b")));
    FakeStore picky =
        new FakeStore("picky") {
          @Override
          public List<WriteFailure> rejected(List<CacheRecord> all) {
            return all.stream()
                .filter(r -> r.field("return").orElseThrow().string().contains("\ud800"))
                .map(r -> WriteFailure.rejected(r.key(), "odd"))
                .toList();
          }
        };
    ReplayReport report =
        Replay.builder(log(), picky.open(Access.TARGET)).sanitize(true).build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(picky.records.get(key(1))).isEqualTo(answering(1, "ab"));
    assertThat(Files.readAllLines(log())).hasSize(1).allMatch(l -> l.contains("sanitized"));
  }
}
