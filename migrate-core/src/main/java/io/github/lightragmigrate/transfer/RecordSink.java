package io.github.lightragmigrate.transfer;

import io.github.lightragmigrate.report.FailedRecord;
import io.github.lightragmigrate.spi.CacheRecord;
import java.util.List;
import java.util.Set;

/** Where records go: the target, or in a dry run nowhere. Safe for use by several threads. */
interface RecordSink {

  /**
   * What became of some records: all but the failed ones are written.
   *
   * @param failures one for each record that is not
   * @param overwritten keys that the target has already; looked up in a dry run only
   */
  record Result(List<FailedRecord> failures, Set<String> overwritten) {}

  /**
   * Writes the records.
   *
   * @throws PartlyWrittenException when a fault ended it after some were written
   * @throws io.github.lightragmigrate.spi.StoreException when none is known to be
   */
  Result write(List<CacheRecord> records);
}
