package io.github.lightragmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureLogTest {

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("failures.ndjson");
  }

  private static FailedRecord failure(String key, String answer) {
    return FailedRecord.of(
        CacheRecord.of(key, Map.of("return", JsonValue.of(answer))),
        FailedRecord.Type.REJECTED,
        "too odd",
        1);
  }

  private void append(FailedRecord... failures) {
    try (FailureLog log = new FailureLog(file())) {
      log.append(List.of(failures));
    }
  }

  @Test
  void isForItsOwnersEyes() throws IOException {
    append(failure("a", "x"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void bytesThatAreNoTextAreKept() throws IOException {
    byte[] broken = "{\"return\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    append(FailedRecord.unreadable(UnreadableRecord.ofBytes("a", "invalid UTF-8", broken)));
    Map<String, JsonValue> line = JsonValue.ofJson(Files.readString(file())).fields();
    assertThat(Base64.getDecoder().decode(line.get("base64").string())).isEqualTo(broken);
    assertThat(line.get("record").isNull()).isTrue();
  }

  @Test
  void aLineAfterATornOneStandsAlone() throws IOException {
    append(failure("a", "x"));
    Files.writeString(file(), "{\"key\": \"torn", StandardOpenOption.APPEND);
    append(failure("b", "y"));
    List<String> lines = Files.readAllLines(file());
    assertThat(lines).hasSize(3);
    assertThat(JsonValue.ofJson(lines.get(2)).fields().get("key").string()).isEqualTo("b");
  }

  /** Another process that shares the log was killed in mid-line, and this one goes on. */
  @Test
  void aLineAfterATornOneStandsAloneInAnOpenLogToo() throws IOException {
    try (FailureLog log = new FailureLog(file())) {
      log.append(List.of(failure("a", "x")));
      Files.writeString(
          file(), "{\"key\":\"torn\",\"type\":\"rejected\",\"record\":", StandardOpenOption.APPEND);
      log.append(List.of(failure("b", "y")));
    }
    assertThat(Files.readAllLines(file())).hasSize(3);
    assertThat(List.of("a", "b")).allMatch(FailureLogKeys.in(file()));
  }

  @Test
  void whatWillBeAppendedAgainCanBeTakenAway() throws IOException {
    append(failure("a", "x"));
    try (FailureLog log = new FailureLog(file())) {
      long length = log.length();
      log.append(List.of(failure("b", "y")));
      log.rewind(length);
      log.append(List.of(failure("c", "z")));
      log.rewind(log.length() + 100);
    }
    assertThat(Files.readAllLines(file())).hasSize(2).last().asString().contains("\"c\"");
  }

  @Test
  void tellsWhichKeysItHas() throws IOException {
    String odd = "default:extract:\ud83d \"quoted\"";
    append(failure(odd, "{\"key\": \"inside\"}"), failure("b", "x".repeat(100_000)));
    append(FailedRecord.unreadable(new UnreadableRecord("c", "no object", "[1]")));
    Files.writeString(file(), "{\"key\": \"torn", StandardOpenOption.APPEND);
    Predicate<String> keys = FailureLogKeys.in(file());
    assertThat(List.of(odd, "b", "c")).allMatch(keys);
    assertThat(List.of("inside", "torn", "return")).noneMatch(keys);
    assertThat(FailureLogKeys.in(directory.resolve("none")).test("a")).isFalse();
  }

  @Test
  void tellsOfTheKeysBehindATornLine() throws IOException {
    append(failure("a", "x"));
    Files.writeString(
        file(), "{\"key\":\"torn\",\"type\":\"rejected\",\"rea", StandardOpenOption.APPEND);
    append(failure("b", "y"));
    Predicate<String> keys = FailureLogKeys.in(file());
    assertThat(List.of("a", "b")).allMatch(keys);
    assertThat(keys.test("torn")).as("its record was not logged whole").isFalse();
  }

  @Test
  void severalMigrationsOfOneProcessWriteToOneLog() {
    try (FailureLog one = new FailureLog(file(), "one");
        FailureLog other = new FailureLog(file(), "other")) {
      one.append(List.of(failure("a", "x")));
      other.append(List.of(failure("b", "y")));
      one.append(List.of(failure("c", "z")));
    }
    assertThat(List.of("a", "b", "c")).allMatch(FailureLogKeys.in(file()));
  }

  @Test
  void nothingIsTakenAwayWhileAnotherMayWrite() throws IOException {
    try (FailureLog one = new FailureLog(file(), "one");
        FailureLog other = new FailureLog(file(), "other")) {
      other.append(List.of(failure("a", "x")));
      long length = one.length();
      one.append(List.of(failure("b", "y")));
      one.rewind(length);
      assertThat(Files.readAllLines(file())).hasSize(2);
      other.close();
      one.rewind(length);
      assertThat(Files.readAllLines(file())).hasSize(1);
    }
  }

  @Test
  void aLogThatIsBeingReplayedIsNotWrittenTo() throws IOException {
    append(failure("a", "x"));
    try (FileChannel replay = FileChannel.open(file(), StandardOpenOption.WRITE);
        FailureLog log = new FailureLog(file())) {
      assertThat(replay.tryLock()).isNotNull();
      assertThatThrownBy(() -> log.append(List.of(failure("b", "y"))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file().toString())
          .hasMessageContaining("is being replayed");
      replay.close();
      log.append(List.of(failure("c", "z")));
    }
    assertThat(Files.readAllLines(file())).hasSize(2);
  }
}
