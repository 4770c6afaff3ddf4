package io.github.lightragmigrate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a disk of 4 MB of its own, which only root can mount; else ProcessIT has a limit instead. */
class FullDiskIT {

  @TempDir Path temp;
  private CacheDirectory cache = new CacheDirectory(Path.of("."));

  @BeforeEach
  void mount() throws Exception {
    Path disk = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()),
        "no right to mount");
    cache = new CacheDirectory(disk).with("{\"default:extract:a\": {}}");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", temp.resolve("disk").toString());
  }

  @Test
  void aDiskThatIsFullWhenStagingOrMergingIsNamedAndNothingIsLost() throws IOException {
    String before = cache.text();
    for (int megabytes : List.of(3, 6)) {
      try (CacheStore store = cache.target()) {
        assertThatThrownBy(
                () -> {
                  store.upsert(records(megabytes));
                  store.flush();
                })
            .isInstanceOfSatisfying(
                StoreException.class,
                e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FAULT))
            .hasMessageContaining("cannot write " + cache.file())
            .hasMessageContaining("No space left")
            .hasMessageContaining("Make room");
      }
      assertThat(cache.text()).isEqualTo(before);
      assertThat(cache.names()).containsExactly(CacheFile.NAME);
    }
    cache.write(SampleRecords.usual("extract", "fits"));
    assertThat(cache.count()).isEqualTo(2);
  }

  /** With checkpoints or faults the target is flushed after that, and holds what was accepted. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingOfABatchThatDidNotFitGetsIntoTheFile(boolean anew) throws IOException {
    if (anew) {
      Files.delete(cache.file());
    }
    List<CacheRecord> records = records(6);
    try (CacheStore store = cache.target()) {
      assertThat(store.upsert(records.subList(0, 10)).written()).isEqualTo(10);
      assertThatThrownBy(() -> store.upsert(records.subList(5, 60)))
          .hasMessageContaining("No space left");
      assertThat(store.upsert(records.subList(10, 12)).written()).isEqualTo(2);
      store.flush();
      assertThat(store.find(records.stream().map(CacheRecord::key).toList()).records())
          .containsExactlyInAnyOrderElementsOf(records.subList(0, 12));
    }
    assertThat(cache.scan().records()).containsAll(records.subList(0, 12)).hasSize(anew ? 12 : 13);
  }

  @Test
  void aReadOnlyDiskIsNamed() throws Exception {
    assumeTrue(run("mount", "-o", "remount,ro", cache.path().toString()), "no right to mount");
    assertThatThrownBy(cache::target)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FAULT))
        .hasMessageContaining("cannot write " + cache.file())
        .hasMessageContaining("directory");
    assertThat(cache.count()).as("it can be read").isEqualTo(1);
  }

  private static List<CacheRecord> records(int megabytes) {
    List<CacheRecord> records = new ArrayList<>();
    for (CacheRecord record : SampleRecords.usual(megabytes * 10)) {
      records.add(SampleRecords.with(record, "return", JsonValue.of("x".repeat(100_000))));
    }
    return records;
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
