package io.github.lightragmigrate.postgres;

/** A record that the table cannot hold; the message is the reason. */
final class UnstorableException extends Exception {

  private static final long serialVersionUID = 1L;

  UnstorableException(String reason) {
    super(reason);
  }
}
