package io.github.lightragmigrate.verify;

import io.github.lightragmigrate.report.Finding;
import io.github.lightragmigrate.report.Verdict;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the comparison of one record gave.
 *
 * @param missing names of fields that only the expected record has
 * @param extra names of fields that only the actual one has
 * @param changed names of fields with another value; of a record that is the same, {@code missing},
 *     {@code extra} and {@code changed} are what the target does not keep by its nature
 * @param reason for people; may be empty
 */
record Comparison(
    String key,
    Verdict verdict,
    List<String> missing,
    List<String> extra,
    List<String> changed,
    String reason) {

  static Comparison of(String key, Verdict verdict) {
    return of(key, verdict, "");
  }

  static Comparison of(String key, Verdict verdict, String reason) {
    return new Comparison(key, verdict, List.of(), List.of(), List.of(), reason);
  }

  static Comparison ofFields(
      Verdict verdict, CacheRecord expected, CacheRecord actual, String reason) {
    List<String> missing = new ArrayList<>();
    List<String> extra = new ArrayList<>(actual.fields().keySet());
    List<String> changed = new ArrayList<>();
    extra.removeAll(expected.fields().keySet());
    for (Map.Entry<String, JsonValue> field : expected.fields().entrySet()) {
      JsonValue value = actual.fields().get(field.getKey());
      if (value == null) {
        missing.add(field.getKey());
      } else if (!value.equals(field.getValue())) {
        changed.add(field.getKey());
      }
    }
    return new Comparison(expected.key(), verdict, missing, extra, changed, reason);
  }

  Comparison as(Verdict other) {
    return new Comparison(key, other, missing, extra, changed, reason);
  }

  Finding finding(String maskedReason) {
    return new Finding(key, verdict, missing, extra, changed, maskedReason);
  }
}
