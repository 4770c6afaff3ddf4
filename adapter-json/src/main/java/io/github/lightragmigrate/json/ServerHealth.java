package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.JsonValue;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a LightRAG server tells of itself. To callers whom it does not know it tells only that it is
 * there, unless it was set up without authentication.
 *
 * @param directory where its JSON files are; empty when it does not tell
 * @param storage its class for key-value storage, {@code JsonKVStorage}
 * @param process id of the process that answers, in its own container where it is in one
 */
record ServerHealth(Optional<String> directory, Optional<String> storage, Optional<Long> process) {

  /** Empty for the answer of another program. */
  static Optional<ServerHealth> of(JsonValue answer) {
    Map<String, JsonValue> fields = fields(answer);
    if (!fields.containsKey("core_version") || !fields.containsKey("api_version")) {
      return Optional.empty();
    }
    Map<String, JsonValue> configuration = fields(fields.get("configuration"));
    String workspace = text(configuration, "workspace").orElse("");
    return Optional.of(
        new ServerHealth(
            text(fields, "working_directory")
                .map(parent -> workspace.isEmpty() ? parent : parent + "/" + workspace),
            text(configuration, "kv_storage"),
            Optional.ofNullable(fields(fields.get("keyed_locks")).get("process_id"))
                .flatMap(JsonValue::asLong)));
  }

  private static Map<String, JsonValue> fields(@Nullable JsonValue value) {
    return value != null && value.kind() == JsonValue.Kind.OBJECT ? value.fields() : Map.of();
  }

  private static Optional<String> text(Map<String, JsonValue> fields, String name) {
    return Optional.ofNullable(fields.get(name)).flatMap(JsonValue::asString);
  }

  /**
   * Whether it has the cache file of this directory in memory.
   *
   * @param ours one that exists
   */
  Holding holds(Path ours) {
    if (storage.filter(name -> !name.equals(Holding.JSON_STORAGE)).isPresent()) {
      return Holding.NO;
    }
    try {
      Optional<Path> theirs = directory.map(Path::of);
      // a container's directory has another name here
      return theirs.filter(Files::isDirectory).isPresent()
          ? Holding.of(theirs.get(), ours)
          : Holding.UNKNOWN;
    } catch (InvalidPathException e) {
      return Holding.UNKNOWN;
    }
  }
}
