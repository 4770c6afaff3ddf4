package io.github.lightragmigrate.report;

import io.github.lightragmigrate.spi.StoreException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A failure log that is open for appending, and locked so that no replay puts another file in its
 * place.
 */
final class OpenLog implements Closeable {

  /** Some network file systems have another identity for a file each time. */
  private static final int MOST_ATTEMPTS = 5;

  private final FileChannel log;

  /** Holds the lock, which a channel for appending alone cannot share with others. */
  private final FileChannel held;

  private OpenLog(FileChannel log, FileChannel held) {
    this.log = log;
    this.held = held;
  }

  /**
   * Makes the file where there is none.
   *
   * @throws StoreException FAULT when the log is being replayed
   */
  static OpenLog open(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    for (int attempt = 1; ; attempt++) {
      Object before = identity(file);
      OpenLog opened;
      try {
        opened = openOnce(file);
      } catch (NoSuchFileException e) {
        // a replay that left nothing has just removed it
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
        continue;
      }
      try {
        // a replay may have replaced it after it was opened and before it was locked
        if (Objects.equals(before, identity(file)) || attempt == MOST_ATTEMPTS) {
          return opened;
        }
      } catch (IOException | RuntimeException e) {
        opened.close();
        throw e;
      }
      opened.close();
    }
  }

  private static OpenLog openOnce(Path file) throws IOException {
    FileChannel log =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            OwnerOnly.attributes());
    try {
      FileChannel held = FileChannel.open(file, StandardOpenOption.READ);
      OpenLog opened = new OpenLog(log, held);
      if (!lock(held)) {
        held.close();
        throw new StoreException(
            StoreException.Kind.FAULT,
            "the failure log "
                + file
                + " is being replayed: run again when that has ended, or name another file"
                + " (--failures)");
      }
      return opened;
    } catch (IOException | RuntimeException e) {
      log.close();
      throw e;
    }
  }

  /**
   * A byte of its own: several migrations may write to the log, also of one process, while a replay
   * locks all of it.
   */
  private static boolean lock(FileChannel held) {
    try {
      long place = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE - 1);
      FileLock lock = held.tryLock(place, 1, true);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      // some network file systems have no locks
      return true;
    }
  }

  /** Locks the whole of it, until it is closed; false when somebody else has it open. */
  static boolean isLockedAlone(FileChannel log) {
    try {
      FileLock lock = log.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** What the file system calls it; null when there is none, or it has no such name. */
  private static @Nullable Object identity(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** After a crash in the middle of a line, also of another process while this one has it open. */
  private void endTornLine() throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    long size = held.size();
    if (size > 0 && held.read(last, size - 1) == 1 && last.get(0) != '\n') {
      log.write(ByteBuffer.wrap(new byte[] {'\n'}));
    }
  }

  /**
   * Appends and syncs all of the lines, or none. Behind a torn line the next one begins anew.
   *
   * @param lines with their line breaks
   */
  void append(Iterable<byte[]> lines) throws IOException {
    endTornLine();
    long before = log.size();
    long written = 0;
    try {
      for (byte[] line : lines) {
        ByteBuffer left = ByteBuffer.wrap(line);
        while (left.hasRemaining()) {
          written += log.write(left);
        }
      }
      log.force(false);
    } catch (IOException | RuntimeException e) {
      // a torn line would spoil the next one; what another migration appended stays
      if (log.size() == before + written) {
        log.truncate(before);
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try (FileChannel lock = held;
        FileChannel channel = log) {
      // closes both
    }
  }
}
