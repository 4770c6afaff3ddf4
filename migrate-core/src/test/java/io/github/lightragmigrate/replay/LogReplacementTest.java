package io.github.lightragmigrate.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.report.FailedRecord;
import io.github.lightragmigrate.report.FailureLog;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReplacementTest {

  @TempDir Path directory;

  /** Another process may begin as soon as the log is another file. */
  @Test
  void theFilesOfTheNextReplayAreLeftAlone() throws IOException {
    Path log = directory.resolve("failures.ndjson");
    CacheRecord record = CacheRecord.of("a", Map.of("return", JsonValue.of("x")));
    List<FailedRecord> failure =
        List.of(FailedRecord.of(record, FailedRecord.Type.REJECTED, "too odd", 1));
    try (FailureLog failures = new FailureLog(log)) {
      failures.append(failure);
    }
    Path others;
    try (LogReplacement replacement = LogReplacement.begin(LogIndex.of(log))) {
      try (FailureLog again = new FailureLog(replacement.failures())) {
        again.append(failure);
      }
      assertThat(replacement.replace()).isTrue();
      others = replacement.failures();
      assertThat(others).doesNotExist();
      Files.writeString(others, "of the next one");
    }
    assertThat(others).hasContent("of the next one");
    assertThat(Files.readAllLines(log)).hasSize(1);
  }

  /** Another process that could write to the log now would write to a file that is about to go. */
  @Test
  void theLogIsLockedToTheEnd() throws Exception {
    Path log = directory.resolve("failures.ndjson");
    CacheRecord record = CacheRecord.of("a", Map.of("return", JsonValue.of("x")));
    try (FailureLog failures = new FailureLog(log)) {
      failures.append(List.of(FailedRecord.of(record, FailedRecord.Type.REJECTED, "too odd", 1)));
    }
    Path aside = directory.resolve("aside");
    try (LogReplacement replacement = LogReplacement.begin(LogIndex.of(log))) {
      // so that it ends just before it would take the log's place
      Files.move(log, aside);
      assertThatThrownBy(replacement::replace).isInstanceOf(StoreException.class);
      assertThat(Other.canLock(aside)).isFalse();
    }
    assertThat(Other.canLock(aside)).isTrue();
  }

  /** A process of its own: locks of one process do not hinder it. */
  static final class Other {

    static boolean canLock(Path log) throws IOException, InterruptedException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Other.class.getName(),
                  log.toString())
              .inheritIO()
              .start();
      return process.waitFor() == 0;
    }

    public static void main(String[] args) throws IOException {
      try (FileChannel log = FileChannel.open(Path.of(args[0]), StandardOpenOption.READ)) {
        System.exit(log.tryLock(1, 1, true) == null ? 1 : 0);
      }
    }
  }
}
