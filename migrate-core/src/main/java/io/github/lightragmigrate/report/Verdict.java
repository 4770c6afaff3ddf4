package io.github.lightragmigrate.report;

/** What a comparison says of one of the source's records. Each has one verdict. */
public enum Verdict {
  /** The target gives back what it keeps of the source's record, every field by value. */
  SAME,
  /** The target has no such key. */
  MISSING,
  /** A field is missing, one too many, or has another value. */
  DIFFERENT,
  /** In the target, but not to be understood. */
  UNREADABLE_IN_TARGET,
  /** In the source, but not to be understood: there is nothing to compare with. */
  UNREADABLE_IN_SOURCE,
  /** Missing or different, and the target refuses the source's record. */
  CANNOT_HOLD,
  /** Missing, different or unreadable, and known to be so: the failure log has it. */
  KNOWN,
  /** The target's record differs, and stays as asked for. */
  KEPT,
  /** Listed by the source, and gone when it was read or read again. */
  VANISHED;

  /** Whether it keeps two stores from being the same. */
  public boolean isDifference() {
    return switch (this) {
      case MISSING, DIFFERENT, UNREADABLE_IN_TARGET, UNREADABLE_IN_SOURCE, CANNOT_HOLD -> true;
      case SAME, KNOWN, KEPT, VANISHED -> false;
    };
  }
}
