package io.github.lightragmigrate.spi;

import java.io.ByteArrayOutputStream;

/** Bytes whose number is known beforehand, almost always: then nothing is copied at the end. */
final class ExactBytes extends ByteArrayOutputStream {

  ExactBytes(long expected) {
    super((int) Math.min(expected, Integer.MAX_VALUE - 8));
  }

  byte[] bytes() {
    return count == buf.length ? buf : toByteArray();
  }
}
