package io.github.lightragmigrate.report;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.util.Optional;

/**
 * A selected record that is not in the target.
 *
 * @param key the cache key
 * @param type what kind of failure
 * @param reason for people
 * @param attempts writes that were tried
 * @param record as it was read, if it could be read
 * @param text what was found instead
 * @param base64 its bytes, where they are no UTF-8
 */
public record FailedRecord(
    String key,
    Type type,
    String reason,
    int attempts,
    Optional<CacheRecord> record,
    String text,
    Optional<String> base64) {

  /** Kinds of failure, by which a report groups them. */
  public enum Type {
    /** In the source, but not to be understood. */
    UNREADABLE,
    /** The target cannot hold it. */
    REJECTED,
    /** In the target in a cleaned form; this is how it was. */
    SANITIZED,
    /** The target could not take it now, and not on any retry. */
    GAVE_UP
  }

  /** A record of the source that makes no sense. */
  public static FailedRecord unreadable(UnreadableRecord record) {
    return new FailedRecord(
        record.key(),
        Type.UNREADABLE,
        record.reason(),
        0,
        Optional.empty(),
        record.text(),
        record.base64());
  }

  /** A record that the target did not take, or took in another form. */
  public static FailedRecord of(CacheRecord record, Type type, String reason, int attempts) {
    return new FailedRecord(
        record.key(), type, reason, attempts, Optional.of(record), "", Optional.empty());
  }

  /** The same failure of another form of the record. */
  public FailedRecord withRecord(CacheRecord other) {
    return new FailedRecord(key, type, reason, attempts, Optional.of(other), text, base64);
  }

  /** The same failure for another reason. */
  public FailedRecord withReason(String other) {
    return new FailedRecord(key, type, other, attempts, record, text, base64);
  }
}
