package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * One long string of Redis, fetched in windows, which keeps what was read until it is taken: so a
 * reader that knows offsets gets the bytes between them. Not safe for use by several threads.
 */
final class ValueStream extends InputStream {

  private static final int WINDOW = 1 << 20;

  private final RedisServer server;
  private final RedisKey key;
  private final long length;
  private byte[] window = new byte[0];
  private int windowUsed;
  private long position;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long keptFrom;

  ValueStream(RedisServer server, RedisKey key, long length) {
    this.server = server;
    this.key = key;
    this.length = length;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, target.length);
    if (count == 0) {
      return 0;
    }
    if (position == length) {
      return -1;
    }
    if (windowUsed == window.length) {
      fetch();
    }
    int read = Math.min(count, window.length - windowUsed);
    System.arraycopy(window, windowUsed, target, offset, read);
    kept.write(window, windowUsed, read);
    windowUsed += read;
    position += read;
    return read;
  }

  private void fetch() {
    long end = Math.min(length, position + WINDOW);
    window = server.range(key, position, end);
    windowUsed = 0;
    if (window.length != end - position) {
      throw new StoreException(
          StoreException.Kind.FAULT,
          "the Redis key of the old cache '"
              + key.cacheKey()
              + "' changed while it was read: stop LightRAG and try again");
    }
  }

  /**
   * What was not taken, up to the end or so many bytes of it; the stream is of no use afterwards.
   */
  byte[] rest(int mostBytes) {
    while (position < length && kept.size() < mostBytes) {
      windowUsed = window.length;
      fetch();
      kept.write(window, 0, window.length);
      position += window.length;
    }
    return kept.size() <= mostBytes
        ? kept.toByteArray()
        : Arrays.copyOf(kept.toByteArray(), mostBytes);
  }

  /** Number of bytes that were not taken. */
  long left() {
    return length - keptFrom;
  }

  /** The bytes from one offset to another, both of which were read; earlier ones are forgotten. */
  byte[] take(long from, long to) {
    byte[] all = kept.toByteArray();
    byte[] taken = Arrays.copyOfRange(all, (int) (from - keptFrom), (int) (to - keptFrom));
    kept.reset();
    kept.write(all, (int) (to - keptFrom), all.length - (int) (to - keptFrom));
    keptFrom = to;
    return taken;
  }
}
