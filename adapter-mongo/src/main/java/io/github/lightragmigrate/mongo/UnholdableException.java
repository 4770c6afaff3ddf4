package io.github.lightragmigrate.mongo;

/** A record that cannot become a MongoDB document, or the reverse. The message is for people. */
final class UnholdableException extends Exception {

  private static final long serialVersionUID = 1L;

  UnholdableException(String message) {
    super(message);
  }
}
