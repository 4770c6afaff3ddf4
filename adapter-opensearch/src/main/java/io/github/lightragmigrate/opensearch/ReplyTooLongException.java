package io.github.lightragmigrate.opensearch;

/** An answer was broken off because it is longer than the memory that it may take. */
final class ReplyTooLongException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ReplyTooLongException(Throwable cause) {
    super(cause);
  }
}
