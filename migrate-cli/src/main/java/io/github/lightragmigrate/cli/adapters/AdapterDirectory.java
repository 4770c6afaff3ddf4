package io.github.lightragmigrate.cli.adapters;

import io.github.lightragmigrate.spi.StorageAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The jars of a directory, under one class loader: an adapter finds its driver in any of them. */
final class AdapterDirectory {

  private static final String OWN_PACKAGES = "io.github.lightragmigrate.";

  private final List<DroppedJar> jars = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<Provider> providers = new ArrayList<>();

  /** The first jar that has a class: the one that it is loaded from. */
  private final Map<String, DroppedJar> owners = new HashMap<>();

  private final ClassLoader tool;

  private AdapterDirectory(ClassLoader tool) {
    this.tool = tool;
  }

  /** A class that a jar offers as an adapter. */
  record Provider(DroppedJar jar, String type, ClassLoader loader) {

    /**
     * Makes the adapter.
     *
     * @throws ReflectiveOperationException when there is no such class, or no public constructor
     *     without parameters, or it failed
     */
    StorageAdapter load() throws ReflectiveOperationException {
      return Class.forName(type, false, loader)
          .asSubclass(StorageAdapter.class)
          .getConstructor()
          .newInstance();
    }
  }

  /**
   * Looks through the jars.
   *
   * @throws UncheckedIOException when the directory cannot be read
   */
  static AdapterDirectory read(ClassLoader tool, Path path) {
    AdapterDirectory directory = new AdapterDirectory(tool);
    for (Path file : files(path)) {
      try {
        directory.jars.add(DroppedJar.read(file));
      } catch (IOException | UncheckedIOException | SecurityException e) {
        directory.warnings.add(
            file + " is no jar that can be read: remove it, or copy it again (" + e + ")");
      }
    }
    directory.jars.forEach(directory::compare);
    directory.offer(directory.loader());
    directory.missServices();
    return directory;
  }

  /** A line for each thing that is wrong with the jars. */
  List<String> warnings() {
    return warnings;
  }

  List<Provider> providers() {
    return providers;
  }

  private static List<Path> files(Path directory) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> listing =
        Files.newDirectoryStream(directory, AdapterDirectory::isJar)) {
      listing.forEach(files::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the adapter directory " + directory, e);
    }
    Collections.sort(files);
    return files;
  }

  private static boolean isJar(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".jar");
  }

  /** A driver's jar offers none, but it is there for one that does. */
  private void missServices() {
    for (DroppedJar jar : jars) {
      if (jar.providers().isEmpty() && (jar.builtFor().isPresent() || offersNothing())) {
        warnings.add(
            jar.path()
                + " offers no adapter: it has no "
                + DroppedJar.SERVICE
                + " that names one; build it with that file, or remove it");
      }
    }
  }

  private boolean offersNothing() {
    return jars.stream().allMatch(jar -> jar.providers().isEmpty());
  }

  /** Tells of classes that are never loaded from this jar, since another one has them. */
  private void compare(DroppedJar jar) {
    Map<DroppedJar, List<String>> again = new LinkedHashMap<>();
    List<String> own = new ArrayList<>();
    for (String name : jar.classes()) {
      DroppedJar owner = owners.putIfAbsent(name, jar);
      if (owner != null) {
        again.computeIfAbsent(owner, first -> new ArrayList<>()).add(name);
      }
      if (isTools(name)) {
        own.add(name);
      }
    }
    again.forEach(
        (owner, names) ->
            warnings.add(
                jar.path()
                    + " brings classes that "
                    + owner.path()
                    + " has too, such as "
                    + some(names)
                    + ": those of "
                    + owner.path().getFileName()
                    + " are used; remove one of the jars"));
    if (!own.isEmpty()) {
      warnings.add(
          jar.path()
              + " brings classes of the tool itself, such as "
              + some(own)
              + ": the tool's are used; remove the jar, or build it with migrate-core in scope"
              + " provided");
    }
  }

  private static String some(List<String> names) {
    return names.get(0) + (names.size() == 1 ? "" : " (and " + (names.size() - 1) + " more)");
  }

  /** A class that two jars offer is the first one's, as {@link #compare} has told. */
  private void offer(ClassLoader loader) {
    for (DroppedJar jar : jars) {
      for (String type : jar.providers()) {
        DroppedJar owner = owners.getOrDefault(type, jar);
        boolean again = owner != jar && owner.providers().contains(type);
        if (!again && !isTools(type)) {
          providers.add(new Provider(jar, type, loader));
        }
      }
    }
  }

  /** Classes of the tool are loaded from the tool, whatever a jar brings. */
  private boolean isTools(String type) {
    return type.startsWith(OWN_PACKAGES)
        && tool.getResource(type.replace('.', '/') + ".class") != null;
  }

  /** Stays open as long as the tool runs: adapters load classes whenever they like. */
  private ClassLoader loader() {
    try {
      List<URL> urls = new ArrayList<>();
      for (DroppedJar jar : jars) {
        urls.add(jar.path().toUri().toURL());
      }
      return new URLClassLoader(urls.toArray(URL[]::new), tool);
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
