package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.PlainText;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file read through a buffer, from any position on. An interrupted thread is told so. */
final class FileBytes implements Closeable {

  private static final int BUFFER_BYTES = 256 << 10;

  private final FileChannel in;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  /** Position in the file of the buffer's first byte. */
  private long base;

  private int next;
  private int limit;

  FileBytes(Path file) throws IOException {
    in = FileChannel.open(file);
  }

  long position() {
    return base + next;
  }

  void seek(long position) throws IOException {
    if (position >= base && position <= base + limit) {
      next = (int) (position - base);
      return;
    }
    base = position;
    next = 0;
    limit = 0;
  }

  /** The next byte, 0 to 255, not consumed; -1 at the end of the file. */
  int peek() throws IOException {
    return next < limit || fill() ? buffer[next] & 0xFF : -1;
  }

  /** Consumes the byte that was peeked at. */
  void skip() {
    next++;
  }

  /** Consumes what stands for itself in a string: up to a quote, a backslash or a control. */
  void skipPlain() throws IOException {
    do {
      next = PlainText.end(buffer, next, limit);
    } while (next == limit && fill());
  }

  /** Part of the file, at most 2 GB; the position stays. */
  byte[] bytes(long from, long to) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(to - from)];
    if (from >= base && to <= base + limit) {
      System.arraycopy(buffer, (int) (from - base), bytes, 0, bytes.length);
    } else {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        read(rest, from + rest.position());
      }
    }
    return bytes;
  }

  /** As {@link #bytes}, of any size. */
  void copy(long from, long to, OutputStream out) throws IOException {
    if (from >= base && to <= base + limit) {
      out.write(buffer, (int) (from - base), (int) (to - from));
      return;
    }
    byte[] chunk = new byte[(int) Math.min(BUFFER_BYTES, to - from)];
    for (long at = from; at < to; ) {
      int read = read(ByteBuffer.wrap(chunk, 0, (int) Math.min(chunk.length, to - at)), at);
      out.write(chunk, 0, read);
      at += read;
    }
  }

  private int read(ByteBuffer into, long position) throws IOException {
    int read = in.read(into, position);
    if (read < 0) {
      throw new EOFException("the file became shorter");
    }
    return read;
  }

  private boolean fill() throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
    base += limit;
    next = 0;
    limit = Math.max(0, in.read(ByteBuffer.wrap(buffer), base));
    return limit > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
