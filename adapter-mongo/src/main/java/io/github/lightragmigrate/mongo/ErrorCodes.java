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
   * Host unreachable or not found, time-outs, a cursor or a plan that is gone, shutting down, no
   * primary, no majority yet, interrupted by a change of state.
   */
  private static final Set<Integer> UNAVAILABLE =
      Set.of(
          6, 7, 43, 50, 64, 89, 91, 133, 134, 175, 189, 202, 237, 262, 317, 9001, 10058, 10107,
          11600, 11602, 13388, 13435, 13436);

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

  /** OutOfDiskSpace. */
  private static final int DISK_FULL = 14031;

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

  /** Whether no other document would be taken either, so that the run is to stop. */
  static boolean concernsAllDocuments(int code) {
    return code == DISK_FULL || DENIED.contains(code) || SETTINGS.contains(code);
  }

  static String advice(int code) {
    if (code == DISK_FULL) {
      return ": free space on the server";
    }
    return switch (kind(code)) {
      case DENIED -> ": check user, password, authSource and the user's roles in MONGO_URI";
      case SETTINGS -> ": check MONGO_DATABASE, the workspace and w in MONGO_URI";
      default -> "";
    };
  }

  /** Whether the write of one document may succeed when it is tried again. */
  static boolean retryable(int code) {
    return code == DUPLICATE_KEY || UNAVAILABLE.contains(code) || THROTTLED.contains(code);
  }
}
