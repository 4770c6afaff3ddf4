package io.github.lightragmigrate.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Directories, mode bits and bytes. */
final class StructureOfJson implements StructureView {

  private static final String FILE = "kv_store_llm_response_cache.json";

  private final Path directory;

  StructureOfJson(Path directory) {
    this.directory = directory;
  }

  @Override
  public String store() {
    return "json";
  }

  @Override
  public Map<String, String> emptyPlace() {
    return Map.of(
        "WORKING_DIR",
        directory.resolve(UUID.randomUUID().toString()).toString(),
        "WORKSPACE",
        "structure");
  }

  @Override
  public Map<String, ?> container(Map<String, String> place) {
    return each(place, "unix:mode");
  }

  @Override
  public Map<String, ?> records(Map<String, String> place) {
    try {
      return Map.of(FILE, Files.readString(root(place).resolve("structure").resolve(FILE)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, ?> versions(Map<String, String> place) {
    return each(place, "unix:ino,ctime,lastModifiedTime,size");
  }

  /** Attributes of the working directory and all below it. */
  private static Map<String, ?> each(Map<String, String> place, String attributes) {
    Map<String, Object> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root(place))) {
      for (Path path : paths.toList()) {
        found.put(root(place).relativize(path).toString(), Files.readAttributes(path, attributes));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static Path root(Map<String, String> place) {
    return Path.of(place.get("WORKING_DIR"));
  }
}
