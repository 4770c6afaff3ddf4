package io.github.lightragmigrate.report;

import java.util.List;

/**
 * One record that is not the same in source and target. Holds names of fields, never their values.
 *
 * @param key the cache key
 * @param verdict one that is a difference
 * @param missing fields that the target's record lacks
 * @param extra fields that the target's record has and should not have
 * @param changed fields with another value
 * @param reason for people: why it cannot be read or held; may be empty
 */
public record Finding(
    String key,
    Verdict verdict,
    List<String> missing,
    List<String> extra,
    List<String> changed,
    String reason) {

  /** Copies the lists. */
  public Finding {
    missing = List.copyOf(missing);
    extra = List.copyOf(extra);
    changed = List.copyOf(changed);
  }
}
