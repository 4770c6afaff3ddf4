package io.github.lightragmigrate.cli.adapters;

import io.github.lightragmigrate.cli.terminal.Spelling;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The adapters that can be used, by id and by LightRAG's class name. Immutable. */
public final class AdapterCatalog {

  /**
   * An adapter that was found.
   *
   * @param origin the jar or directory it comes from
   */
  public record Found(StorageAdapter adapter, String origin) {}

  private final List<Found> found;
  private final List<String> warnings;
  private final Map<String, Found> byName = new HashMap<>();

  /**
   * @param warnings a line for each adapter that could not be used
   * @throws DuplicateAdapterException when two adapters have the same name
   */
  AdapterCatalog(List<Found> found, List<String> warnings) {
    this.found = List.copyOf(found);
    this.warnings = List.copyOf(warnings);
    for (Found one : found) {
      register(one.adapter().id(), one);
      register(one.adapter().name(), one);
    }
  }

  /** A catalog of exactly these. */
  public static AdapterCatalog of(StorageAdapter... adapters) {
    List<Found> found = new ArrayList<>();
    for (StorageAdapter adapter : adapters) {
      found.add(new Found(adapter, "built in"));
    }
    return new AdapterCatalog(found, List.of());
  }

  public List<Found> found() {
    return found;
  }

  public List<StorageAdapter> adapters() {
    return found.stream().map(Found::adapter).toList();
  }

  /** One line for each adapter that could not be used. */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * The adapter of that name.
   *
   * @param name id or class name, in any case
   */
  public Optional<StorageAdapter> find(String name) {
    return Optional.ofNullable(byName.get(key(name))).map(Found::adapter);
  }

  /** {@code json (JsonKVStorage), redis (RedisKVStorage)}. */
  public String names() {
    return adapters().stream()
        .map(adapter -> adapter.id() + " (" + adapter.name() + ")")
        .collect(Collectors.joining(", "));
  }

  /** Whether an adapter is of a jar in that directory. */
  public boolean hasAnyFrom(Path directory) {
    Path wanted = directory.toAbsolutePath();
    return found.stream().anyMatch(one -> wanted.equals(Path.of(one.origin()).getParent()));
  }

  /** Ids and class names that may have been meant. */
  public List<String> nearest(String name) {
    return Spelling.nearest(
        name, adapters().stream().flatMap(one -> Stream.of(one.id(), one.name())).toList());
  }

  private void register(String name, Found adapter) {
    Found other = byName.putIfAbsent(key(name), adapter);
    if (other != null && !other.equals(adapter)) {
      throw new DuplicateAdapterException(name, other.origin(), adapter.origin());
    }
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
