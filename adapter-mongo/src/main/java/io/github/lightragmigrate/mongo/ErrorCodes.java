package io.github.lightragmigrate.mongo;

import io.github.lightragmigrate.spi.StoreException.Kind;
import java.util.Set;

/** What the server's error codes mean (mongod's {@code src/mongo/base/error_codes.yml}). */
final class ErrorCodes {

  static final int NAMESPACE_EXISTS = 48;

  /** Two writers inserted the key at once: a second try replaces. */
  static final int DUPLICATE_KEY = 11000;

  /** UserNotFound, Unauthorized, AuthenticationFailed, AuthSchemaIncompatible, AtlasError. */
  private static final Set<Integer> DENIED = Set.of(11, 13, 18, 69, 8000);

  /**
   * Host unreachable or not found, time-outs, a cursor that is gone, shutting down, no primary,
   * interrupted by a change of state.
   */
  private static final Set<Integer> UNAVAILABLE =
      Set.of(
          6, 7, 43, 50, 64, 89, 91, 133, 189, 202, 262, 9001, 10058, 10107, 11600, 11602, 13388,
          13435, 13436);

  /** Locks, write conflicts, memory, open cursors; request rate of services that speak MongoDB. */
  private static final Set<Integer> THROTTLED = Set.of(24, 46, 112, 146, 290, 365, 462, 16500);

  /** InvalidNamespace, UnknownReplWriteConcern, UnsatisfiableWriteConcern, DatabaseDifferCase. */
  private static final Set<Integer> SETTINGS = Set.of(73, 79, 100, 13297);

  /**
   * BadValue, FailedToParse, TypeMismatch, Overflow, InvalidBSON, DollarPrefixedFieldName,
   * EmptyFieldName, DottedFieldName, DocumentValidationFailure, BSONObjectTooLarge, KeyTooLong.
   */
  private static final Set<Integer> REJECTED =
      Set.of(2, 9, 14, 15, 22, 52, 56, 57, 121, 10334, 17280, 17419, 17420);

  private ErrorCodes() {}

  static Kind kind(int code) {
    if (DENIED.contains(code)) {
      return Kind.DENIED;
    }
    if (UNAVAILABLE.contains(code)) {
      return Kind.UNAVAILABLE;
    }
    if (THROTTLED.contains(code)) {
      return Kind.THROTTLED;
    }
    if (SETTINGS.contains(code)) {
      return Kind.SETTINGS;
    }
    return REJECTED.contains(code) ? Kind.REJECTED : Kind.FAULT;
  }

  /** Whether the write of one document may succeed when it is tried again. */
  static boolean retryable(int code) {
    return code == DUPLICATE_KEY || UNAVAILABLE.contains(code) || THROTTLED.contains(code);
  }
}
