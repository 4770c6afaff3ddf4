package io.github.lightragmigrate.transfer;

import io.github.lightragmigrate.retry.Retrier;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What the target has already, looked up few keys at a time: records can be long. */
final class Existing {

  private static final int KEYS_A_CALL = 100;

  private final CacheStore target;
  private final Retrier retrier;

  Existing(CacheStore target, Retrier retrier) {
    this.target = target;
    this.retrier = retrier;
  }

  Set<String> keys(List<CacheRecord> records) {
    Set<String> keys = new HashSet<>();
    lookUp(
        records,
        page -> {
          page.records().stream().map(CacheRecord::key).forEach(keys::add);
          page.unreadable().stream().map(UnreadableRecord::key).forEach(keys::add);
        });
    return keys;
  }

  /** {@code update_time} of what the target has; 0 where a record has none. */
  Map<String, BigDecimal> updateTimes(List<CacheRecord> records) {
    Map<String, BigDecimal> times = new HashMap<>();
    lookUp(
        records,
        page -> page.records().forEach(record -> times.put(record.key(), updateTime(record))));
    return times;
  }

  static BigDecimal updateTime(CacheRecord record) {
    return record.field("update_time").flatMap(JsonValue::asDecimal).orElse(BigDecimal.ZERO);
  }

  private void lookUp(List<CacheRecord> records, Consumer<Page> found) {
    for (int from = 0; from < records.size(); from += KEYS_A_CALL) {
      List<String> keys =
          records.subList(from, Math.min(from + KEYS_A_CALL, records.size())).stream()
              .map(CacheRecord::key)
              .toList();
      found.accept(retrier.call("looking up", () -> target.find(keys)));
    }
  }
}
