package io.github.lightragmigrate.cli.adapters;

import io.github.lightragmigrate.cli.adapters.AdapterCatalog.Found;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.StoreException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

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
   * @throws UncheckedIOException when the directory cannot be read
   */
  public static AdapterCatalog discover(ClassLoader tool, Optional<Path> directory) {
    AdapterDiscovery discovery = new AdapterDiscovery();
    discovery.load(tool);
    directory.ifPresent(jars -> discovery.load(AdapterDirectory.read(tool, jars)));
    return new AdapterCatalog(discovery.found, discovery.warnings, directory);
  }

  private void load(ClassLoader tool) {
    Iterator<ServiceLoader.Provider<StorageAdapter>> providers =
        ServiceLoader.load(StorageAdapter.class, tool).stream().iterator();
    int broken = 0;
    while (broken < MAX_BROKEN) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        StorageAdapter adapter = providers.next().get();
        AdapterCheck.problem(adapter, adapters())
            .ifPresentOrElse(
                problem -> warnings.add(adapter.getClass() + " cannot be used: " + problem),
                () -> found.add(new Found(adapter, origin(adapter.getClass()))));
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        broken++;
        warnings.add("an adapter cannot be used: " + Advice.of(e, Optional.empty()));
      }
    }
  }

  private void load(AdapterDirectory directory) {
    warnings.addAll(directory.warnings());
    for (AdapterDirectory.Provider provider : directory.providers()) {
      try {
        StorageAdapter adapter = provider.load();
        StorageAdapter guarded = Guard.of(adapter, provider.jar());
        AdapterCheck.problem(guarded, adapters())
            .ifPresentOrElse(
                problem -> warnings.add(unusable(provider, problem)),
                () -> found.add(new Found(guarded, origin(adapter.getClass()))));
      } catch (StoreException e) {
        // as Guard tells it, with adapter and jar
        warnings.add(e.getMessage() + "; the adapter cannot be used");
      } catch (OutOfMemoryError e) {
        throw e;
      } catch (ReflectiveOperationException | RuntimeException | Error e) {
        warnings.add(unusable(provider, Advice.of(e, Optional.of(provider.jar()))));
      }
    }
  }

  private List<StorageAdapter> adapters() {
    return found.stream().map(Found::adapter).toList();
  }

  private static String unusable(AdapterDirectory.Provider provider, String reason) {
    return "adapter "
        + provider.type()
        + " in "
        + provider.jar().path()
        + " cannot be used: "
        + reason;
  }

  private static String origin(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return "the Java runtime";
    }
    try {
      return Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      return source.getLocation().toString();
    }
  }
}
