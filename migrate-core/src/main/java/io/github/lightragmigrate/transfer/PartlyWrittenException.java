package io.github.lightragmigrate.transfer;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.StoreException;
import java.util.List;

/** A fault of the target in the middle of a batch. */
final class PartlyWrittenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<CacheRecord> written;
  private final StoreException fault;

  PartlyWrittenException(List<CacheRecord> written, StoreException fault) {
    super(fault);
    this.written = List.copyOf(written);
    this.fault = fault;
  }

  /** What the target took before. */
  List<CacheRecord> written() {
    return written;
  }

  StoreException fault() {
    return fault;
  }
}
