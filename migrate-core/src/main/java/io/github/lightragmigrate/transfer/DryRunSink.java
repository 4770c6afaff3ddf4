package io.github.lightragmigrate.transfer;

import io.github.lightragmigrate.report.FailedRecord;
import io.github.lightragmigrate.retry.Retrier;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.WriteFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says what writing would do, and writes nothing. */
final class DryRunSink implements RecordSink {

  private final CacheStore target;
  private final Existing existing;

  DryRunSink(CacheStore target, Retrier retrier) {
    this.target = target;
    this.existing = new Existing(target, retrier);
  }

  @Override
  public Result write(List<CacheRecord> records) {
    Map<String, String> reasons =
        target.rejected(records).stream()
            .collect(Collectors.toMap(WriteFailure::key, WriteFailure::reason));
    List<FailedRecord> failures = new ArrayList<>();
    for (CacheRecord record : records) {
      String reason = reasons.get(record.key());
      if (reason != null) {
        failures.add(FailedRecord.of(record, FailedRecord.Type.REJECTED, reason, 0));
      }
    }
    return new Result(failures, existing.keys(records));
  }
}
