package io.github.lightragmigrate.cli.adapters;

import io.github.lightragmigrate.cli.adapters.AdapterCatalog.Found;
import io.github.lightragmigrate.spi.StorageAdapter;
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
   * @throws DuplicateAdapterException when two adapters have the same name
   * @throws UncheckedIOException when the directory cannot be read
   */
  public static AdapterCatalog discover(ClassLoader tool, Optional<Path> directory) {
    AdapterDiscovery discovery = new AdapterDiscovery();
    discovery.load(tool);
    directory.ifPresent(jars -> discovery.load(AdapterDirectory.read(tool, jars)));
    return new AdapterCatalog(discovery.found, discovery.warnings);
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
        found.add(new Found(checked(adapter), origin(adapter.getClass())));
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        broken++;
        warnings.add("an adapter cannot be used: " + Advice.of(e, Optional.empty()));
      }
    }
  }

  private void load(AdapterDirectory directory) {
    warnings.addAll(directory.warnings());
    for (AdapterDirectory.Provider provider : directory.providers()) {
      Path jar = provider.jar().path();
      try {
        StorageAdapter adapter = checked(provider.load());
        found.add(new Found(Guard.of(adapter, provider.jar()), origin(adapter.getClass())));
      } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
        warnings.add(
            "adapter "
                + provider.type()
                + " in "
                + jar
                + " cannot be used: "
                + Advice.of(e, Optional.of(provider.jar())));
      }
    }
  }

  /** Asks for all that is asked for later, when nobody expects a fault. */
  private static StorageAdapter checked(StorageAdapter adapter) {
    if (adapter.id().isBlank() || adapter.name().isBlank()) {
      throw new IllegalStateException("it has no name");
    }
    adapter.settings().forEach(setting -> setting.name());
    return adapter;
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
