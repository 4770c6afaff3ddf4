package io.github.lightragmigrate.json;

import static io.github.lightragmigrate.json.CacheDirectory.DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which workspaces a directory has, and what of a cache is in the old form. */
class WorkspacesTest {

  @TempDir Path temp;

  @Test
  void eachSubDirectoryWithACacheFileIsOne() throws IOException {
    cache("plain");
    cache("v1.0 (ältere) 😀");
    cache(" padded ");
    cache(".hidden");
    cache("kv_store_llm_response_cache.json.d");
    cache("plain/deeper");
    Files.createDirectory(temp.resolve("empty"));
    Files.writeString(temp.resolve("empty/kv_store_text_chunks.json"), "{}");
    Files.createDirectories(temp.resolve("strange").resolve(CacheFile.NAME));
    Files.writeString(temp.resolve("a file"), "");
    assertThat(workspaces(""))
        .containsExactly(
            " padded ",
            ".hidden",
            "kv_store_llm_response_cache.json.d",
            "plain",
            "v1.0 (ältere) 😀");
    cache("");
    assertThat(workspaces("plain")).hasSize(6).startsWith("");
    for (String workspace : workspaces("")) {
      try (CacheStore store = open(workspace)) {
        assertThat(store.count(DEFAULT, n -> {}).total()).as(workspace).isEqualTo(1);
      }
    }
  }

  @Test
  void linksAreFollowed() throws IOException {
    Path elsewhere = temp.resolve("elsewhere");
    cache("elsewhere/far");
    Path working = Files.createDirectory(temp.resolve("working"));
    Files.createSymbolicLink(working.resolve("linked"), elsewhere.resolve("far"));
    Files.createSymbolicLink(working.resolve("broken"), elsewhere.resolve("nowhere"));
    Files.createSymbolicLink(working.resolve("circle"), working.resolve("circle"));
    Path file = Files.createDirectory(working.resolve("file")).resolve(CacheFile.NAME);
    Files.createSymbolicLink(file, elsewhere.resolve("far").resolve(CacheFile.NAME));
    Path lost = Files.createDirectory(working.resolve("lost")).resolve(CacheFile.NAME);
    Files.createSymbolicLink(lost, elsewhere.resolve("nowhere"));
    assertThat(new WorkingDir(working).workspaces("")).containsExactly("file", "linked");
    Path link = Files.createSymbolicLink(temp.resolve("link"), working);
    assertThat(new WorkingDir(link).workspaces("")).containsExactly("file", "linked");
  }

  @Test
  void aNameThatLightRagRefusesIsNone() throws IOException {
    cache("back\\slash");
    cache("plain");
    assertThat(workspaces("")).containsExactly("plain");
  }

  @Test
  void whatIsNotThereOrCannotBeReadIsNoFault() throws IOException {
    assertThat(new WorkingDir(temp.resolve("nowhere")).workspaces("x")).isEmpty();
    cache("plain");
    cache("locked");
    Path locked = temp.resolve("locked");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
    try {
      assumeThat(Files.isReadable(locked)).as("rights mean nothing to root").isFalse();
      assertThat(workspaces("")).containsExactly("plain");
      Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("--x--x--x"));
      assertThat(workspaces("plain")).containsExactly("plain");
    } finally {
      Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void entriesOfANestThatCountAreLegacy() throws IOException {
    new CacheDirectory(temp)
        .with(
            """
            {"default": {"h1": {"return": "1"}, "h2": {"return": "2", "cache_type": "summary"},
                         "h1": {"return": "again"}, "x": {"return": "shadowed"},
                         "h4": {"return": "4", "cache_type": "query"}},
             "default:extract:x": {"return": "flat"}, "default:extract:y": {"return": "flat"},
             "mix": {"h3": {"return": "3"}}, "other": {"return": "o"}}
            """);
    try (CacheStore store = open("")) {
      assertThat(store.countLegacy(DEFAULT)).isEqualTo(2);
      assertThat(store.count(DEFAULT, n -> {}).total()).isEqualTo(4);
    }
  }

  private void cache(String workspace) throws IOException {
    Path directory = Files.createDirectories(temp.resolve(workspace));
    new CacheDirectory(directory).with("{\"default:extract:h\": {\"return\": \"r\"}}");
  }

  private List<String> workspaces(String known) {
    try (CacheStore store = open(known)) {
      return store.workspaces();
    }
  }

  private CacheStore open(String workspace) {
    return new JsonStorageAdapter()
        .open(
            Settings.of(Map.of("WORKING_DIR", temp.toString(), "WORKSPACE", workspace)),
            Access.SOURCE);
  }
}
