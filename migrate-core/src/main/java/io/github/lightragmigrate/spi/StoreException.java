package io.github.lightragmigrate.spi;

import org.jspecify.annotations.Nullable;

/** A fault of a store, not of one record. The message is for people and holds no credentials. */
public class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What the caller can do about it. */
  public enum Kind {
    /** A setting is missing or cannot be used. */
    SETTINGS,
    /** Nothing answers, or the connection broke: worth a retry. */
    UNAVAILABLE,
    /** The store is there and asks for patience: worth a retry. */
    THROTTLED,
    /** Credentials or rights are wrong. */
    DENIED,
    /** A scan cannot go on from this cursor. */
    INVALID_CURSOR,
    /** The thread was interrupted. */
    INTERRUPTED,
    /** The batch was refused for its data; a smaller batch may be taken. */
    REJECTED,
    /** Anything else. */
    FAULT
  }

  /** What the caller can do about it. */
  private final Kind kind;

  /** Without a cause. */
  public StoreException(Kind kind, String message) {
    this(kind, message, null);
  }

  /** The message is for people, and names what to do; it holds no secret. */
  public StoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What the caller can do about it. */
  public Kind kind() {
    return kind;
  }

  /** Whether the same call may succeed later. */
  public boolean retryable() {
    return kind == Kind.UNAVAILABLE || kind == Kind.THROTTLED;
  }
}
