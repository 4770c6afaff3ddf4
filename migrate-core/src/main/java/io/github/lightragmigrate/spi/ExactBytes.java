package io.github.lightragmigrate.spi;

import java.io.ByteArrayOutputStream;

/**
 * Bytes whose number is known beforehand, almost always: then nothing is copied at the end. For one
 * thread: what fits is written without the lock that the base class takes for every byte.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class ExactBytes extends ByteArrayOutputStream {

  ExactBytes(long expected) {
    super((int) Math.min(expected, Integer.MAX_VALUE - 8));
  }

  @Override
  public void write(int b) {
    if (count < buf.length) {
      buf[count++] = (byte) b;
    } else {
      super.write(b);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (length <= buf.length - count) {
      System.arraycopy(bytes, offset, buf, count, length);
      count += length;
    } else {
      super.write(bytes, offset, length);
    }
  }

  @Override
  public void writeBytes(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  byte[] bytes() {
    return count == buf.length ? buf : toByteArray();
  }
}
