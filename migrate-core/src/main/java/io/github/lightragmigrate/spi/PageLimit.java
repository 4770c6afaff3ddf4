package io.github.lightragmigrate.spi;

/**
 * When a page is full: after the record with which it reaches either bound. A page that is not the
 * last may be shorter.
 *
 * @param records at least 1
 * @param bytes of JSON text, at least 1; a store that cannot tell sizes beforehand keeps to it as
 *     well as it can
 */
public record PageLimit(int records, long bytes) {

  /** Refuses a limit below 1. */
  public PageLimit {
    if (records < 1 || bytes < 1) {
      throw new IllegalArgumentException("a page holds at least one record and one byte");
    }
  }
}
