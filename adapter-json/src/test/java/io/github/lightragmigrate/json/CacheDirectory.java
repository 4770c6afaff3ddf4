package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A directory with a cache file, for tests. */
record CacheDirectory(Path path) {

  static final Selection DEFAULT = Selection.ofTypes(Selection.DEFAULT_TYPES);
  static final PageLimit LARGE = new PageLimit(1000, 64 << 20);

  Path file() {
    return path.resolve(CacheFile.NAME);
  }

  CacheDirectory with(String text) throws IOException {
    Files.writeString(file(), text);
    return this;
  }

  String text() throws IOException {
    return Files.readString(file());
  }

  CacheStore source() {
    return open(Access.SOURCE);
  }

  CacheStore target() {
    return open(Access.TARGET);
  }

  private CacheStore open(Access access) {
    return new JsonStorageAdapter()
        .open(Settings.of(Map.of(JsonStorageAdapter.WORKING_DIR.name(), path.toString())), access);
  }

  void write(CacheRecord... records) {
    try (CacheStore store = target()) {
      store.upsert(List.of(records));
      store.flush();
    }
  }

  Page scan() {
    try (CacheStore store = source()) {
      return store.scan(DEFAULT, Cursor.START, LARGE);
    }
  }

  long count() {
    try (CacheStore store = source()) {
      return store.count(DEFAULT, found -> {}).total();
    }
  }

  /** Bytes in files that were not there before. */
  long written(List<String> before) throws IOException {
    long bytes = 0;
    for (String name : names()) {
      try {
        bytes += before.contains(name) ? 0 : Files.size(path.resolve(name));
      } catch (NoSuchFileException e) {
        // moved or deleted just now
      }
    }
    return bytes;
  }

  List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}
