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

  private final List<Found> found = new ArrayList<>();
  private final List<String> warnings;
  private final Optional<Path> directory;
  private final Map<String, Found> byName = new HashMap<>();

  /**
   * @param all an adapter whose id or name an earlier one has is left out
   * @param warnings a line for each adapter that could not be used
   * @param directory of jars that was looked into
   */
  AdapterCatalog(List<Found> all, List<String> warnings, Optional<Path> directory) {
    this.directory = directory;
    this.warnings = new ArrayList<>(warnings);
    for (Found one : all) {
      register(one);
    }
  }

  /** A catalog of exactly these. */
  public static AdapterCatalog of(StorageAdapter... adapters) {
    List<Found> found = new ArrayList<>();
    for (StorageAdapter adapter : adapters) {
      found.add(new Found(adapter, "built in"));
    }
    return new AdapterCatalog(found, List.of(), Optional.empty());
  }

  public List<Found> found() {
    return List.copyOf(found);
  }

  public List<StorageAdapter> adapters() {
    return found.stream().map(Found::adapter).toList();
  }

  /** One line for each adapter that could not be used. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Of jars that was looked into; empty where there is none. */
  public Optional<Path> directory() {
    return directory;
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

  private void register(Found one) {
    StorageAdapter adapter = one.adapter();
    for (String name : List.of(adapter.id(), adapter.name())) {
      Found other = byName.get(key(name));
      if (other != null) {
        warnings.add(
            adapter.name()
                + " in "
                + one.origin()
                + " cannot be used: '"
                + name
                + "' is taken by "
                + other.adapter().name()
                + " in "
                + other.origin()
                + "; remove the jar, or build it with an id and a name of its own");
        return;
      }
    }
    byName.put(key(adapter.id()), one);
    byName.put(key(adapter.name()), one);
    found.add(one);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
