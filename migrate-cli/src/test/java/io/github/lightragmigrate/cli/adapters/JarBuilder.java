package io.github.lightragmigrate.cli.adapters;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles sources into a jar, which may be as wrong as somebody else's can be. */
public final class JarBuilder {

  private static final int MAJOR_VERSION = 6;

  private final Path work;
  private final List<String> sources = new ArrayList<>();
  private final List<String> services = new ArrayList<>();
  private final Manifest manifest = new Manifest();
  private String leftOut = "";
  private int javaVersion;

  /**
   * @param directory where a directory to work in is made
   */
  public JarBuilder(Path directory) {
    try {
      work = Files.createTempDirectory(directory, "compile");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
  }

  /**
   * Compiled along with the others, before the tool's own classes.
   *
   * @param type with its package
   */
  public JarBuilder source(String type, String text) {
    try {
      Path file = work.resolve("src").resolve(type.replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      sources.add(Files.writeString(file, text).toString());
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line of the services file. */
  public JarBuilder service(String type) {
    services.add(type);
    return this;
  }

  public JarBuilder manifest(String name, String value) {
    manifest.getMainAttributes().putValue(name, value);
    return this;
  }

  /** Classes whose names start so are compiled, but not put into the jar. */
  public JarBuilder leaveOut(String prefix) {
    leftOut = prefix.replace('.', '/');
    return this;
  }

  /** As if it was compiled for that Java. */
  public JarBuilder forJava(int version) {
    javaVersion = version;
    return this;
  }

  /** Writes the jar, and returns its path. */
  public Path write(Path jar) {
    Path classes = work.resolve("classes");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
    arguments.addAll(sources);
    if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new))
        != 0) {
      throw new IllegalStateException("the sources do not compile");
    }
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = classes.relativize(file).toString().replace('\\', '/');
        if (leftOut.isEmpty() || !name.startsWith(leftOut)) {
          entries.putNextEntry(new JarEntry(name));
          entries.write(dated(Files.readAllBytes(file)));
        }
      }
      if (!services.isEmpty()) {
        entries.putNextEntry(new JarEntry(DroppedJar.SERVICE));
        entries.write(String.join("\n", services).getBytes(StandardCharsets.UTF_8));
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] dated(byte[] classFile) {
    if (javaVersion > 0) {
      classFile[MAJOR_VERSION] = 0;
      classFile[MAJOR_VERSION + 1] = (byte) (44 + javaVersion);
    }
    return classFile;
  }
}
