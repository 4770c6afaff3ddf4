package io.github.lightragmigrate.replay;

import io.github.lightragmigrate.report.LineReader;
import io.github.lightragmigrate.report.OwnerOnly;
import io.github.lightragmigrate.spi.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts what remains in the place of a failure log that was replayed. Until then, and whenever it
 * does not come to that, the log is as it was: all that was not written is in it. Two files beside
 * it are left over only after a crash, and are of no use to anybody.
 */
public final class LogReplacement implements AutoCloseable {

  private final LogIndex index;
  private final Path log;
  private final Path failures;
  private final Path rest;

  /**
   * The log is read by this one: a POSIX lock ends when any other channel of the file is closed.
   */
  private final FileChannel locked;

  private boolean replaced;

  private LogReplacement(LogIndex index, FileChannel locked) {
    this.index = index;
    this.log = index.file();
    this.failures = log.resolveSibling(log.getFileName() + ".retry-failures");
    this.rest = log.resolveSibling(log.getFileName() + ".retry-rest");
    this.locked = locked;
  }

  /**
   * Keeps other replays from this log until it is closed.
   *
   * @throws StoreException SETTINGS when there is another, or the log is not as it was read
   * @throws UncheckedIOException when the log or its directory cannot be written
   */
  public static LogReplacement begin(LogIndex index) {
    try {
      FileChannel channel =
          FileChannel.open(index.file(), StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        if (!lock(channel) || index.isOutdated()) {
          throw new StoreException(
              StoreException.Kind.SETTINGS,
              index.file() + " is replayed or written to by somebody else: wait for its end");
        }
        LogReplacement replacement = new LogReplacement(index, channel);
        Files.deleteIfExists(replacement.failures);
        Files.deleteIfExists(replacement.rest);
        return replacement;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot replace the failure log " + index.file() + ": " + e, e);
    }
  }

  /** Where the replay puts what fails again. */
  public Path failures() {
    return failures;
  }

  /**
   * Replaces the log in one step by what it keeps and what failed again; removes it when that is
   * nothing. On return it is on the disk.
   *
   * @return whether there is still a log
   * @throws StoreException FAULT when somebody wrote to the log meanwhile; it is then left as it is
   * @throws UncheckedIOException when it cannot be replaced; it is then whole as it was
   */
  public boolean replace() {
    try {
      writeRest();
      if (index.isOutdated()) {
        throw new StoreException(
            StoreException.Kind.FAULT,
            "somebody wrote to the failure log "
                + log
                + " during the replay: nothing was taken out of it; replay it again when nobody"
                + " writes to it");
      }
      boolean remains = Files.size(rest) > 0;
      Files.deleteIfExists(failures);
      if (remains) {
        Files.move(rest, log, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.delete(rest);
        Files.delete(log);
      }
      // from now on another replay may have files of these names
      replaced = true;
      sync(log.getParent());
      return remains;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot replace the failure log " + log + ": " + e, e);
    }
  }

  @Override
  public void close() {
    try (locked) {
      if (!replaced) {
        Files.deleteIfExists(rest);
        Files.deleteIfExists(failures);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clean up beside the failure log " + log, e);
    }
  }

  private void writeRest() throws IOException {
    try (FileChannel out =
        FileChannel.open(
            rest,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            OwnerOnly.attributes())) {
      LineReader lines = new LineReader(locked, 0, index.size());
      for (Optional<LineReader.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
        byte[] text = line.get().text();
        if (index.isKept(line.get(), LogLine.parse(text, line.get().ended()))) {
          write(out, text);
          write(out, new byte[] {'\n'});
        }
      }
      if (Files.exists(failures)) {
        copy(failures, out);
      }
      out.force(true);
    }
  }

  private static void copy(Path from, FileChannel out) throws IOException {
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ)) {
      long size = in.size();
      for (long done = 0; done < size; ) {
        done += in.transferTo(done, size - done, out);
      }
    }
  }

  private static void write(FileChannel out, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static void sync(@Nullable Path directory) throws IOException {
    if (directory == null) {
      return;
    }
    FileChannel opened;
    try {
      opened = FileChannel.open(directory, StandardOpenOption.READ);
    } catch (IOException e) {
      // Windows opens no directories
      return;
    }
    try (opened) {
      opened.force(true);
    }
  }
}
