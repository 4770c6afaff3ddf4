package io.github.lightragmigrate.report;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a comparison found.
 *
 * @param sourceCount records that the source counted
 * @param counts records by verdict, an entry for each verdict
 * @param changedFields records that are the same as far as the target keeps them, by the name of a
 *     field that it alters, leaves out or adds by its nature
 * @param findings the first differences
 * @param fault what ended the run early or is wrong with it, for people
 * @param notes what else a person should know
 */
public record VerificationReport(
    Side source,
    Side target,
    long sourceCount,
    Map<Verdict, Long> counts,
    Map<String, Long> changedFields,
    List<Finding> findings,
    Duration duration,
    Outcome outcome,
    Optional<String> fault,
    List<String> notes) {

  /** How a comparison ended. */
  public enum Outcome {
    /** Every selected record is the same, was kept as asked for, or is in the failure log. */
    SAME,
    /** There is a difference. */
    DIFFERENT,
    /** Ended early, on request. */
    STOPPED,
    /** Could not be finished, or what was read is not what the source counts. */
    FAILED
  }

  /** Copies, and gives every verdict a count. */
  public VerificationReport {
    Map<Verdict, Long> all = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      all.put(verdict, counts.getOrDefault(verdict, 0L));
    }
    counts = Collections.unmodifiableMap(all);
    changedFields = Collections.unmodifiableMap(new LinkedHashMap<>(changedFields));
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /** Records with that verdict. */
  public long count(Verdict verdict) {
    return counts.getOrDefault(verdict, 0L);
  }

  /** Records with a verdict: all of the source's, when nothing was missed. */
  public long accounted() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Records whose verdict is a difference. */
  public long differences() {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().isDifference())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
