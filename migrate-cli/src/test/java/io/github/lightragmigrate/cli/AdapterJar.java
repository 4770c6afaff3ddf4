package io.github.lightragmigrate.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles an adapter into a jar of its own, as one that was dropped in. */
public final class AdapterJar {

  private static final String SERVICE = "io.github.lightragmigrate.spi.StorageAdapter";

  private AdapterJar() {}

  /**
   * An adapter whose source never ends: count says a million, and each page has one record.
   *
   * @param type its class, in no package
   * @param more members of the class, such as a constructor that fails
   */
  public static Path endless(Path jar, String type, String id, String more) {
    String source =
        """
        import io.github.lightragmigrate.spi.*;
        import java.util.*;
        import java.util.concurrent.locks.LockSupport;
        import java.util.function.LongConsumer;

        public class %1$s implements StorageAdapter {
          %3$s
          public String id() { return "%2$s"; }
          %4$s
          public List<Setting> settings() { return List.of(Setting.WORKSPACE); }
          public CacheStore open(Settings settings, Access access) { return new Store(); }

          static class Store implements CacheStore {
            int read;
            public String location() { return "nowhere"; }
            public String workspace() { return ""; }
            public Counts count(Selection selection, LongConsumer progress) {
              return Counts.exact(Map.of("default:extract:", 1_000_000L));
            }
            public synchronized Page scan(Selection selection, Cursor cursor, PageLimit limit) {
              LockSupport.parkNanos(1_000_000);
              CacheRecord record =
                  CacheRecord.of(
                      "default:extract:" + read++, Map.of("return", JsonValue.of("answer")));
              return Page.of(List.of(record), Optional.of(new Cursor("after " + read)));
            }
            public Page find(Collection<String> keys) {
              return Page.of(List.of(), Optional.empty());
            }
            public WriteResult upsert(List<CacheRecord> batch) {
              throw new IllegalStateException();
            }
            public void flush() {}
            public void close() {}
          }
        }
        """
            .formatted(
                type,
                id,
                more,
                more.contains("String name()")
                    ? ""
                    : "public String name() { return \"" + type + "Storage\"; }");
    return compile(jar, type, source);
  }

  private static Path compile(Path jar, String type, String source) {
    try {
      Path work = Files.createTempDirectory(jar.toAbsolutePath().getParent(), "compile");
      Path file = Files.writeString(work.resolve(type + ".java"), source);
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      String classPath = System.getProperty("java.class.path");
      int result =
          compiler.run(
              null,
              null,
              null,
              "-proc:none",
              "-cp",
              classPath,
              "-d",
              work.toString(),
              file.toString());
      if (result != 0) {
        throw new IllegalStateException("the adapter does not compile");
      }
      write(jar, work, type);
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path jar, Path work, String type) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.list(work)) {
      List<Path> classes = files.filter(path -> path.toString().endsWith(".class")).toList();
      for (Path path : classes) {
        entries.putNextEntry(new JarEntry(path.getFileName().toString()));
        Files.copy(path, entries);
      }
      entries.putNextEntry(new JarEntry("META-INF/services/" + SERVICE));
      entries.write(type.getBytes(StandardCharsets.UTF_8));
    }
  }
}
