package io.github.lightragmigrate.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.report.FailedRecord;
import io.github.lightragmigrate.report.FailureLog;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run never costs a file that is not its own. */
class RunFilesTest {

  private static final String CACHE = "kv_store_llm_response_cache.json";

  @TempDir Path directory;

  private final FakeStore source = new FakeStore("here").with("extract", 30);
  private final FakeStore target = new FakeStore("there");

  private Migration.Builder builder() {
    return Migration.builder(source.open(Access.SOURCE), target.open(Access.TARGET))
        .batchSize(10)
        .checkpointInterval(Duration.ZERO);
  }

  private void refused(Path file, ThrowingCallable run) {
    assertThatThrownBy(run)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
        .hasMessageContaining(file.toString());
    assertThat(target.upserts).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    CACHE + ", '{\"default:extract:1\": {}}'",
    CACHE + ", ''",
    "notes.txt, precious",
    "state.json, '{\"check\": 1}'",
    "my.env, REDIS_URI=x"
  })
  void aFileOfSomethingElseIsLeftAsItIs(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    refused(file, () -> builder().checkpoint(file).build().run());
    refused(file, () -> builder().checkpoint(file).resume(true).build().run());
    refused(file, () -> builder().failureLog(file).build().run());
    refused(file, () -> Replay.builder(file, target.open(Access.TARGET)).build().run());
    assertThat(file).hasContent(text);
  }

  @Test
  void oneFileCannotBeBoth() throws IOException {
    Path file = directory.resolve("state");
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
    refused(file, () -> builder().checkpoint(file).failureLog(link.resolve("state")).build().run());
  }

  @Test
  void aStoresOwnFileIsNoneOfARun() throws IOException {
    Path file = directory.toRealPath().resolve("cache.db");
    FakeStore at = new FakeStore(file.toString()).with("extract", 3);
    refused(
        file,
        () ->
            Migration.builder(at.open(Access.SOURCE), target.open(Access.TARGET))
                .checkpoint(file)
                .build()
                .run());
    refused(
        file,
        () ->
            Migration.builder(source.open(Access.SOURCE), at.open(Access.TARGET))
                .failureLog(file)
                .build()
                .run());
  }

  /** Whoever appends to such a link makes the file that it leads to. */
  @Test
  void aLinkToAFileThatIsNotThereYetIsNoWayIntoAStore() throws IOException {
    Path file = directory.toRealPath().resolve("cache.db");
    FakeStore at = new FakeStore(file.toString());
    Path link = Files.createSymbolicLink(directory.resolve("log"), Path.of("cache.db"));
    refused(
        link,
        () ->
            Migration.builder(source.open(Access.SOURCE), at.open(Access.TARGET))
                .failureLog(link)
                .build()
                .run());
    Path other = Files.createSymbolicLink(directory.resolve("other"), Path.of(CACHE));
    refused(other, () -> builder().failureLog(other).build().run());
  }

  @Test
  void aDirectoryStays() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    refused(empty, () -> builder().checkpoint(empty).build().run());
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void aFileBesideTheCheckpointStays() throws IOException {
    Path notes = Files.writeString(directory.resolve("state.tmp"), "precious");
    assertThat(builder().checkpoint(directory.resolve("state")).build().run().outcome())
        .isEqualTo(Outcome.FAILED);
    assertThat(notes).hasContent("precious");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theLogThatACheckpointNamesIsLookedAtToo(boolean named) throws IOException {
    Path log = directory.resolve("failures.ndjson");
    Path checkpoint = directory.resolve("state");
    target.rejected.add(FakeStore.record("extract", 3, 100).key());
    target.onUpsert =
        batch -> {
          if (target.upserts.size() > 2) {
            throw new StoreException(StoreException.Kind.FAULT, "full");
          }
          return Optional.empty();
        };
    builder().checkpoint(checkpoint).failureLog(log).build().run();
    assertThat(checkpoint).exists();
    target.upserts.clear();
    Files.writeString(log, "precious");

    Migration.Builder again = builder().checkpoint(checkpoint).resume(true);
    refused(log, () -> (named ? again.failureLog(log) : again).build().run());
    assertThat(log).hasContent("precious");
    assertThat(checkpoint).exists();
  }

  @Test
  void whatIsItsOwnIsAddedTo() throws IOException {
    Path log = directory.resolve("failures.ndjson");
    CacheRecord refused = FakeStore.record("extract", 3, 100);
    try (FailureLog earlier = new FailureLog(log)) {
      earlier.append(List.of(FailedRecord.of(refused, FailedRecord.Type.REJECTED, "too odd", 1)));
    }
    target.rejected.add(refused.key());
    builder().failureLog(log).build().run();
    assertThat(Files.readAllLines(log)).hasSize(2);
  }
}
