package io.github.lightragmigrate.cli.adapters;

import io.github.lightragmigrate.cli.adapters.AdapterCatalog.Found;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds adapters on the class path and in a directory of jars. */
public final class AdapterDiscovery {

  /** A loader that answers nothing but errors must not be asked for ever. */
  private static final int MAX_BROKEN = 100;

  private final List<Found> found = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private AdapterDiscovery() {}

  /**
   * All that can be loaded.
   *
   * @param directory with further jars; they see each other's classes and the tool's
   * @throws DuplicateAdapterException when two adapters have the same name
   * @throws UncheckedIOException when the directory cannot be read
   */
  public static AdapterCatalog discover(ClassLoader tool, Optional<Path> directory) {
    AdapterDiscovery discovery = new AdapterDiscovery();
    discovery.load(directory.map(jars -> withJars(tool, jars)).orElse(tool));
    return new AdapterCatalog(discovery.found, discovery.warnings);
  }

  /** The loader stays open as long as the tool runs: adapters load classes whenever they like. */
  private static ClassLoader withJars(ClassLoader tool, Path directory) {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory, "*.jar")) {
      listing.forEach(jars::add);
      Collections.sort(jars);
      List<URL> urls = new ArrayList<>();
      for (Path jar : jars) {
        urls.add(jar.toUri().toURL());
      }
      return new URLClassLoader(urls.toArray(URL[]::new), tool);
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the adapter directory " + directory, e);
    }
  }

  private void load(ClassLoader loader) {
    Iterator<ServiceLoader.Provider<StorageAdapter>> providers =
        ServiceLoader.load(StorageAdapter.class, loader).stream().iterator();
    int broken = 0;
    while (broken < MAX_BROKEN) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        add(providers.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        broken++;
        warnings.add("an adapter cannot be loaded: " + describe(e));
      }
    }
  }

  private void add(ServiceLoader.Provider<StorageAdapter> provider) {
    Class<? extends StorageAdapter> type = provider.type();
    String origin = origin(type);
    try {
      StorageAdapter adapter = provider.get();
      if (adapter.id().isBlank() || adapter.name().isBlank()) {
        throw new IllegalStateException("it has no name");
      }
      adapter.settings().forEach(setting -> setting.name());
      found.add(new Found(adapter, origin));
    } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
      warnings.add(
          "adapter " + type.getName() + " in " + origin + " cannot be used: " + describe(e));
    }
  }

  private static String origin(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null
        ? "the Java runtime"
        : Path.of(source.getLocation().getPath()).toString();
  }

  private static String describe(Throwable e) {
    @Nullable Throwable cause = e.getCause();
    return e.getMessage() + (cause == null ? "" : " (" + cause + ")");
  }
}
