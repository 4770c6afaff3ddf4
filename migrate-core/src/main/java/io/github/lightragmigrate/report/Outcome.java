package io.github.lightragmigrate.report;

/** How a migration ended. */
public enum Outcome {
  /** Every selected record is in the target, or was skipped as asked. */
  COMPLETED,
  /** All were dealt with; some failed. */
  COMPLETED_WITH_FAILURES,
  /** Ended early, on request. */
  STOPPED,
  /** Could not be finished. */
  FAILED,
  /** Finished, but what was read is not what the source counts. */
  INCONSISTENT
}
