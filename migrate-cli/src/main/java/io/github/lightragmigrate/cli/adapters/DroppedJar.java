package io.github.lightragmigrate.cli.adapters;

import io.github.lightragmigrate.spi.StorageAdapter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * A jar of the adapter directory.
 *
 * @param builtFor version of the tool that its manifest names
 * @param providers classes that it offers as adapters
 * @param classes all that it brings
 */
record DroppedJar(
    Path path, Optional<String> builtFor, List<String> providers, Set<String> classes) {

  /** In the manifest: the version of migrate-core that the adapter was compiled with. */
  static final String BUILT_FOR = "Lightrag-Migrate-Version";

  static final String SERVICE = "META-INF/services/" + StorageAdapter.class.getName();

  private static final String CLASS = ".class";

  /**
   * Reads what is in it, but no class.
   *
   * @throws IOException when it is no jar
   */
  static DroppedJar read(Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile())) {
      Optional<String> builtFor =
          Optional.ofNullable(jar.getManifest())
              .map(Manifest::getMainAttributes)
              .map(attributes -> attributes.getValue(BUILT_FOR));
      return new DroppedJar(path, builtFor, providers(jar), classes(jar));
    }
  }

  private static Set<String> classes(JarFile jar) {
    return jar.stream()
        .map(JarEntry::getName)
        .filter(name -> name.endsWith(CLASS) && !name.startsWith("META-INF/"))
        .filter(name -> !name.endsWith("module-info.class") && !name.endsWith("package-info.class"))
        .map(name -> name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** As {@link java.util.ServiceLoader} reads them, which does not tell the jar of an error. */
  private static List<String> providers(JarFile jar) throws IOException {
    JarEntry entry = jar.getJarEntry(SERVICE);
    if (entry == null) {
      return List.of();
    }
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(jar.getInputStream(entry), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .distinct()
          .toList();
    }
  }
}
