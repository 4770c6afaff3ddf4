package io.github.lightragmigrate.json;

import static io.github.lightragmigrate.testkit.SampleRecords.usual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import io.github.lightragmigrate.spi.WriteResult;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonWriterTest {

  private static final CacheRecord A = answer("default:extract:a", "new a");
  private static final CacheRecord B = answer("default:extract:b", "new b");
  private static final CacheRecord C = answer("default:extract:c", "new c");

  @TempDir Path temp;
  private CacheDirectory cache = new CacheDirectory(Path.of("."));

  @BeforeEach
  void setUp() {
    cache = new CacheDirectory(temp);
  }

  private static CacheRecord answer(String key, String text) {
    return CacheRecord.of(key, Map.of("return", JsonValue.of(text)));
  }

  private static String entry(CacheRecord record) {
    return "  \"%1$s\": {\n    \"return\": %2$s,\n    \"_id\": \"%1$s\"\n  }"
        .formatted(record.key(), record.fields().get("return"));
  }

  @Test
  void aNewFileHasTheRecordsInOrderOfArrival() throws IOException {
    cache.write(B, A);
    assertThat(cache.text()).isEqualTo("{\n" + entry(B) + ",\n" + entry(A) + "\n}");
    assertThat(cache.names()).containsExactly(CacheFile.NAME);
  }

  @Test
  void mergesInPlaceAndLeavesTheOthersAsTheyStand() throws IOException {
    String odd = "\"mix:query:\\u00e4\" :  { \"return\":\"\\ud800 \\/\", \"n\": 1.0e5 }";
    cache.with("\uFEFF{" + odd + ", \"default:extract:b\": {\"old\": 1},\n\n\"number\":  5}");
    cache.write(A, B);
    assertThat(cache.text())
        .isEqualTo("{\n  " + odd + ",\n" + entry(B) + ",\n  \"number\":  5,\n" + entry(A) + "\n}");
  }

  @Test
  void ofRepeatedKeysTheLastStays() throws IOException {
    cache.with(
        "{\"default:extract:a\": {}, \"x\": 1, \"default:extract:a\": {\"n\": 2}, \"x\": 2}");
    try (CacheStore store = cache.target()) {
      store.upsert(List.of(answer("default:extract:b", "first"), C));
      store.upsert(List.of(B));
      store.flush();
    }
    assertThat(cache.text())
        .isEqualTo(
            "{\n  \"default:extract:a\": {\"n\": 2},\n  \"x\": 2,\n"
                + entry(C)
                + ",\n"
                + entry(B)
                + "\n}");
  }

  @Test
  void nestsOfOldReleasesBecomeFlatAsWithLightRag() throws IOException {
    cache.with(
        "{\"default\": {\"a\": {\"return\": \"1\"}, \"z\": { \"return\":\"2\"}}, \"q\": {\"return\": 3}}");
    cache.write(A);
    assertThat(cache.text())
        .isEqualTo(
            "{\n"
                + entry(A)
                + ",\n  \"default:extract:z\": { \"return\":\"2\"},\n  \"q\": {\"return\": 3}\n}");
  }

  @Test
  void withoutWritesNothingChanges() throws IOException {
    cache.with("{ }");
    FileStamp before = FileStamp.of(cache.file());
    try (CacheStore store = cache.target()) {
      store.flush();
      WriteResult result = store.upsert(List.of(answer("k", "\ud800")));
      assertThat(result.written()).isZero();
      assertThat(result.failures()).hasSize(1);
      store.flush();
    }
    assertThat(FileStamp.of(cache.file())).isEqualTo(before);
    assertThat(cache.names()).containsExactly(CacheFile.NAME);
  }

  @Test
  void anUnfitRecordLeavesItsNeighboursAlone() throws IOException {
    try (CacheStore store = cache.target()) {
      WriteResult result = store.upsert(List.of(A, answer("k", "\ud800"), B));
      assertThat(result.written()).isEqualTo(2);
      store.flush();
    }
    assertThat(cache.text()).isEqualTo("{\n" + entry(A) + ",\n" + entry(B) + "\n}");
  }

  @Test
  void stagedRecordsAreFoundAndCounted() throws IOException {
    cache.with("{\"default:extract:a\": {\"return\": \"old\"}}");
    String before = cache.text();
    try (CacheStore store = cache.target()) {
      store.upsert(List.of(A, B, answer("mix:query:c", "c")));
      assertThat(store.find(List.of(A.key(), B.key(), C.key())).records())
          .containsExactlyInAnyOrder(A, B);
      assertThat(store.count(CacheDirectory.DEFAULT, found -> {}).total()).isEqualTo(2);
      store.upsert(List.of(C));
      assertThat(store.find(List.of(C.key(), A.key())).records()).containsExactlyInAnyOrder(C, A);
      assertThat(cache.text()).isEqualTo(before);
      store.flush();
      assertThat(store.find(List.of(C.key(), A.key())).records()).containsExactlyInAnyOrder(C, A);
      assertThat(store.count(CacheDirectory.DEFAULT, found -> {}).total()).isEqualTo(3);
    }
  }

  @Test
  void flushMayBeCalledAgain() throws IOException {
    try (CacheStore store = cache.target()) {
      store.upsert(List.of(A, B));
      store.flush();
      store.flush();
      store.upsert(List.of(C, answer("default:extract:a", "newest")));
      store.flush();
    }
    assertThat(cache.text())
        .isEqualTo(
            "{\n"
                + entry(answer("default:extract:a", "newest"))
                + ",\n"
                + entry(B)
                + ",\n"
                + entry(C)
                + "\n}");
  }

  @Test
  void closingWithoutFlushDropsWhatIsStaged() throws IOException {
    cache.with("{}");
    try (CacheStore store = cache.target()) {
      store.upsert(List.of(A));
      assertThat(cache.names()).hasSize(2).allMatch(name -> !name.contains(".tmp."));
    }
    assertThat(cache.names()).containsExactly(CacheFile.NAME);
    assertThat(cache.text()).isEqualTo("{}");
  }

  @Test
  void stagedRecordsAreForTheOwnerOnly() throws IOException {
    assumePosix();
    try (CacheStore store = cache.target()) {
      store.upsert(List.of(A));
      Path staged = temp.resolve(cache.names().get(0));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(staged)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void modeBitsAreKept() throws IOException {
    assumePosix();
    for (String mode : List.of("rw-r-----", "rw-rw-r--", "rw-------")) {
      cache.with("{}");
      Files.setPosixFilePermissions(cache.file(), PosixFilePermissions.fromString(mode));
      cache.write(A);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache.file())))
          .isEqualTo(mode);
      assertThat(cache.text()).contains("new a");
    }
  }

  @Test
  void theOwnerIsKeptWherePermitted() throws IOException {
    assumePosix();
    cache.with("{}");
    try {
      Files.setAttribute(cache.file(), "unix:uid", 12345);
      Files.setAttribute(cache.file(), "unix:gid", 54321);
    } catch (IOException e) {
      assumeTrue(false, "only root may give files away");
    }
    cache.write(A);
    assertThat(Files.getAttribute(cache.file(), "unix:uid")).isEqualTo(12345);
    assertThat(Files.getAttribute(cache.file(), "unix:gid")).isEqualTo(54321);
  }

  @Test
  void aNewFileHasTheModeOfAnyNewFile() throws IOException {
    assumePosix();
    Path usual = Files.createFile(temp.resolve("usual"));
    cache.write(A);
    assertThat(Files.getPosixFilePermissions(cache.file()))
        .isEqualTo(Files.getPosixFilePermissions(usual));
  }

  @Test
  void aSymbolicLinkIsFollowedAndStays() throws IOException {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    Path real = elsewhere.resolve("real.json");
    for (boolean dangling : List.of(true, false)) {
      Files.deleteIfExists(cache.file());
      Files.createSymbolicLink(cache.file(), Path.of("elsewhere", "real.json"));
      assertThat(Files.exists(real)).isEqualTo(!dangling);
      cache.write(dangling ? A : B);
      assertThat(Files.isSymbolicLink(cache.file())).isTrue();
      assertThat(Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)).isTrue();
      assertThat(cache.names()).containsExactly("elsewhere", CacheFile.NAME);
    }
    assertThat(cache.text()).isEqualTo("{\n" + entry(A) + ",\n" + entry(B) + "\n}");
  }

  @Test
  void twoSpellingsOfAPlaceHaveOneLocation() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), temp);
    String location = cache.source().location();
    assertThat(new CacheDirectory(link.resolve("missing").resolve("..")).source().location())
        .isEqualTo(location)
        .isEqualTo(temp.toRealPath().resolve(CacheFile.NAME).toString());
    cache.with("{}");
    assertThat(new CacheDirectory(link).source().location()).isEqualTo(location);
  }

  @Test
  void aFileChangedByAnotherProgramIsNotOverwritten() throws IOException {
    cache.with("{\"default:extract:a\": {}}");
    try (CacheStore store = cache.target()) {
      store.upsert(List.of(B));
      cache.with("{\"theirs\": {}}");
      assertThatThrownBy(store::flush)
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FAULT))
          .hasMessageContaining("stop LightRAG and run again");
    }
    assertThat(cache.text()).isEqualTo("{\"theirs\": {}}");
    assertThat(cache.names()).containsExactly(CacheFile.NAME);
  }

  @Test
  void aFileThatAppearedMeanwhileIsNotOverwritten() throws IOException {
    try (CacheStore store = cache.target()) {
      store.upsert(List.of(B));
      cache.with("{\"theirs\": {}}");
      assertThatThrownBy(store::flush).hasMessageContaining("stop LightRAG");
    }
    assertThat(cache.text()).isEqualTo("{\"theirs\": {}}");
  }

  @Test
  void aBrokenOldFileStaysAsItIs() throws IOException {
    cache.with("{\"default:extract:a\": {}");
    try (CacheStore store = cache.target()) {
      store.upsert(List.of(B));
      assertThatThrownBy(store::flush)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("not valid JSON");
    }
    assertThat(cache.text()).isEqualTo("{\"default:extract:a\": {}");
    assertThat(cache.names()).containsExactly(CacheFile.NAME);
  }

  @Test
  void aDirectoryThatCannotBeIsNamed() throws IOException {
    Files.writeString(temp.resolve("file"), "");
    assertThatThrownBy(() -> new CacheDirectory(temp.resolve("file").resolve("storage")).target())
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FAULT))
        .hasMessageContaining("file");
  }

  @Test
  void aReadOnlyDirectoryIsNamed() {
    assumeTrue(temp.toFile().setWritable(false) && !Files.isWritable(temp), "root may write");
    try {
      assertThatThrownBy(cache::target)
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FAULT))
          .hasMessageContaining(temp.toString());
    } finally {
      assertThat(temp.toFile().setWritable(true)).isTrue();
    }
  }

  @Test
  void longRecordsReplaceLongRecords() throws IOException {
    CacheRecord big =
        SampleRecords.with(usual("extract", "a"), "return", JsonValue.of("ä\"😀".repeat(500_000)));
    CacheRecord bigger =
        SampleRecords.with(usual("extract", "b"), "return", JsonValue.of("x\n".repeat(900_000)));
    cache.write(big, A, bigger);
    cache.write(SampleRecords.with(big, "create_time", JsonValue.of(5)));
    assertThat(cache.scan().records())
        .containsExactly(SampleRecords.with(big, "create_time", JsonValue.of(5)), A, bigger);
  }

  private void assumePosix() throws IOException {
    assumeTrue(Files.getFileStore(temp).supportsFileAttributeView("posix"), "no mode bits here");
  }
}
