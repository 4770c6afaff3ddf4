package io.github.lightragmigrate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonStorageAdapterTest {

  private final StorageAdapter adapter = new JsonStorageAdapter();

  @Test
  void isDiscovered() {
    assertThat(ServiceLoader.load(StorageAdapter.class))
        .anySatisfy(found -> assertThat(found).isInstanceOf(JsonStorageAdapter.class));
    assertThat(adapter.id()).isEqualTo("json");
    assertThat(adapter.name()).isEqualTo("JsonKVStorage");
  }

  @Test
  void theDefaultIsLightRags() {
    assertThat(location(Map.of()))
        .isEqualTo(real("rag_storage").resolve(CacheFile.NAME).toString());
    assertThat(location(Map.of("WORKSPACE", "space1")))
        .isEqualTo(real("rag_storage").resolve("space1").resolve(CacheFile.NAME).toString());
  }

  @Test
  void aSourceWithoutAFileIsTold() {
    try (CacheStore store =
        adapter.open(Settings.of(Map.of("WORKING_DIR", "no_such_directory")), Access.SOURCE)) {
      assertThat(store.notices())
          .containsExactly(
              "there is no directory for " + store.location() + ": look at WORKING_DIR");
    }
  }

  @Test
  void aDirectoryThatDoesNotExistIsTold(@TempDir Path directory) {
    for (String workspace : List.of("", "w")) {
      assertThat(missing(directory.resolve("typo"), workspace))
          .contains(JsonStorageAdapter.WORKING_DIR);
      assertThat(missing(directory, workspace)).isEmpty();
    }
  }

  private Optional<Setting> missing(Path directory, String workspace) {
    Map<String, String> settings =
        Map.of("WORKING_DIR", directory.toString(), "WORKSPACE", workspace);
    try (CacheStore store = adapter.open(Settings.of(settings), Access.SOURCE)) {
      return store.missingPlace();
    }
  }

  @Test
  void anEmptyDirectoryNameIsRefused() {
    assertSettingsFault(Map.of("WORKING_DIR", ""), "WORKING_DIR is empty");
    assertSettingsFault(Map.of("WORKING_DIR", "a\0b"), "WORKING_DIR");
  }

  private void assertSettingsFault(Map<String, String> settings, String message) {
    assertThatThrownBy(() -> adapter.open(Settings.of(settings), Access.SOURCE))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.SETTINGS))
        .hasMessageContaining(message);
  }

  private String location(Map<String, String> settings) {
    try (CacheStore store = adapter.open(Settings.of(settings), Access.SOURCE)) {
      return store.location();
    }
  }

  private static Path real(String name) {
    try {
      return Path.of("").toRealPath().resolve(name);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
