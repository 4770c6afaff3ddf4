package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.StoreException;

/** An answer was broken off because it is longer than the memory that it may take. */
final class ReplyTooLongException extends StoreException {

  private static final long serialVersionUID = 1L;

  ReplyTooLongException(String server, Throwable cause) {
    super(Kind.FAULT, server + ": the answer is too long", cause);
  }
}
