package io.github.lightragmigrate.spi;

/** Text that is not JSON, or not the JSON that is expected. The message names the position. */
public final class MalformedJsonException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what is wrong, and where. */
  public MalformedJsonException(String message) {
    super(message);
  }
}
