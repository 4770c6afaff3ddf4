package io.github.lightragmigrate.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lightragmigrate.report.OutputFile;
import io.github.lightragmigrate.report.OwnerOnly;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/** Where a checkpoint is kept: a file for its owner's eyes, whole or not there. */
public final class CheckpointFile {

  private final Path file;

  /** Touches nothing yet. */
  public CheckpointFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** Absolute. */
  public Path path() {
    return file;
  }

  /**
   * The checkpoint; empty when there is no file.
   *
   * @throws StoreException SETTINGS when the file is no checkpoint, INTERRUPTED
   * @throws UncheckedIOException when it cannot be read
   */
  public Optional<Checkpoint> read() {
    try {
      return Optional.of(CheckpointJson.read(JsonValue.ofJson(Files.readAllBytes(file))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (MalformedJsonException e) {
      throw new StoreException(
          StoreException.Kind.SETTINGS,
          file
              + " is no checkpoint of this tool ("
              + e.getMessage()
              + "): name another file (--checkpoint), or begin anew without resuming (--resume)",
          e);
    } catch (ClosedByInterruptException e) {
      throw new StoreException(
          StoreException.Kind.INTERRUPTED, "interrupted while reading the checkpoint " + file, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the checkpoint " + file + ": " + e, e);
    }
  }

  /**
   * Replaces the file in one step; on return it is on the disk.
   *
   * @throws UncheckedIOException when it cannot be written; the old one is then whole
   */
  public void write(Checkpoint checkpoint) {
    byte[] json = (CheckpointJson.write(checkpoint).toString() + "\n").getBytes(UTF_8);
    Path temporary = temporary();
    try {
      Path directory = directory();
      Files.createDirectories(directory);
      deleteTemporary();
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              OwnerOnly.attributes())) {
        ByteBuffer bytes = ByteBuffer.wrap(json);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      sync(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the checkpoint " + file + ": " + e, e);
    }
  }

  /** Takes it away: there is nothing to go on with. */
  public void delete() {
    try {
      Files.deleteIfExists(file);
      deleteTemporary();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the checkpoint " + file + ": " + e, e);
    }
  }

  /** Of a run that was killed while it saved; what has only the name stays. */
  private void deleteTemporary() throws IOException {
    if (OutputFile.checkpoint(temporary()).isOwn()) {
      Files.deleteIfExists(temporary());
    }
  }

  private Path temporary() {
    return file.resolveSibling(file.getFileName() + ".tmp");
  }

  private Path directory() {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("no file: " + file);
    }
    return parent;
  }

  private static void sync(Path directory) throws IOException {
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
