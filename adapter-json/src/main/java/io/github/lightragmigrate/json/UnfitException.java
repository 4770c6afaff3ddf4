package io.github.lightragmigrate.json;

/** A record that would break LightRAG's file. The message says why, for people. */
final class UnfitException extends Exception {

  private static final long serialVersionUID = 1L;

  UnfitException(String message) {
    super(message);
  }
}
