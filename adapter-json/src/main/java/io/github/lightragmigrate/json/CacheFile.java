package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where the cache is, and what to say when it cannot be read or written. */
final class CacheFile {

  static final String NAME = "kv_store_llm_response_cache.json";

  /** As many as Linux follows. */
  private static final int MAX_LINKS = 40;

  private final Path path;

  private CacheFile(Path path) {
    this.path = path;
  }

  /** The file, or the one that a symbolic link leads to; neither needs to exist. */
  static CacheFile in(Path directory) {
    Path named = directory.resolve(NAME).toAbsolutePath();
    try {
      return new CacheFile(real(named, MAX_LINKS));
    } catch (IOException e) {
      throw new CacheFile(named).unreadable(e);
    }
  }

  private static Path real(Path path, int links) throws IOException {
    try {
      return path.toRealPath();
    } catch (NoSuchFileException e) {
      Path parent = path.getParent();
      Path name = path.getFileName();
      if (parent == null || name == null) {
        return path;
      }
      if (!Files.isSymbolicLink(path)) {
        return real(parent, links).resolve(name).normalize();
      }
      if (links == 0) {
        throw new FileSystemLoopException(path.toString());
      }
      return real(parent.resolve(Files.readSymbolicLink(path)), links - 1);
    }
  }

  Path path() {
    return path;
  }

  FileStamp stamp() {
    try {
      return FileStamp.of(path);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * @throws StoreException DENIED or FAULT when something is there that cannot be read
   */
  void checkReadable() {
    if (Files.isDirectory(path)) {
      throw new StoreException(Kind.FAULT, path + " is a directory, not a cache file");
    }
    if (Files.exists(path) && !Files.isReadable(path)) {
      throw new StoreException(Kind.DENIED, "cannot read " + path + ": permission denied");
    }
  }

  StoreException changed() {
    return new StoreException(
        Kind.FAULT,
        path
            + " was changed by another program meanwhile and is left as that program wrote it; what"
            + " was to be written to it since then is not: stop LightRAG and run again");
  }

  StoreException unreadable(IOException e) {
    return fault("cannot read ", Kind.DENIED, "", e);
  }

  StoreException unwritable(IOException e) {
    return fault(
        "cannot write ",
        Kind.FAULT,
        ". Make room on its disk, or give this user the right to write there, then run again",
        e);
  }

  private StoreException fault(String failed, Kind withoutRights, String advice, IOException e) {
    if (e instanceof BrokenJsonException broken) {
      return new StoreException(
          Kind.FAULT, path + " is not valid JSON: " + e.getMessage() + place(broken), e);
    }
    if (e instanceof InterruptedIOException || e instanceof ClosedByInterruptException) {
      return new StoreException(Kind.INTERRUPTED, "interrupted at " + path, e);
    }
    Kind kind = e instanceof AccessDeniedException ? withoutRights : Kind.FAULT;
    return new StoreException(kind, failed + path + ": " + reason(e) + advice, e);
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemException problem && problem.getReason() != null) {
      return String.valueOf(problem.getReason());
    }
    return String.valueOf(e.getMessage());
  }

  /** Line and column are counted only now: while reading they would cost time. */
  private String place(BrokenJsonException broken) {
    long line = 1;
    long column = 1;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      for (long i = 0; i < broken.offset(); i++) {
        int b = in.read();
        if (b == '\n') {
          line++;
          column = 1;
        } else if ((b & 0xC0) != 0x80) {
          column++;
        }
      }
    } catch (IOException e) {
      return " at byte " + broken.offset();
    }
    return " at line " + line + ", column " + column + " (byte " + broken.offset() + ")";
  }
}
