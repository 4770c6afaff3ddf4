package io.github.lightragmigrate.transfer;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.OnConflict;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Leaves out the records that give way to what the target has. */
final class ConflictFilter {

  private final OnConflict policy;
  private final Existing existing;

  ConflictFilter(OnConflict policy, Existing existing) {
    this.policy = policy;
    this.existing = existing;
  }

  List<CacheRecord> toWrite(List<CacheRecord> records) {
    return switch (policy) {
      case OVERWRITE -> records;
      case SKIP -> {
        Set<String> present = existing.keys(records);
        yield records.stream().filter(record -> !present.contains(record.key())).toList();
      }
      case NEWER -> {
        Map<String, BigDecimal> times = existing.updateTimes(records);
        yield records.stream().filter(record -> isNewer(record, times)).toList();
      }
    };
  }

  private static boolean isNewer(CacheRecord record, Map<String, BigDecimal> times) {
    BigDecimal present = times.get(record.key());
    return present == null || Existing.updateTime(record).compareTo(present) > 0;
  }
}
