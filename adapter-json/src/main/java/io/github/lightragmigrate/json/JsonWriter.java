package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import io.github.lightragmigrate.spi.UnreadableRecord;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stages records and puts them into the cache file at {@link #flush}. The file is replaced whole or
 * not at all, and never when somebody else changed it since this writer last saw it: a running
 * LightRAG has all of it in memory and would overwrite it again.
 */
final class JsonWriter implements Closeable {

  private static final int BUFFER_BYTES = 256 << 10;

  private final CacheFile file;
  private final JsonReader reader;
  private FileStamp known;
  private @Nullable Staging staging;

  /** Creates the directory, as LightRAG does at its start, and removes leftovers of crashes. */
  JsonWriter(CacheFile file, JsonReader reader) {
    this.file = file;
    this.reader = reader;
    Path directory = file.path().getParent();
    if (directory != null) {
      prepare(directory);
    }
    WorkFile.removeLeftovers(file.path());
    this.known = file.stamp();
  }

  private void prepare(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw file.unwritable(e);
    }
    if (!Files.isWritable(directory)) {
      throw new StoreException(
          Kind.FAULT,
          "cannot write "
              + file.path()
              + ": its directory cannot be written by this user: give the right, or name another");
    }
  }

  static List<WriteFailure> rejected(List<CacheRecord> batch) {
    List<WriteFailure> failures = new ArrayList<>();
    RecordText text = new RecordText();
    for (CacheRecord entry : batch) {
      try {
        text.set(entry);
      } catch (UnfitException e) {
        failures.add(WriteFailure.rejected(entry.key(), String.valueOf(e.getMessage())));
      }
    }
    return failures;
  }

  /** One batch after the other: one that does not fit on the disk is taken back whole. */
  synchronized WriteResult upsert(List<CacheRecord> batch) {
    try {
      Staging stage = staging;
      if (stage == null) {
        stage = new Staging(file.path());
        staging = stage;
      }
      List<WriteFailure> failures = stage.add(batch);
      return new WriteResult(batch.size() - failures.size(), failures);
    } catch (IOException e) {
      throw file.unwritable(e);
    } finally {
      if (staging != null && staging.isEmpty()) {
        close();
      }
    }
  }

  synchronized void flush() {
    Staging staged = staging;
    if (staged == null) {
      return;
    }
    checkUnchanged();
    Path path = file.path();
    boolean isWhole = known.isAbsent() && staged.isWithoutRepeats();
    try (WorkFile whole = isWhole ? staged.asNewFile() : merged(staged)) {
      whole.finish(path);
      checkUnchanged();
      whole.moveTo(path);
      known = file.stamp();
      if (isWhole) {
        reader.know(staged.index(known));
      }
      WorkFile.syncDirectory(path);
    } catch (IOException e) {
      // a file that changes while it is read makes no sense
      checkUnchanged();
      throw file.unwritable(e);
    }
    close();
  }

  private WorkFile merged(Staging staged) throws IOException {
    Path path = file.path();
    FileIndex index = reader.index();
    WorkFile merged = known.isAbsent() ? WorkFile.create(path) : WorkFile.createPrivate(path);
    try {
      OutputStream out =
          new BufferedOutputStream(new FileOutputStream(merged.io().getFD()), BUFFER_BYTES);
      new Merge(index, staged, out).write(path);
      out.flush();
      return merged;
    } catch (IOException | RuntimeException e) {
      merged.close();
      throw e;
    }
  }

  private void checkUnchanged() {
    if (!known.equals(file.stamp())) {
      throw file.changed();
    }
  }

  /** Adds what is staged of these keys to the lists, and returns the others. */
  synchronized Set<String> find(
      Collection<String> keys, List<CacheRecord> records, List<UnreadableRecord> unreadable) {
    Set<String> others = new HashSet<>(keys);
    Staging staged = staging;
    if (staged == null) {
      return others;
    }
    try (EntryReader entries = staged.entries()) {
      for (String key : Set.copyOf(keys)) {
        long start = staged.start(key);
        if (start >= 0) {
          entries.read(start);
          entries.addTo(records, unreadable);
          others.remove(key);
        }
      }
      return others;
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  /** Adds the staged keys that the file does not have. */
  synchronized void count(Selection selection, Map<String, Long> counts) {
    Staging staged = staging;
    if (staged == null) {
      return;
    }
    FileIndex index = reader.index();
    try (EntryReader entries = staged.entries()) {
      while (entries.next()) {
        if (staged.isCurrent(entries) && !index.contains(entries.key())) {
          selection
              .prefixOf(entries.key())
              .ifPresent(prefix -> counts.merge(prefix, 1L, Long::sum));
        }
      }
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  /** Drops what was not flushed. */
  @Override
  public synchronized void close() {
    Staging staged = staging;
    staging = null;
    if (staged != null) {
      try {
        staged.close();
      } catch (IOException e) {
        throw file.unwritable(e);
      }
    }
  }
}
