package io.github.lightragmigrate.json;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file beside the cache file for as long as it is needed. It is locked, so that another process
 * can tell it from the leftover of a crash, and has not the name ({@code .tmp.}) by which LightRAG
 * knows its own leftovers.
 */
final class WorkFile implements Closeable {

  /** Where locks do not work, a file is a leftover when nobody wrote to it for so long. */
  private static final Duration LEFTOVER_AGE = Duration.ofDays(1);

  private final Path path;
  private final RandomAccessFile io;

  private WorkFile(Path path, RandomAccessFile io) {
    this.path = path;
    this.io = io;
  }

  /** Only the owner may read it. */
  static WorkFile createPrivate(Path beside) throws IOException {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? create(
            beside,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
        : create(beside);
  }

  /** Whoever the system's defaults say may read it. */
  static WorkFile create(Path beside, FileAttribute<?>... attributes) throws IOException {
    Path path =
        parent(beside)
            .resolve(ownPrefix(beside) + Long.toHexString(ThreadLocalRandom.current().nextLong()));
    Files.createFile(path, attributes);
    RandomAccessFile io = new RandomAccessFile(path.toFile(), "rw");
    try {
      FileLock unused = io.getChannel().tryLock();
    } catch (IOException e) {
      // some network file systems have no locks: the age decides there
    }
    return new WorkFile(path, io);
  }

  /** Deletes what processes left that came to a sudden end. */
  static void removeLeftovers(Path beside) {
    String prefix = prefix(beside);
    String own = ownPrefix(beside);
    DirectoryStream.Filter<Path> isOthers =
        file -> {
          String name = String.valueOf(file.getFileName());
          return name.startsWith(prefix) && !name.startsWith(own);
        };
    try (DirectoryStream<Path> files = Files.newDirectoryStream(parent(beside), isOthers)) {
      for (Path file : files) {
        if (isLeftover(file)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      // they take up room, no more
    }
  }

  private static boolean isLeftover(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() != null;
    } catch (IOException e) {
      Instant modified = Files.getLastModifiedTime(file).toInstant();
      return modified.isBefore(Instant.now().minus(LEFTOVER_AGE));
    }
  }

  private static String prefix(Path beside) {
    return beside.getFileName() + ".migrate.";
  }

  /** A process id comes again, above all in containers; with its start time it does not. */
  private static String ownPrefix(Path beside) {
    ProcessHandle self = ProcessHandle.current();
    long started = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return prefix(beside) + self.pid() + "-" + started + ".";
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("no file: " + file);
    }
    return parent;
  }

  Path path() {
    return path;
  }

  RandomAccessFile io() {
    return io;
  }

  /** From now on whoever the system's defaults say may read it. */
  void takeDefaultRights() throws IOException {
    PosixFileAttributeView mine = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (mine != null) {
      // the process's umask can be had no other way
      try (WorkFile usual = create(path)) {
        mine.setPermissions(Files.getPosixFilePermissions(usual.path));
      }
    }
  }

  /** On return the contents are on the disk; rights and, where permitted, owner are the model's. */
  void finish(Path model) throws IOException {
    PosixFileAttributeView mine = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (mine != null && Files.exists(model)) {
      takeOver(Files.readAttributes(model, PosixFileAttributes.class), mine);
    }
    io.getFD().sync();
    io.close();
  }

  private static void takeOver(PosixFileAttributes wanted, PosixFileAttributeView mine)
      throws IOException {
    try {
      mine.setGroup(wanted.group());
      mine.setOwner(wanted.owner());
    } catch (IOException e) {
      // only root may give files away
    }
    mine.setPermissions(wanted.permissions());
  }

  /** Takes the target's place in one step. */
  void moveTo(Path target) throws IOException {
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** On return a move is on the disk. */
  static void syncDirectory(Path file) throws IOException {
    FileChannel directory;
    try {
      directory = FileChannel.open(parent(file), StandardOpenOption.READ);
    } catch (IOException e) {
      // Windows opens no directories
      return;
    }
    try (directory) {
      directory.force(true);
    }
  }

  /** Deletes it, unless it was moved. */
  @Override
  public void close() throws IOException {
    io.close();
    Files.deleteIfExists(path);
  }
}
