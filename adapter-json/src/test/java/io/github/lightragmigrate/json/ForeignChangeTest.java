package io.github.lightragmigrate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program (a LightRAG that still runs) has its hand on the file that is written. */
class ForeignChangeTest {

  private static final String OLD = "{\"default:extract:a\": {\"return\": \"old\"}}";
  private static final String THEIRS = "{\"default:extract:a\": {\"return\": \"new\"}}";

  @TempDir Path temp;
  private CacheDirectory cache = new CacheDirectory(Path.of("."));

  private interface Change {
    void make(Path file) throws IOException;
  }

  @BeforeEach
  void setUp() throws IOException {
    cache = new CacheDirectory(Files.createDirectory(temp.resolve("storage"))).with(OLD);
  }

  @Test
  void anotherTextOfTheSameLengthIsNoticed() throws IOException {
    assertNoticed(file -> Files.writeString(file, THEIRS));
    assertThat(cache.text()).isEqualTo(THEIRS);
  }

  @Test
  void aFileThatWasOnlyTouchedIsNotTrusted() throws IOException {
    assertNoticed(file -> Files.setLastModifiedTime(file, FileTime.fromMillis(5)));
    assertThat(cache.text()).isEqualTo(OLD);
  }

  @Test
  void aFileThatTookItsPlaceWithTheSameLengthAndTimeIsNoticed() throws IOException {
    assertNoticed(file -> replace(file, THEIRS));
    assertThat(cache.text()).isEqualTo(THEIRS);
  }

  @Test
  void aFileThatWasDeletedIsNotMadeAgain() throws IOException {
    assertNoticed(Files::delete);
    assertThat(cache.names()).isEmpty();
  }

  @Test
  void aFileReplacedDuringTheMergeIsNoticed() throws Exception {
    assertNoticedDuringMerge(file -> replace(file, THEIRS));
    assertThat(cache.text()).isEqualTo(THEIRS);
  }

  @Test
  void aFileOverwrittenDuringTheMergeIsNoticed() throws Exception {
    assertNoticedDuringMerge(file -> Files.writeString(file, THEIRS));
    assertThat(cache.text()).isEqualTo(THEIRS);
  }

  private static void replace(Path file, String text) throws IOException {
    Path other = file.resolveSibling(file.getFileName() + ".tmp.1.2.3");
    Files.writeString(other, text, StandardOpenOption.CREATE_NEW);
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void assertNoticed(Change change) throws IOException {
    try (CacheStore store = cache.target()) {
      store.upsert(SampleRecords.usual(2));
      change.make(cache.file());
      assertRefused(store);
    }
    assertThat(cache.names()).doesNotHaveDuplicates().allMatch(CacheFile.NAME::equals);
  }

  /** Long enough that the change comes while it is copied. */
  private void assertNoticedDuringMerge(Change change) throws Exception {
    ProcessIT.generate(cache.file(), 4_000, 15_000, false);
    CompletableFuture<Void> changed;
    try (CacheStore store = cache.target()) {
      store.upsert(SampleRecords.usual(2));
      changed =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (cache.names().size() < 3) {
                    Thread.onSpinWait();
                  }
                  change.make(cache.file());
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertRefused(store);
      changed.get();
    }
    assertThat(cache.names()).containsExactly(CacheFile.NAME);
  }

  private void assertRefused(CacheStore store) {
    assertThatThrownBy(store::flush)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FAULT))
        .hasMessageContaining(CacheFile.NAME + " was changed by another program")
        .hasMessageContaining("since then is not")
        .hasMessageContaining("stop LightRAG");
  }
}
