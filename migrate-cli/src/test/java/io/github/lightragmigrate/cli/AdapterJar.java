package io.github.lightragmigrate.cli;

import io.github.lightragmigrate.cli.adapters.JarBuilder;
import java.nio.file.Path;

/** Compiles an adapter into a jar of its own, as one that was dropped in. */
public final class AdapterJar {

  private AdapterJar() {}

  /**
   * An adapter whose source never ends: count says a million, and each page has one record.
   *
   * @param type its class, in no package
   * @param more members of the class, such as a constructor that fails
   */
  public static Path endless(Path jar, String type, String id, String more) {
    return new JarBuilder(jar.toAbsolutePath().getParent())
        .source(type, endlessSource(type, id, more))
        .service(type)
        .write(jar);
  }

  /** The source of {@link #endless}, for a jar that is to hold more. */
  public static String endlessSource(String type, String id, String more) {
    return """
        import io.github.lightragmigrate.spi.*;
        import java.util.*;
        import java.util.concurrent.locks.LockSupport;
        import java.util.function.LongConsumer;

        public class %1$s implements StorageAdapter {
          %3$s
          public String id() { return "%2$s"; }
          %4$s
          %6$s
          %5$s

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
            unless(
                more, "String name()", "public String name() { return \"" + type + "Storage\"; }"),
            unless(
                more,
                "CacheStore open(",
                "public CacheStore open(Settings settings, Access access) { return new Store(); }"),
            unless(
                more,
                "settings() {",
                "public List<Setting> settings() { return List.of(Setting.WORKSPACE); }"));
  }

  private static String unless(String more, String signature, String member) {
    return more.contains(signature) ? "" : member;
  }
}
