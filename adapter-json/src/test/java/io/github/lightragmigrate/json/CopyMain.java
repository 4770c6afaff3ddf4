package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Copies one cache into another in a process of its own. Between staging and flushing it says
 * {@code staged N} and waits for a byte on its input. Arguments: both directories, megabytes a
 * page.
 */
final class CopyMain {

  private CopyMain() {}

  public static void main(String[] args) throws IOException {
    PageLimit limit = new PageLimit(1000, Long.parseLong(args[2]) << 20);
    try (CacheStore source = new CacheDirectory(Path.of(args[0])).source();
        CacheStore target = new CacheDirectory(Path.of(args[1])).target()) {
      long start = System.nanoTime();
      long counted = source.count(CacheDirectory.DEFAULT, found -> {}).total();
      long countMs = millis(start);
      start = System.nanoTime();
      long copied = 0;
      long bytes = 0;
      long scanMs = 0;
      Optional<Cursor> cursor = Optional.of(Cursor.START);
      while (cursor.isPresent()) {
        long pageStart = System.nanoTime();
        Page page = source.scan(CacheDirectory.DEFAULT, cursor.get(), limit);
        scanMs += millis(pageStart);
        copied += target.upsert(page.records()).written();
        bytes += page.records().stream().mapToLong(CacheRecord::size).sum();
        cursor = page.next();
      }
      long copyMs = millis(start);
      System.out.println("staged " + copied + " of " + counted);
      if (System.in.read() < 0) {
        return;
      }
      start = System.nanoTime();
      target.flush();
      System.out.printf(
          "flushed %d MB: count %d ms, scan %d ms, upsert %d ms, flush %d ms%n",
          bytes >> 20, countMs, scanMs, copyMs - scanMs, millis(start));
    }
  }

  private static long millis(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
