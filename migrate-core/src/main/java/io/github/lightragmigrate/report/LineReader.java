package io.github.lightragmigrate.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * Reads a failure log: lines one after the other, of which only the present one is in memory. Not
 * safe for use by several threads; several readers may share a channel.
 */
public final class LineReader {

  private static final int BUFFER = 1 << 16;

  /**
   * A line that is not blank.
   *
   * @param offset of its first byte
   * @param end offset behind it and its line break
   * @param ended there is a line break
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Line(long offset, long end, byte[] text, boolean ended) {}

  private final FileChannel file;
  private final long end;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
  private long position;
  private long read;

  /**
   * @param start offset of a line
   * @param end where to end, whatever is behind
   */
  public LineReader(FileChannel file, long start, long end) {
    this.file = file;
    this.position = start;
    this.end = end;
  }

  /** Lines that were read, the blank ones included. */
  public long number() {
    return read;
  }

  /** The next one; empty at the end. */
  public Optional<Line> next() throws IOException {
    while (position < end) {
      Line line = line();
      read++;
      if (!new String(line.text(), ISO_8859_1).isBlank()) {
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }

  private Line line() throws IOException {
    long offset = position;
    ByteArrayOutputStream text = new ByteArrayOutputStream(1024);
    while (position < end && fill()) {
      byte[] bytes = buffer.array();
      int from = buffer.position();
      int to = from;
      while (to < buffer.limit() && bytes[to] != '\n') {
        to++;
      }
      text.write(bytes, from, to - from);
      boolean ended = to < buffer.limit();
      int used = to - from + (ended ? 1 : 0);
      buffer.position(from + used);
      position += used;
      if (ended) {
        return new Line(offset, position, text.toByteArray(), true);
      }
    }
    return new Line(offset, position, text.toByteArray(), false);
  }

  private boolean fill() throws IOException {
    if (buffer.hasRemaining()) {
      return true;
    }
    buffer.clear().limit((int) Math.min(BUFFER, end - position));
    int count = file.read(buffer, position);
    buffer.flip();
    if (count < 0) {
      throw new IOException("the file has become shorter");
    }
    return true;
  }
}
