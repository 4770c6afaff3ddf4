package io.github.lightragmigrate.json;

import java.io.IOException;

/** A file that is not the JSON that it should be. */
final class BrokenJsonException extends IOException {

  private static final long serialVersionUID = 1L;

  private final long offset;

  /**
   * @param offset of the byte that does not fit, from the start of the file
   */
  BrokenJsonException(String message, long offset) {
    super(message);
    this.offset = offset;
  }

  long offset() {
    return offset;
  }
}
