package io.github.lightragmigrate.transfer;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.WriteFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Cleans the strings of records that a store cannot hold: takes out lone surrogates, and where that
 * is not enough NUL too. A key is never changed, and a record that the store holds neither.
 */
final class Sanitizer {

  private static final IntPredicate LONE_SURROGATE =
      c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;

  private static final List<IntPredicate> CLEANERS =
      List.of(LONE_SURROGATE, LONE_SURROGATE.or(c -> c == 0));

  private final CacheStore target;

  Sanitizer(CacheStore target) {
    this.target = target;
  }

  /** The records in the same order, some of them cleaned. */
  List<CacheRecord> clean(List<CacheRecord> records) {
    Set<String> rejected =
        target.rejected(records).stream().map(WriteFailure::key).collect(Collectors.toSet());
    if (rejected.isEmpty()) {
      return records;
    }
    List<CacheRecord> cleaned = new ArrayList<>(records.size());
    for (CacheRecord record : records) {
      cleaned.add(rejected.contains(record.key()) ? cleaned(record).orElse(record) : record);
    }
    return cleaned;
  }

  /** Empty when the store would not hold it even so. */
  private Optional<CacheRecord> cleaned(CacheRecord record) {
    return CLEANERS.stream()
        .map(unwanted -> without(record, unwanted))
        .filter(clean -> target.rejected(List.of(clean)).isEmpty())
        .findFirst();
  }

  private static CacheRecord without(CacheRecord record, IntPredicate unwanted) {
    return CacheRecord.of(record.key(), without(record.fields(), unwanted));
  }

  private static Map<String, JsonValue> without(
      Map<String, JsonValue> fields, IntPredicate unwanted) {
    Map<String, JsonValue> clean = new LinkedHashMap<>();
    fields.forEach((name, value) -> clean.put(without(name, unwanted), without(value, unwanted)));
    return clean;
  }

  private static JsonValue without(JsonValue value, IntPredicate unwanted) {
    return switch (value.kind()) {
      case STRING -> JsonValue.of(without(value.string(), unwanted));
      case OBJECT -> JsonValue.object(without(value.fields(), unwanted));
      case ARRAY ->
          JsonValue.array(
              value.elements().stream().map(element -> without(element, unwanted)).toList());
      default -> value;
    };
  }

  private static String without(String text, IntPredicate unwanted) {
    if (text.codePoints().noneMatch(unwanted)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().filter(unwanted.negate()).forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
