package io.github.lightragmigrate.spi;

/** What the engine does with a key that the target has already. A store always overwrites. */
public enum OnConflict {
  /** The source's record replaces the target's. */
  OVERWRITE,
  /** The target's record stays. */
  SKIP,
  /** The record with the greater {@code update_time} stays; on a tie, the target's. */
  NEWER
}
