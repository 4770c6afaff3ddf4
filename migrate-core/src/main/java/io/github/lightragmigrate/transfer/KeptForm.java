package io.github.lightragmigrate.transfer;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Finds the fields that a store does not keep as they are. */
final class KeptForm {

  private final CacheStore target;

  KeptForm(CacheStore target) {
    this.target = target;
  }

  /** Adds the record's fields that come back otherwise, or not, or that were not there. */
  void count(CacheRecord record, Map<String, Long> changedFields) {
    CacheRecord kept = target.asStored(record);
    if (kept == record) {
      return;
    }
    Set<String> names = new LinkedHashSet<>(record.fields().keySet());
    names.addAll(kept.fields().keySet());
    for (String name : names) {
      if (!Objects.equals(record.fields().get(name), kept.fields().get(name))) {
        changedFields.merge(name, 1L, Long::sum);
      }
    }
  }
}
