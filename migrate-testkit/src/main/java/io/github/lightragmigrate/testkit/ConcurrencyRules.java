package io.github.lightragmigrate.testkit;

import static io.github.lightragmigrate.testkit.Scans.DEFAULT;
import static io.github.lightragmigrate.testkit.Scans.LARGE;
import static io.github.lightragmigrate.testkit.Scans.assertAllWritten;
import static io.github.lightragmigrate.testkit.Scans.assertRefused;
import static io.github.lightragmigrate.testkit.Scans.pagesOf;
import static io.github.lightragmigrate.testkit.Scans.scanAll;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.WriteResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** Several threads and other writers do no harm. */
interface ConcurrencyRules extends Rules {

  int MANY = 10_000;

  @Test
  default void severalThreadsMayWriteAndReadAtOnce() throws Exception {
    String rule =
        "upsert(), find(), rejected(), asStored() and flush() must be safe for several threads at once,"
            + " which the engine has (--writers): lock, or use a connection for each call. Where other"
            + " tests fail too, mend those first";
    List<CacheRecord> records = SampleRecords.usual(400);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (CacheStore store = place().openTarget()) {
      List<Future<WriteResult>> results = new ArrayList<>();
      for (int i = 0; i < 400; i += 50) {
        List<CacheRecord> part = records.subList(i, i + 50);
        results.add(threads.submit(() -> writeAsAWriterDoes(store, part)));
      }
      for (Future<WriteResult> result : results) {
        store.flush();
        assertAllWritten(Expect.resultOf(rule, result), 50);
      }
      store.flush();
    } finally {
      threads.shutdownNow();
    }
    try (CacheStore store = place().openSource()) {
      List<CacheRecord> read = scanAll(store, LARGE);
      Keys.assertSame(rule, Keys.of(read), Keys.of(records));
      place().assertFields("scan()", store, read, records);
    }
  }

  private static WriteResult writeAsAWriterDoes(CacheStore store, List<CacheRecord> batch) {
    store.find(Keys.of(batch));
    store.rejected(batch);
    WriteResult result = store.upsert(batch);
    batch.forEach(store::asStored);
    return result;
  }

  @Test
  default void aScanMissesNothingWhileOthersWrite() throws Exception {
    List<CacheRecord> records = SampleRecords.usual(200);
    List<CacheRecord> others = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      others.add(SampleRecords.usual("extract", "written during the scan " + i));
    }
    place().write(records);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (CacheStore source = place().openSource();
        CacheStore target = place().openTarget()) {
      Semaphore batches = new Semaphore(0);
      Semaphore pages = new Semaphore(1);
      Future<?> writing =
          thread.submit(
              () -> {
                try {
                  for (int i = 0; i < others.size(); i += 10) {
                    pages.acquire();
                    assertAllWritten(target.upsert(others.subList(i, i + 10)), 10);
                    target.flush();
                    batches.release();
                  }
                  return null;
                } finally {
                  // nobody is to wait for a batch that does not come
                  batches.release(MANY);
                }
              });
      Optional<Set<String>> keys = keysOfScan(source, batches, pages);
      if (keys.isPresent()) {
        Keys.assertHas(
            "scan() must never leave out a key that was there from its start to its end, whatever"
                + " others write",
            keys.get(),
            Keys.of(records));
      }
      Expect.resultOf(
          "upsert() and flush() must work while another store of the same place is read: no lock may"
              + " be held from one page to the next",
          writing);
    } finally {
      thread.shutdownNow();
    }
  }

  /**
   * Reads a page after each batch that is written, and lets the next be written then; empty where
   * the store refuses to go on.
   */
  private static Optional<Set<String>> keysOfScan(
      CacheStore source, Semaphore batches, Semaphore pages) throws InterruptedException {
    try {
      return keysOfScan(source, batches, pages::release);
    } finally {
      // nobody is to wait for a page that does not come
      pages.release(MANY);
    }
  }

  private static Optional<Set<String>> keysOfScan(
      CacheStore source, Semaphore batches, Runnable afterPage) throws InterruptedException {
    Set<String> keys = new HashSet<>();
    int pages = 0;
    Optional<Cursor> cursor = Optional.of(Cursor.START);
    while (cursor.isPresent()) {
      Scans.assertEnds(++pages);
      batches.acquire();
      Cursor from = cursor.get();
      try {
        Page page = source.scan(DEFAULT, from, pagesOf(10));
        for (CacheRecord record : page.records()) {
          Scans.assertMayCome(source, record, keys.add(record.key()));
        }
        cursor = page.next();
        afterPage.run();
      } catch (StoreException e) {
        assertRefused(e, from);
        return Optional.empty();
      }
    }
    return Optional.of(keys);
  }
}
