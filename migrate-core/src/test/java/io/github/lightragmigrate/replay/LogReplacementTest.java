package io.github.lightragmigrate.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.report.FailedRecord;
import io.github.lightragmigrate.report.FailureLog;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
