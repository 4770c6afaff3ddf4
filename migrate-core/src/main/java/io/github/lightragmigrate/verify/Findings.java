package io.github.lightragmigrate.verify;

import io.github.lightragmigrate.report.Finding;
import io.github.lightragmigrate.report.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Sums up comparisons in constant memory. Safe for use by several threads. */
public final class Findings {

  private static final int FIRST = 100;

  /** Names of fields are data, of which there can be any number. */
  private static final int FIELD_NAMES = 100;

  private final UnaryOperator<String> mask;
  private final Consumer<Finding> listener;
  private final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
  private final Map<String, Long> changedFields = new LinkedHashMap<>();
  private final List<Finding> first = new ArrayList<>();
  private long total;

  /**
   * @param mask takes secrets out of reasons
   * @param listener is given every difference
   */
  public Findings(UnaryOperator<String> mask, Consumer<Finding> listener) {
    this.mask = mask;
    this.listener = listener;
  }

  synchronized void add(Comparison comparison) {
    add(comparison.verdict(), 1);
    if (comparison.verdict() == Verdict.SAME) {
      comparison.missing().forEach(this::countField);
      comparison.changed().forEach(this::countField);
      comparison.extra().forEach(this::countField);
    }
    if (comparison.verdict().isDifference()) {
      Finding finding = comparison.finding(mask.apply(comparison.reason()));
      if (first.size() < FIRST) {
        first.add(finding);
      }
      listener.accept(finding);
    }
  }

  synchronized void add(Verdict verdict, long count) {
    counts.merge(verdict, count, Long::sum);
    total += count;
  }

  /** Records by verdict. */
  public Map<Verdict, Long> counts() {
    return counts;
  }

  /** Records that have a verdict. */
  public synchronized long total() {
    return total;
  }

  /** Fields that the target does not keep as they are, and in how many records. */
  public Map<String, Long> changedFields() {
    return changedFields;
  }

  /** The first differences. */
  public List<Finding> first() {
    return first;
  }

  private void countField(String name) {
    if (changedFields.size() < FIELD_NAMES || changedFields.containsKey(name)) {
      changedFields.merge(name, 1L, Long::sum);
    }
  }
}
