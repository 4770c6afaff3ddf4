package io.github.lightragmigrate.verify;

import io.github.lightragmigrate.report.Verdict;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.OnConflict;
import io.github.lightragmigrate.spi.UnreadableRecord;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.transfer.Usable;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Compares records with what the target has under their keys, every field by value. */
final class Comparer {

  private final CacheStore target;
  private final OnConflict onConflict;
  private final Predicate<String> known;

  /**
   * @param known whether a key's failure is known
   */
  Comparer(CacheStore target, OnConflict onConflict, Predicate<String> known) {
    this.target = target;
    this.onConflict = onConflict;
    this.known = known;
  }

  /** One comparison for each of the source's records, in their order. */
  List<Comparison> compare(List<CacheRecord> source, Lookup.Found found) {
    Map<String, String> refused = refused(source, found);
    return source.stream().map(record -> compare(record, found, refused)).toList();
  }

  /** One that has nothing to be compared with. */
  Comparison unreadable(UnreadableRecord record) {
    return orKnown(Comparison.of(record.key(), Verdict.UNREADABLE_IN_SOURCE, record.reason()));
  }

  private Comparison compare(CacheRecord record, Lookup.Found found, Map<String, String> refused) {
    String key = record.key();
    Optional<CacheRecord> actual = found.record(key);
    if (actual.filter(record::equals).isPresent()) {
      return Comparison.of(key, Verdict.SAME);
    }
    Optional<UnreadableRecord> unreadable = found.unreadable(key);
    if (unreadable.isPresent()) {
      return orKnown(Comparison.of(key, Verdict.UNREADABLE_IN_TARGET, unreadable.get().reason()));
    }
    Comparison comparison =
        actual
            .map(present -> withPresent(record, present, refused))
            .orElseGet(() -> Comparison.of(key, Verdict.MISSING));
    if (!comparison.verdict().isDifference()) {
      return comparison;
    }
    String reason = refused.get(key);
    return orKnown(
        reason == null
            ? comparison
            : new Comparison(
                key,
                Verdict.CANNOT_HOLD,
                comparison.missing(),
                comparison.extra(),
                comparison.changed(),
                reason));
  }

  private Comparison withPresent(
      CacheRecord record, CacheRecord present, Map<String, String> refused) {
    CacheRecord expected = refused.containsKey(record.key()) ? record : target.asStored(record);
    if (expected.equals(present)) {
      // what differs is what the target does not keep
      return Comparison.ofFields(Verdict.SAME, record, present, "");
    }
    Verdict verdict = stays(record, present) ? Verdict.KEPT : Verdict.DIFFERENT;
    return Comparison.ofFields(verdict, expected, present, "");
  }

  /** Whether a migration leaves the target's record as it is. */
  private boolean stays(CacheRecord record, CacheRecord present) {
    return Usable.problem(record).isEmpty()
        && switch (onConflict) {
          case OVERWRITE -> false;
          case SKIP -> true;
          case NEWER -> updateTime(present).compareTo(updateTime(record)) >= 0;
        };
  }

  private static BigDecimal updateTime(CacheRecord record) {
    return record.field("update_time").flatMap(JsonValue::asDecimal).orElse(BigDecimal.ZERO);
  }

  /** Why records that are not the same could not be written; the others are not asked about. */
  private Map<String, String> refused(List<CacheRecord> source, Lookup.Found found) {
    List<CacheRecord> unlike =
        source.stream()
            .filter(record -> found.record(record.key()).filter(record::equals).isEmpty())
            .toList();
    Map<String, String> reasons = new HashMap<>();
    if (unlike.isEmpty()) {
      return reasons;
    }
    for (WriteFailure failure : target.rejected(unlike)) {
      reasons.put(failure.key(), failure.reason());
    }
    unlike.forEach(
        record -> Usable.problem(record).ifPresent(problem -> reasons.put(record.key(), problem)));
    return reasons;
  }

  private Comparison orKnown(Comparison comparison) {
    return known.test(comparison.key()) ? comparison.as(Verdict.KNOWN) : comparison;
  }
}
