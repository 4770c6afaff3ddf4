package io.github.lightragmigrate.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of some records.
 *
 * @param byType by cache type
 * @param vanished of no known type
 * @param errors failures by type, most frequent first
 * @param changedFields fields that the target does not keep as they are, and in how many records
 * @param sanitizedKeys the first few
 */
public record Accounts(
    Map<String, Tally> byType,
    long vanished,
    List<ErrorGroup> errors,
    Map<String, Long> changedFields,
    List<String> sanitizedKeys) {

  /** Of no records. */
  public static final Accounts NONE = new Accounts(Map.of(), 0, List.of(), Map.of(), List.of());

  private static final int EXAMPLES = 5;

  /** Copies; their order is kept. */
  public Accounts {
    byType = Collections.unmodifiableMap(new LinkedHashMap<>(byType));
    errors = List.copyOf(errors);
    changedFields = Collections.unmodifiableMap(new LinkedHashMap<>(changedFields));
    sanitizedKeys = List.copyOf(sanitizedKeys);
  }

  /** The two together. */
  public Accounts plus(Accounts other) {
    Map<String, Tally> types = new LinkedHashMap<>(byType);
    other.byType.forEach((type, tally) -> types.merge(type, tally, Tally::plus));
    Map<String, Long> fields = new LinkedHashMap<>(changedFields);
    other.changedFields.forEach((field, count) -> fields.merge(field, count, Long::sum));
    return new Accounts(
        types,
        vanished + other.vanished,
        merged(other.errors),
        fields,
        first(sanitizedKeys, other.sanitizedKeys));
  }

  /** Of all types. */
  public Tally total() {
    return byType.values().stream().reduce(Tally.vanished(vanished), Tally::plus);
  }

  /** The same when the target confirmed only what is in {@code durable}. */
  public Accounts confirmed(Accounts durable) {
    Map<String, Tally> types = new LinkedHashMap<>();
    byType.forEach(
        (type, tally) ->
            types.put(
                type, tally.confirmed(durable.byType.getOrDefault(type, Tally.ZERO).written())));
    return new Accounts(types, vanished, errors, changedFields, sanitizedKeys);
  }

  private List<ErrorGroup> merged(List<ErrorGroup> others) {
    Map<String, ErrorGroup> groups = new LinkedHashMap<>();
    errors.forEach(group -> groups.put(group.type(), group));
    for (ErrorGroup group : others) {
      groups.merge(
          group.type(),
          group,
          (one, more) ->
              new ErrorGroup(
                  one.type(), one.count() + more.count(), first(one.examples(), more.examples())));
    }
    return groups.values().stream()
        .sorted(Comparator.comparingLong(ErrorGroup::count).reversed())
        .toList();
  }

  private static <T> List<T> first(List<T> some, List<T> more) {
    List<T> first = new ArrayList<>(some);
    more.stream().limit(Math.max(0, EXAMPLES - some.size())).forEach(first::add);
    return first;
  }
}
