package io.github.lightragmigrate.transfer;

/** What to do with a key that the target has already. */
public enum OnConflict {
  /** The source's record replaces the target's. */
  OVERWRITE,
  /** The target's record stays. */
  SKIP,
  /** The record with the greater {@code update_time} stays; on a tie, the target's. */
  NEWER
}
